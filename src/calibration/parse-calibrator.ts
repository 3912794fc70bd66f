import { checkValue, Type } from "../schema/index.js";
import { isRecord } from "../text/index.js";
import type { Calibrator, IsotonicCalibrator } from "./calibrator.js";
import { withCalibratorCard } from "./calibrator-card.js";

const Values = Type.Array(Type.Number(), { minItems: 1, expected: "at least one number" });

/** What each kind consists of. */
const KINDS = {
  isotonic: Type.Object({
    kind: Type.Literal("isotonic"),
    x: Values,
    y: Values,
    outOfRange: Type.Enum(["clip", "nan", "raise"]),
  }),
  sigmoid: Type.Object({ kind: Type.Literal("sigmoid"), A: Type.Number(), B: Type.Number() }),
  beta: Type.Object({ kind: Type.Literal("beta"), a: Type.Number(), b: Type.Number(), c: Type.Number() }),
  temperature: Type.Object({
    kind: Type.Literal("temperature"),
    temperature: Type.Number({ exclusiveMinimum: 0, expected: "a number above 0" }),
  }),
  intercept: Type.Object({ kind: Type.Literal("intercept"), shift: Type.Number() }),
} satisfies Record<Calibrator["kind"], unknown>;

/**
 * Reads a calibrator from parsed JSON.
 *
 * @throws {SyntaxError} If the value is no calibrator, or one with missing or impossible numbers.
 *
 * @example
 * parseCalibrator(JSON.parse('{"kind":"temperature","temperature":1.5}')).kind; // "temperature"
 */
export function parseCalibrator(value: unknown): Calibrator {
  const kind = isRecord(value) ? value["kind"] : undefined;
  if (!isKind(kind)) {
    throw new SyntaxError(
      `Cannot read a calibrator: its kind is "${String(kind)}"; expected one of ${Object.keys(KINDS).join(", ")}`,
    );
  }
  const calibrator: Calibrator = checkValue(KINDS[kind], value, { action: `read a calibrator of kind "${kind}"` });
  if (calibrator.kind === "isotonic") requireSteps(calibrator);
  return withCalibratorCard(calibrator);
}

function isKind(kind: unknown): kind is Calibrator["kind"] {
  return typeof kind === "string" && Object.hasOwn(KINDS, kind);
}

function requireSteps({ x, y }: IsotonicCalibrator): void {
  const action = `Cannot read a calibrator of kind "isotonic"`;
  const fall = x.findIndex((score, i) => i > 0 && !(x[i - 1] < score));
  if (fall > 0) throw new SyntaxError(`${action}: x has ${x[fall]} after ${x[fall - 1]}; expected ascending scores`);
  if (x.length !== y.length) {
    throw new SyntaxError(`${action}: x has ${x.length} values and y ${y.length}; expected as many of each`);
  }
}
