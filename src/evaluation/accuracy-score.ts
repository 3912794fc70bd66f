import { countOutcomes } from "./confusion-matrix.js";
import type { WeightOptions } from "./weight-options.js";

/**
 * Returns the share of rows whose class is predicted correctly. Compare it with the share of the larger class.
 *
 * @throws {RangeError} If the lengths differ, or a value is not 0 or 1.
 *
 * @example
 * accuracyScore([0, 1, 1, 1], [0, 1, 0, 1]); // 0.75
 */
export function accuracyScore(yTrue: ArrayLike<number>, yPred: ArrayLike<number>, options: WeightOptions = {}): number {
  const cells = countOutcomes("accuracyScore", yTrue, yPred, options);
  const right = cells.truePositives + cells.trueNegatives;
  return right / (right + cells.falsePositives + cells.falseNegatives);
}
