import { type BinOptions, probabilityBins } from "./probability-bins.js";

/** One point per bin that is not empty, probabilities ascending. */
export interface CalibrationCurve {
  /** Mean predicted probability. */
  readonly meanPredicted: Float64Array;
  /** Share of positives. */
  readonly observedRate: Float64Array;
  /** Rows in the bin. */
  readonly counts: Uint32Array;
}

/**
 * Returns the reliability curve, observed against predicted rates. A calibrated model lies on the diagonal.
 *
 * @throws {RangeError} If the lengths differ, a label is not 0 or 1, or a probability is outside [0, 1].
 *
 * @example
 * calibrationCurve([0, 0, 0, 1, 1, 1], [0, 0.1, 0.2, 0.8, 0.9, 1], { nBins: 2, strategy: "uniform" });
 * // { meanPredicted: [0.1, 0.9], observedRate: [0, 1], counts: [3, 3] }
 */
export function calibrationCurve(
  yTrue: ArrayLike<number>,
  yProb: ArrayLike<number>,
  options: BinOptions = {},
): CalibrationCurve {
  const { counts, weights, sumTrue, sumProb } = probabilityBins("calibrationCurve", yTrue, yProb, options);
  return {
    meanPredicted: sumProb.map((total, bin) => total / weights[bin]),
    observedRate: sumTrue.map((total, bin) => total / weights[bin]),
    counts,
  };
}
