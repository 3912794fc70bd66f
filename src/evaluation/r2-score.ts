import { regressionData } from "./regression-data.js";
import type { WeightOptions } from "./weight-options.js";
import { weightedAverage } from "./weighted-average.js";

/**
 * Returns R², the share of the variance of the truth that the prediction explains: 1 is perfect, 0 is always saying the
 * mean, below 0 is worse than that.
 *
 * @throws {RangeError} If the lengths differ, a value is not finite, or the truth is constant.
 *
 * @example
 * r2Score([1, 2, 3], [1, 2, 2]); // 0.5
 */
export function r2Score(yTrue: ArrayLike<number>, yPred: ArrayLike<number>, options: WeightOptions = {}): number {
  const { truth, predicted, nRows, weights } = regressionData("r2Score", yTrue, yPred, options);
  const center = weightedAverage(nRows, weights, (i) => truth[i]);
  const total = weightedAverage(nRows, weights, (i) => (truth[i] - center) ** 2);
  // Rounding leaves a constant with a variance of its square times that of the last digit.
  const largest = truth.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  if (!(total > (1e-14 * largest) ** 2))
    throw new RangeError("Cannot compute r2Score: yTrue is constant; expected at least two distinct values");
  return 1 - weightedAverage(nRows, weights, (i) => (predicted[i] - truth[i]) ** 2) / total;
}
