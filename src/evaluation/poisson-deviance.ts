import { meanDeviance } from "./tweedie-deviance.js";
import type { WeightOptions } from "./weight-options.js";

/**
 * Returns the mean Poisson deviance: 2 (y log(y / mu) - y + mu). Lower is better. For counts, such as orders in a
 * horizon.
 *
 * @throws {RangeError} If the lengths differ, a value is not finite, a prediction is not above 0, or a true value is
 * below 0.
 *
 * @example
 * poissonDeviance([0, 2], [1, 2]); // 1
 */
export function poissonDeviance(
  yTrue: ArrayLike<number>,
  yPred: ArrayLike<number>,
  options: WeightOptions = {},
): number {
  return meanDeviance("poissonDeviance", yTrue, yPred, 1, options);
}
