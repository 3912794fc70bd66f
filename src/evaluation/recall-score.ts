import { countOutcomes, requireClass } from "./confusion-matrix.js";
import type { WeightOptions } from "./weight-options.js";

/**
 * Returns the share of the positives predicted positive (sensitivity).
 *
 * @throws {RangeError} If the lengths differ, a value is not 0 or 1, or no row is positive.
 *
 * @example
 * recallScore([0, 1, 1, 1, 1], [1, 1, 0, 0, 0]); // 0.25
 */
export function recallScore(yTrue: ArrayLike<number>, yPred: ArrayLike<number>, options: WeightOptions = {}): number {
  const { truePositives, falseNegatives } = countOutcomes("recallScore", yTrue, yPred, options);
  requireClass("recallScore", truePositives + falseNegatives, "positives");
  return truePositives / (truePositives + falseNegatives);
}
