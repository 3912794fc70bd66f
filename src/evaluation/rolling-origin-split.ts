import { requireKnownOptions } from "../errors.js";
import { epochDay, isCalendarDay } from "../text/index.js";
import type { Fold } from "./folds.js";

/** A split at one date. */
export interface OriginFold extends Fold {
  /** The observation cutoff of the tested rows, "YYYY-MM-DD". */
  readonly asOf: string;
}

/**
 * Splits rows by time: each cutoff is tested by what could be known then, the rows of earlier cutoffs whose horizon
 * had closed by it. Cutoffs without such rows are not tested.
 *
 * @param asOf The observation cutoff of each row, "YYYY-MM-DD", shape (n,).
 * @param options.horizonDays Days after its cutoff until a row's label is known.
 * @param options.maxFolds Only the latest so many; defaults to all.
 * @throws {RangeError} If a date is not a calendar day, or no cutoff can be tested.
 *
 * @example
 * rollingOriginSplit(["2024-01-01", "2024-04-01", "2024-04-01"], { horizonDays: 90 });
 * // [{ asOf: "2024-04-01", train: [0], test: [1, 2] }]
 */
export function rollingOriginSplit(
  asOf: ArrayLike<string>,
  options: { horizonDays: number; maxFolds?: number },
): OriginFold[] {
  requireKnownOptions("split by rollingOriginSplit", options, { horizonDays: true, maxFolds: true });
  const { horizonDays, maxFolds = Number.POSITIVE_INFINITY } = options;
  if (!(horizonDays >= 0)) {
    throw new RangeError(
      `Cannot split by rollingOriginSplit: horizonDays is ${horizonDays}; expected a number of at least 0`,
    );
  }
  if (!(maxFolds >= 1)) {
    throw new RangeError(`Cannot split by rollingOriginSplit: maxFolds is ${maxFolds}; expected at least 1`);
  }
  const cutoffs = [...new Set(Array.from(asOf))].sort();
  const dayOf = new Map(cutoffs.map((cutoff) => [cutoff, dayNumber(cutoff)]));
  const days = Float64Array.from({ length: asOf.length }, (_, row) => dayOf.get(asOf[row])!);
  const rows = Uint32Array.from(days.keys());
  const folds: OriginFold[] = [];
  for (const cutoff of cutoffs) {
    const today = dayOf.get(cutoff)!;
    const train = rows.filter((row) => days[row] < today && days[row] + horizonDays <= today);
    if (train.length) folds.push({ asOf: cutoff, train, test: rows.filter((row) => days[row] === today) });
  }
  if (!folds.length) {
    throw new RangeError(
      `Cannot split by rollingOriginSplit: no horizon of ${horizonDays} days ends by ${cutoffs.at(-1) ?? "any day"}; add earlier cutoffs`,
    );
  }
  return folds.slice(-maxFolds);
}

function dayNumber(day: string): number {
  if (isCalendarDay(day)) return epochDay(day);
  throw new RangeError(`Cannot split by rollingOriginSplit: asOf has "${day}"; expected a day as YYYY-MM-DD`);
}
