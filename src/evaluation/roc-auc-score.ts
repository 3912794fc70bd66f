import { eachThreshold, thresholdCounts } from "./threshold-counts.js";
import type { WeightOptions } from "./weight-options.js";

/**
 * Returns the area under the ROC curve: the chance that a random positive outranks a random negative, ties counting
 * half. 0.5 is a coin, 1 is perfect.
 *
 * @param yTrue 0 or 1 per row, shape (n,).
 * @param yScore Higher means likelier positive, shape (n,).
 * @throws {RangeError} If the lengths differ, a value is not finite, or one class is absent.
 *
 * @example
 * rocAucScore([0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8]); // 0.75
 */
export function rocAucScore(yTrue: ArrayLike<number>, yScore: ArrayLike<number>, options: WeightOptions = {}): number {
  if (options.sampleWeight) return weightedArea(yTrue, yScore, options);
  let area = 0;
  let tp = 0;
  let fp = 0;
  const all = eachThreshold("rocAucScore", yTrue, yScore, options, (_, positive, negative) => {
    area += (negative - fp) * (positive + tp);
    tp = positive;
    fp = negative;
  });
  return area / 2 / (all.positive * all.negative);
}

/** Returns the area in shares of each class, since products of weights may overflow or vanish. */
function weightedArea(yTrue: ArrayLike<number>, yScore: ArrayLike<number>, options: WeightOptions): number {
  const { truePositives, falsePositives } = thresholdCounts("rocAucScore", yTrue, yScore, options);
  const n = truePositives.length;
  const [positive, negative] = [truePositives[n - 1], falsePositives[n - 1]];
  let area = 0;
  for (let i = 0, tp = 0, fp = 0; i < n; ++i) {
    area += ((falsePositives[i] - fp) / negative) * ((truePositives[i] + tp) / positive);
    tp = truePositives[i];
    fp = falsePositives[i];
  }
  return area / 2;
}
