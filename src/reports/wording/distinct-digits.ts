import { formatNumber } from "../../table/index.js";

/**
 * Formats two numbers with enough digits after the point, at least two, to show which is larger: "0.80 is below 0.80"
 * helps no one.
 *
 * @example
 * distinctDigits(0.79992, 0.8); // ["0.7999", "0.8000"]
 * distinctDigits(0.72, 0.8); // ["0.72", "0.80"]
 */
export function distinctDigits(
  a: number,
  b: number,
  write: (value: number, digits: number) => string = (value, digits) => formatNumber(value, { kind: "number", digits }),
): [string, string] {
  let digits = 2;
  while (a !== b && digits < 15 && write(a, digits) === write(b, digits)) ++digits;
  return [write(a, digits), write(b, digits)];
}
