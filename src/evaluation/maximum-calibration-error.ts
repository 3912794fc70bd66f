import { type BinOptions, probabilityBins } from "./probability-bins.js";

/**
 * Returns the widest gap of predicted and observed rates among the bins. Lower is better.
 *
 * @throws {RangeError} If the lengths differ, a label is not 0 or 1, or a probability is outside [0, 1].
 *
 * @example
 * maximumCalibrationError([0, 0, 1, 1], [0.125, 0.125, 0.5, 0.5], { nBins: 2 }); // 0.5
 */
export function maximumCalibrationError(
  yTrue: ArrayLike<number>,
  yProb: ArrayLike<number>,
  options: BinOptions = {},
): number {
  const { weights, sumTrue, sumProb } = probabilityBins("maximumCalibrationError", yTrue, yProb, options);
  return sumTrue.reduce((widest, total, bin) => Math.max(widest, Math.abs(total - sumProb[bin]) / weights[bin]), 0);
}
