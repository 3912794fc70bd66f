import { countOutcomes, requireClass } from "./confusion-matrix.js";
import type { WeightOptions } from "./weight-options.js";

/**
 * Returns the mean of recall and specificity: accuracy as if both classes were equally large. 0.5 is a coin.
 *
 * @throws {RangeError} If the lengths differ, a value is not 0 or 1, or one class is absent from the truth.
 *
 * @example
 * balancedAccuracyScore([0, 1, 1, 1, 1], [0, 1, 1, 0, 0]); // 0.75
 */
export function balancedAccuracyScore(
  yTrue: ArrayLike<number>,
  yPred: ArrayLike<number>,
  options: WeightOptions = {},
): number {
  const cells = countOutcomes("balancedAccuracyScore", yTrue, yPred, options);
  const nPositive = cells.truePositives + cells.falseNegatives;
  const nNegative = cells.trueNegatives + cells.falsePositives;
  requireClass("balancedAccuracyScore", nPositive, "positives");
  requireClass("balancedAccuracyScore", nNegative, "negatives");
  return (cells.truePositives / nPositive + cells.trueNegatives / nNegative) / 2;
}
