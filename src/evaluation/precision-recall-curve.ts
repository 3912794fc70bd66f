import { thresholdCounts } from "./threshold-counts.js";
import type { WeightOptions } from "./weight-options.js";

/** One point per threshold, thresholds ascending; the last point, (0, 1), has no threshold. */
export interface PrecisionRecallCurve {
  /** Share of true positives among predicted positives, shape (k + 1,). */
  readonly precision: Float64Array;
  /** Share of the positives predicted positive, descending, shape (k + 1,). */
  readonly recall: Float64Array;
  /** Scores at or above which rows are predicted positive, shape (k,). */
  readonly thresholds: Float64Array;
}

/**
 * Returns precision and recall at every distinct score.
 *
 * @throws {RangeError} If the lengths differ, a value is not finite, or one class is absent.
 *
 * @example
 * precisionRecallCurve([0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8]).recall; // [1, 1, 0.5, 0.5, 0]
 */
export function precisionRecallCurve(
  yTrue: ArrayLike<number>,
  yScore: ArrayLike<number>,
  options: WeightOptions = {},
): PrecisionRecallCurve {
  const counts = thresholdCounts("precisionRecallCurve", yTrue, yScore, options);
  const k = counts.thresholds.length;
  const nPositive = counts.truePositives[k - 1];
  const precision = new Float64Array(k + 1).fill(1);
  const recall = new Float64Array(k + 1);
  for (let i = 0; i < k; ++i) {
    const called = counts.truePositives[i] + counts.falsePositives[i];
    precision[k - 1 - i] = called ? counts.truePositives[i] / called : 0;
    recall[k - 1 - i] = counts.truePositives[i] / nPositive;
  }
  return { precision, recall, thresholds: counts.thresholds.slice().reverse() };
}
