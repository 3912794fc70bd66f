import { regressionData } from "./regression-data.js";
import type { WeightOptions } from "./weight-options.js";
import { weightedAverage } from "./weighted-average.js";

/**
 * Returns the mean of |prediction - truth| / |truth|, as a share. Undefined where the truth is 0, as spend often is:
 * use {@link weightedAbsolutePercentageError} or {@link symmetricMeanAbsolutePercentageError} there.
 *
 * @throws {RangeError} If the lengths differ, a value is not finite, or a true value is 0.
 *
 * @example
 * meanAbsolutePercentageError([10, 20], [15, 15]); // 0.375
 */
export function meanAbsolutePercentageError(
  yTrue: ArrayLike<number>,
  yPred: ArrayLike<number>,
  options: WeightOptions = {},
): number {
  const { truth, predicted, nRows, weights } = regressionData("meanAbsolutePercentageError", yTrue, yPred, options);
  const zero = truth.indexOf(0);
  if (zero >= 0) {
    throw new RangeError(
      `Cannot compute meanAbsolutePercentageError: yTrue[${zero}] is 0; use weightedAbsolutePercentageError`,
    );
  }
  return weightedAverage(nRows, weights, (i) => Math.abs((predicted[i] - truth[i]) / truth[i]));
}
