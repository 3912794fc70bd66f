import { isRecord } from "../text/index.js";
import type { Calibrator } from "./calibrator.js";

const NUMBERS: Record<string, readonly string[]> = {
  sigmoid: ["A", "B"],
  beta: ["a", "b", "c"],
  temperature: ["temperature"],
  intercept: ["shift"],
};
const KINDS = ["isotonic", ...Object.keys(NUMBERS)];

/**
 * Reads a calibrator from parsed JSON.
 *
 * @throws {SyntaxError} If the value is no calibrator, or one with missing or impossible numbers.
 *
 * @example
 * parseCalibrator(JSON.parse('{"kind":"temperature","temperature":1.5}')).kind; // "temperature"
 */
export function parseCalibrator(value: unknown): Calibrator {
  const fields = isRecord(value) ? value : {};
  const kind = String(fields["kind"]);
  if (!KINDS.includes(kind)) {
    throw new SyntaxError(`Cannot read a calibrator: its kind is "${kind}"; expected one of ${KINDS.join(", ")}`);
  }
  const wrong = kind === "isotonic" ? wrongStep(fields) : NUMBERS[kind].find((name) => !Number.isFinite(fields[name]));
  if (wrong) throw new SyntaxError(`Cannot read a calibrator of kind "${kind}": ${wrong} is missing or impossible`);
  if (kind === "temperature" && !((fields["temperature"] as number) > 0)) {
    throw new SyntaxError(`Cannot read a calibrator of kind "temperature": temperature is not above 0`);
  }
  return fields as unknown as Calibrator;
}

function wrongStep({ x, y, outOfRange }: Record<string, unknown>): string | undefined {
  const numbers = (list: unknown): list is number[] => Array.isArray(list) && list.every(Number.isFinite);
  if (!numbers(x) || !x.length || x.some((value, i) => i > 0 && !(x[i - 1] < value))) return "x";
  if (!numbers(y) || y.length !== x.length) return "y";
  return ["clip", "nan", "raise"].includes(String(outOfRange)) ? undefined : "outOfRange";
}
