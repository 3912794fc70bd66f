import { type Card, cardNumber, withCard } from "../table/index.js";
import type { Calibrator } from "./calibrator.js";

/**
 * Makes the console show a calibrator as a card: its kind and parameters.
 *
 * @param rows Rows that it was fitted to; undefined for one that was read.
 */
export function withCalibratorCard<Kind extends Calibrator>(calibrator: Kind, rows?: number): Kind {
  const { kind } = calibrator;
  return withCard(calibrator, {
    title: `${kind[0].toUpperCase()}${kind.slice(1)} calibrator${rows === undefined ? "" : `, fitted to ${rows} rows`}`,
    facts: factsOf(calibrator),
  });
}

function factsOf(calibrator: Calibrator): Card["facts"] {
  const { kind, ...parameters } = calibrator;
  if (!("x" in parameters)) return { ...parameters };
  const { x, y, outOfRange } = parameters;
  const between = (values: readonly number[]) =>
    [Math.min(values[0], values[values.length - 1]), Math.max(values[0], values[values.length - 1])]
      .map(cardNumber)
      .join(" to ");
  return { points: x.length, scores: between(x), values: between(y), "out of range": outOfRange };
}
