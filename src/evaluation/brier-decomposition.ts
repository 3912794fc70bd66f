import { type BinOptions, probabilityBins } from "./probability-bins.js";

/** Terms of the Brier score: `brier = reliability - resolution + uncertainty + withinBins`, exactly. */
export interface BrierDecomposition {
  readonly brier: number;
  /** Squared gap of predicted and observed rates over the bins; 0 is calibrated. */
  readonly reliability: number;
  /** Squared gap of the bins' observed rates from the base rate; higher is better. */
  readonly resolution: number;
  /** Base rate × (1 - base rate): the loss of always saying the base rate. */
  readonly uncertainty: number;
  /** Within-bin terms: variance of the predictions inside bins less twice their covariance with the labels. */
  readonly withinBins: number;
}

/**
 * Decomposes the Brier score (Murphy 1973), with the within-bin terms of Stephenson, Coelho & Jolliffe 2008.
 *
 * @throws {RangeError} If the lengths differ, a label is not 0 or 1, or a probability is outside [0, 1].
 *
 * @example
 * brierDecomposition([0, 0, 1, 1], [0.25, 0.25, 0.75, 0.75], { nBins: 2 });
 * // { brier: 0.0625, reliability: 0.0625, resolution: 0.25, uncertainty: 0.25, withinBins: 0 }
 */
export function brierDecomposition(
  yTrue: ArrayLike<number>,
  yProb: ArrayLike<number>,
  options: BinOptions = {},
): BrierDecomposition {
  const bins = probabilityBins("brierDecomposition", yTrue, yProb, options);
  const total = bins.weights.reduce((a, b) => a + b, 0);
  const baseRate = bins.sumTrue.reduce((a, b) => a + b, 0) / total;
  const predicted = bins.sumProb.map((sum, bin) => sum / bins.weights[bin]);
  const observed = bins.sumTrue.map((sum, bin) => sum / bins.weights[bin]);
  let reliability = 0;
  let resolution = 0;
  bins.weights.forEach((weight, bin) => {
    reliability += weight * (predicted[bin] - observed[bin]) ** 2;
    resolution += weight * (observed[bin] - baseRate) ** 2;
  });
  let withinBins = 0;
  let brier = 0;
  for (let i = 0; i < yTrue.length; ++i) {
    const weight = bins.rowWeights ? bins.rowWeights[i] : 1;
    if (!weight) continue;
    const bin = bins.binOfRow[i];
    const fromMean = yProb[i] - predicted[bin];
    withinBins += weight * (fromMean * fromMean - 2 * fromMean * (yTrue[i] - observed[bin]));
    brier += weight * (yProb[i] - yTrue[i]) ** 2;
  }
  return {
    brier: brier / total,
    reliability: reliability / total,
    resolution: resolution / total,
    uncertainty: baseRate * (1 - baseRate),
    withinBins: withinBins / total,
  };
}
