import { countOutcomes, requireClass } from "./confusion-matrix.js";
import type { WeightOptions } from "./weight-options.js";

/**
 * Returns the share of the negatives predicted negative.
 *
 * @throws {RangeError} If the lengths differ, a value is not 0 or 1, or no row is negative.
 *
 * @example
 * specificityScore([0, 0, 0, 0, 1], [0, 0, 0, 1, 1]); // 0.75
 */
export function specificityScore(
  yTrue: ArrayLike<number>,
  yPred: ArrayLike<number>,
  options: WeightOptions = {},
): number {
  const { trueNegatives, falsePositives } = countOutcomes("specificityScore", yTrue, yPred, options);
  requireClass("specificityScore", trueNegatives + falsePositives, "negatives");
  return trueNegatives / (trueNegatives + falsePositives);
}
