import { thresholdCounts } from "./threshold-counts.js";
import type { WeightOptions } from "./weight-options.js";

/**
 * Returns the KS statistic, the largest gap between the shares of positives and negatives at or above a score (the
 * Kolmogorov and Smirnov statistic of the two classes' scores). 0 is no separation, 1 is perfect.
 *
 * @throws {RangeError} If the lengths differ, a value is not finite, or one class is absent.
 *
 * @example
 * ksScore([0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8]); // 0.5
 */
export function ksScore(yTrue: ArrayLike<number>, yScore: ArrayLike<number>, options: WeightOptions = {}): number {
  const { truePositives, falsePositives } = thresholdCounts("ksScore", yTrue, yScore, options);
  const nPositive = truePositives[truePositives.length - 1];
  const nNegative = falsePositives[falsePositives.length - 1];
  let widest = 0;
  for (let i = 0; i < truePositives.length; ++i) {
    widest = Math.max(widest, Math.abs(truePositives[i] / nPositive - falsePositives[i] / nNegative));
  }
  return widest;
}
