import { regressionData } from "./regression-data.js";
import type { WeightOptions } from "./weight-options.js";
import { weightedAverage } from "./weighted-average.js";

/**
 * Returns the total absolute error over the total of the truth, as a share: the mean absolute error in units of the
 * mean. Zeros are allowed.
 *
 * @throws {RangeError} If the lengths differ, a value is not finite, or every true value is 0.
 *
 * @example
 * weightedAbsolutePercentageError([10, 30], [20, 30]); // 0.25
 */
export function weightedAbsolutePercentageError(
  yTrue: ArrayLike<number>,
  yPred: ArrayLike<number>,
  options: WeightOptions = {},
): number {
  const { truth, predicted, nRows, weights } = regressionData("weightedAbsolutePercentageError", yTrue, yPred, options);
  const size = weightedAverage(nRows, weights, (i) => Math.abs(truth[i]));
  if (!(size > 0)) {
    throw new RangeError(
      "Cannot compute weightedAbsolutePercentageError: every yTrue is 0; expected at least one other value",
    );
  }
  return weightedAverage(nRows, weights, (i) => Math.abs(predicted[i] - truth[i])) / size;
}
