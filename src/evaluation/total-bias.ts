import { regressionData } from "./regression-data.js";
import type { WeightOptions } from "./weight-options.js";
import { weightedAverage } from "./weighted-average.js";

/**
 * Returns the predicted total over the true total, less 1: 0.14 means 14 % too high. 0 is best.
 *
 * @throws {RangeError} If the lengths differ, a value is not finite, or the true total is not above 0.
 *
 * @example
 * totalBias([10, 30], [20, 30]); // 0.25
 */
export function totalBias(yTrue: ArrayLike<number>, yPred: ArrayLike<number>, options: WeightOptions = {}): number {
  const { truth, predicted, nRows, weights } = regressionData("totalBias", yTrue, yPred, options);
  const total = weightedAverage(nRows, weights, (i) => truth[i]);
  if (!(total > 0))
    throw new RangeError(`Cannot compute totalBias: the mean of yTrue is ${total}; expected a positive mean`);
  return weightedAverage(nRows, weights, (i) => predicted[i]) / total - 1;
}
