import { regressionData } from "./regression-data.js";
import type { WeightOptions } from "./weight-options.js";
import { weightedAverage } from "./weighted-average.js";

/**
 * Returns the mean of 2 |prediction - truth| / (|prediction| + |truth|), in [0, 2]; 0 where both are 0.
 *
 * @throws {RangeError} If the lengths differ or a value is not finite.
 *
 * @example
 * symmetricMeanAbsolutePercentageError([0, 10], [0, 30]); // 0.5
 */
export function symmetricMeanAbsolutePercentageError(
  yTrue: ArrayLike<number>,
  yPred: ArrayLike<number>,
  options: WeightOptions = {},
): number {
  const { truth, predicted, nRows, weights } = regressionData(
    "symmetricMeanAbsolutePercentageError",
    yTrue,
    yPred,
    options,
  );
  return weightedAverage(nRows, weights, (i) => {
    const size = Math.abs(predicted[i]) + Math.abs(truth[i]);
    return size > 0 ? (2 * Math.abs(predicted[i] - truth[i])) / size : 0;
  });
}
