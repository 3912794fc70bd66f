import { normalizedUpliftArea } from "./normalized-uplift-area.js";
import { perfectQiniCurve, qiniCurve } from "./qini-curve.js";

/**
 * Returns the area between the Qini curve and the random line, over that between the perfect curve and the random line.
 * 1 is the perfect curve, 0 a random order; below 0 the order is worse than random. With a handful of rows in an arm
 * more than 1 is possible, since no order is best at every count. This is the only normalization used.
 *
 * @param yTrue Outcomes, shape (n,): 0 or 1, or amounts from 0.
 * @throws {RangeError} If the lengths differ, a value is not finite, one arm is absent, or no order can beat a random
 * one.
 *
 * @example
 * qiniScore([1, 0, 0, 1, 1, 0], [0.5, 0.4, 0.3, 0.2, 0.1, 0], [1, 0, 1, 0, 1, 0]).toFixed(3); // "0.154"
 */
export function qiniScore(yTrue: ArrayLike<number>, uplift: ArrayLike<number>, treatment: ArrayLike<number>): number {
  const curve = qiniCurve(yTrue, uplift, treatment);
  return normalizedUpliftArea("qiniScore", curve, perfectQiniCurve(yTrue, treatment));
}
