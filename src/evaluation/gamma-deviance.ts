import { meanDeviance } from "./tweedie-deviance.js";
import type { WeightOptions } from "./weight-options.js";

/**
 * Returns the mean gamma deviance: 2 (log(mu / y) + y / mu - 1). Lower is better; only ratios of prediction and truth
 * count.
 *
 * @throws {RangeError} If the lengths differ, or a value is not finite and above 0.
 *
 * @example
 * gammaDeviance([1, 2], [2, 2]).toFixed(3); // "0.193"
 */
export function gammaDeviance(yTrue: ArrayLike<number>, yPred: ArrayLike<number>, options: WeightOptions = {}): number {
  return meanDeviance("gammaDeviance", yTrue, yPred, 2, options);
}
