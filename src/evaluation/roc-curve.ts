import { thresholdCounts } from "./threshold-counts.js";
import type { WeightOptions } from "./weight-options.js";

/** One point per threshold, from (0, 0) to (1, 1). */
export interface RocCurve {
  /** Share of the negatives predicted positive, ascending. */
  readonly falsePositiveRate: Float64Array;
  /** Share of the positives predicted positive, ascending. */
  readonly truePositiveRate: Float64Array;
  /** Scores at or above which rows are predicted positive; the first is Infinity. */
  readonly thresholds: Float64Array;
}

/**
 * Returns the ROC curve at every distinct score.
 *
 * @throws {RangeError} If the lengths differ, a value is not finite, or one class is absent.
 *
 * @example
 * rocCurve([0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8]).truePositiveRate; // [0, 0.5, 0.5, 1, 1]
 */
export function rocCurve(yTrue: ArrayLike<number>, yScore: ArrayLike<number>, options: WeightOptions = {}): RocCurve {
  const counts = thresholdCounts("rocCurve", yTrue, yScore, options);
  return {
    falsePositiveRate: startingAt(0, shares(counts.falsePositives)),
    truePositiveRate: startingAt(0, shares(counts.truePositives)),
    thresholds: startingAt(Number.POSITIVE_INFINITY, counts.thresholds),
  };
}

function shares(counts: Float64Array): Float64Array {
  const total = counts[counts.length - 1];
  return counts.map((count) => count / total);
}

function startingAt(first: number, rest: Float64Array): Float64Array {
  const all = new Float64Array(rest.length + 1);
  all[0] = first;
  all.set(rest, 1);
  return all;
}
