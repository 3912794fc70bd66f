import { sum } from "../numeric/index.js";
import { type BinOptions, probabilityBins } from "./probability-bins.js";

/**
 * Returns the gap between predicted and observed rates, averaged over the rows of the bins (Naeini et al. 2015). Lower
 * is better. Chance alone makes it positive, the more the fewer rows a bin has: compare it with that of other models on
 * the same rows, or with its interval.
 *
 * @throws {RangeError} If the lengths differ, a label is not 0 or 1, or a probability is outside [0, 1].
 *
 * @example
 * expectedCalibrationError([0, 0, 1, 1], [0.25, 0.25, 0.75, 0.75], { nBins: 2 }); // 0.25
 */
export function expectedCalibrationError(
  yTrue: ArrayLike<number>,
  yProb: ArrayLike<number>,
  options: BinOptions = {},
): number {
  const { weights, sumTrue, sumProb } = probabilityBins("expectedCalibrationError", yTrue, yProb, options);
  return sum(sumTrue.map((total, bin) => Math.abs(total - sumProb[bin]))) / sum(weights);
}
