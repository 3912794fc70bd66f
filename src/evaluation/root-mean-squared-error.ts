import { regressionData } from "./regression-data.js";
import type { WeightOptions } from "./weight-options.js";
import { weightedAverage } from "./weighted-average.js";

/**
 * Returns the root of the mean squared distance of prediction and truth, in the unit of the truth.
 *
 * @throws {RangeError} If the lengths differ or a value is not finite.
 *
 * @example
 * rootMeanSquaredError([3, 4], [3, 0]).toFixed(3); // "2.828"
 */
export function rootMeanSquaredError(
  yTrue: ArrayLike<number>,
  yPred: ArrayLike<number>,
  options: WeightOptions = {},
): number {
  const { truth, predicted, nRows, weights } = regressionData("rootMeanSquaredError", yTrue, yPred, options);
  return Math.sqrt(weightedAverage(nRows, weights, (i) => (predicted[i] - truth[i]) ** 2));
}
