import { countOutcomes } from "./confusion-matrix.js";
import type { WeightOptions } from "./weight-options.js";

/**
 * Returns the share of true positives among predicted positives; 0 if no row is predicted positive.
 *
 * @throws {RangeError} If the lengths differ, or a value is not 0 or 1.
 *
 * @example
 * precisionScore([0, 1, 1, 1], [1, 1, 0, 0]); // 0.5
 */
export function precisionScore(
  yTrue: ArrayLike<number>,
  yPred: ArrayLike<number>,
  options: WeightOptions = {},
): number {
  const { truePositives, falsePositives } = countOutcomes("precisionScore", yTrue, yPred, options);
  return truePositives > 0 ? truePositives / (truePositives + falsePositives) : 0;
}
