import { argsort, asFloats, requireBothClasses, requireFinite, requireRows } from "../numeric/index.js";
import { type WeightOptions, weightsFrom } from "./weight-options.js";

/** Weights of the true and false positives if every row at or above a threshold is predicted positive. */
export interface ThresholdCounts {
  /** The distinct scores, descending. */
  readonly thresholds: Float64Array;
  /** Never falling; the last one is the weight of all positives. */
  readonly truePositives: Float64Array;
  readonly falsePositives: Float64Array;
}

/** Checks labels and scores for `caller`, and counts at every distinct score. */
export function thresholdCounts(
  caller: string,
  yTrue: ArrayLike<number>,
  yScore: ArrayLike<number>,
  options: WeightOptions,
): ThresholdCounts {
  const thresholds = new Float64Array(yTrue.length);
  const truePositives = new Float64Array(yTrue.length);
  const falsePositives = new Float64Array(yTrue.length);
  let n = 0;
  eachThreshold(caller, yTrue, yScore, options, (threshold, positive, negative) => {
    thresholds[n] = threshold;
    truePositives[n] = positive;
    falsePositives[n++] = negative;
  });
  return {
    thresholds: thresholds.subarray(0, n),
    truePositives: truePositives.subarray(0, n),
    falsePositives: falsePositives.subarray(0, n),
  };
}

/**
 * Checks labels and scores for `caller`, and visits every distinct score, the highest first, with the weight of the
 * positives and of the negatives that are scored at or above it. Gives both for all rows.
 */
export function eachThreshold(
  caller: string,
  yTrue: ArrayLike<number>,
  yScore: ArrayLike<number>,
  options: WeightOptions,
  visit: (threshold: number, positive: number, negative: number) => void,
): { positive: number; negative: number } {
  requireRows(caller, { yTrue, yScore });
  requireBothClasses(caller, { yTrue });
  requireFinite(caller, { yScore });
  const weights = weightsFrom(caller, options, yTrue.length);
  const labels = asFloats(yTrue);
  const scores = asFloats(yScore);
  const order = argsort(scores);
  let positive = 0;
  let negative = 0;
  for (let at = order.length - 1; at >= 0; ) {
    const threshold = scores[order[at]];
    for (; at >= 0 && scores[order[at]] === threshold; --at) {
      const row = order[at];
      const weight = weights ? weights[row] : 1;
      if (labels[row] === 1) positive += weight;
      else negative += weight;
    }
    visit(threshold, positive, negative);
  }
  if (!(positive > 0 && negative > 0)) {
    throw new RangeError(
      `Cannot compute ${caller}: the weights sum to ${positive} for positives and ${negative} for negatives; both must be positive`,
    );
  }
  return { positive, negative };
}
