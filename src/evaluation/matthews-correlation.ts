import { countOutcomes } from "./confusion-matrix.js";
import type { WeightOptions } from "./weight-options.js";

/**
 * Returns the correlation of truth and prediction (Matthews 1975), in [-1, 1]. 0 if either is constant.
 *
 * @throws {RangeError} If the lengths differ, or a value is not 0 or 1.
 *
 * @example
 * matthewsCorrelation([1, 1, 1, 0], [1, 0, 1, 1]).toFixed(3); // "-0.333"
 */
export function matthewsCorrelation(
  yTrue: ArrayLike<number>,
  yPred: ArrayLike<number>,
  options: WeightOptions = {},
): number {
  const cells = countOutcomes("matthewsCorrelation", yTrue, yPred, options);
  const { truePositives: tp, falsePositives: fp, trueNegatives: tn, falseNegatives: fn } = cells;
  // Roots one by one: the product of four counts of a million would lose digits.
  const scale = Math.sqrt(tp + fp) * Math.sqrt(tp + fn) * Math.sqrt(tn + fp) * Math.sqrt(tn + fn);
  return scale > 0 ? (tp * tn - fp * fn) / scale : 0;
}
