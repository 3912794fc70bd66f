import { thresholdCounts } from "./threshold-counts.js";
import type { WeightOptions } from "./weight-options.js";

/** One point per distinct score, best first, from (0, 0) to (1, 1). */
export interface GainCurve {
  /** Share of the rows contacted, ascending. */
  readonly share: Float64Array;
  /** Share of the positives among them. */
  readonly gain: Float64Array;
}

/**
 * Returns the share of all positives that the best-scored rows capture. A random order gives the diagonal; rows that
 * tie are taken together.
 *
 * @throws {RangeError} If the lengths differ, a value is not finite, or one class is absent.
 *
 * @example
 * gainCurve([1, 1, 0, 0], [0.9, 0.4, 0.6, 0.1]); // { share: [0, 0.25, 0.5, 0.75, 1], gain: [0, 0.5, 0.5, 1, 1] }
 */
export function gainCurve(yTrue: ArrayLike<number>, yScore: ArrayLike<number>, options: WeightOptions = {}): GainCurve {
  const { truePositives, falsePositives } = thresholdCounts("gainCurve", yTrue, yScore, options);
  const k = truePositives.length;
  const nPositive = truePositives[k - 1];
  const nRows = nPositive + falsePositives[k - 1];
  const share = new Float64Array(k + 1);
  const gain = new Float64Array(k + 1);
  for (let i = 0; i < k; ++i) {
    share[i + 1] = (truePositives[i] + falsePositives[i]) / nRows;
    gain[i + 1] = truePositives[i] / nPositive;
  }
  return { share, gain };
}
