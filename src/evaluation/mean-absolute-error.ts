import { regressionData } from "./regression-data.js";
import type { WeightOptions } from "./weight-options.js";
import { weightedAverage } from "./weighted-average.js";

/**
 * Returns the mean absolute error, in the unit of the truth. It prefers the median: where most customers spend nothing,
 * predicting nothing wins, so it never chooses a model there.
 *
 * @throws {RangeError} If the lengths differ or a value is not finite.
 *
 * @example
 * meanAbsoluteError([10, 20], [12, 16]); // 3
 */
export function meanAbsoluteError(
  yTrue: ArrayLike<number>,
  yPred: ArrayLike<number>,
  options: WeightOptions = {},
): number {
  const { truth, predicted, nRows, weights } = regressionData("meanAbsoluteError", yTrue, yPred, options);
  return weightedAverage(nRows, weights, (i) => Math.abs(predicted[i] - truth[i]));
}
