import { thresholdCounts } from "./threshold-counts.js";
import type { WeightOptions } from "./weight-options.js";

/**
 * Returns the average precision: Σ (recall gained) × precision, without interpolation. The base rate is what a random
 * order gets, 1 is perfect.
 *
 * @throws {RangeError} If the lengths differ, a value is not finite, or one class is absent.
 *
 * @example
 * averagePrecisionScore([0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8]).toFixed(4); // "0.8333"
 */
export function averagePrecisionScore(
  yTrue: ArrayLike<number>,
  yScore: ArrayLike<number>,
  options: WeightOptions = {},
): number {
  const { truePositives, falsePositives } = thresholdCounts("averagePrecisionScore", yTrue, yScore, options);
  const all = truePositives[truePositives.length - 1];
  let total = 0;
  for (let i = 0, before = 0; i < truePositives.length; ++i) {
    const gained = truePositives[i] - before;
    // In shares, since a product of weights may overflow or vanish.
    if (gained > 0) total += (gained / all) * (truePositives[i] / (truePositives[i] + falsePositives[i]));
    before = truePositives[i];
  }
  return total;
}
