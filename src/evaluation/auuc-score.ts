import { normalizedUpliftArea } from "./normalized-uplift-area.js";
import { perfectUpliftCurve, upliftCurve } from "./uplift-curve.js";

/**
 * Returns the area between the uplift curve and the random line, over that between the perfect curve and the random
 * line. 1 is the perfect curve, 0 a random order; below 0 the order is worse than random. With a handful of rows in an
 * arm more than 1 is possible, since no order is best at every count. This is the only normalization used.
 *
 * @param yTrue 0 or 1 per row, shape (n,); for amounts use {@link qiniScore}.
 * @throws {RangeError} If the lengths differ, an outcome is not 0 or 1, one arm is absent, or no order can beat a
 * random one.
 *
 * @example
 * auucScore([1, 0, 0, 1, 1, 0], [0.5, 0.4, 0.3, 0.2, 0.1, 0], [1, 0, 1, 0, 1, 0]).toFixed(3); // "0.040"
 */
export function auucScore(yTrue: ArrayLike<number>, uplift: ArrayLike<number>, treatment: ArrayLike<number>): number {
  const curve = upliftCurve(yTrue, uplift, treatment);
  return normalizedUpliftArea("auucScore", curve, perfectUpliftCurve(yTrue, treatment));
}
