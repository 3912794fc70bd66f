/**
 * Returns sign(value) × log(1 + |value|), for amounts and counts whose ratios matter more than their differences: on
 * both sides of zero, since revenue net of returns may be negative.
 *
 * @example
 * signedLog1p(-3) === -Math.log(4); // true
 */
export function signedLog1p(value: number): number {
  return Math.sign(value) * Math.log1p(Math.abs(value));
}
