import { requireLabels, requireProbabilities, requireRows } from "../numeric/index.js";
import { type WeightOptions, weightsFrom } from "./weight-options.js";
import { weightedAverage } from "./weighted-average.js";

/**
 * Returns the Brier score, the mean squared error of probabilities (Brier 1950, for two classes). Lower is better;
 * always saying the base rate r costs r (1 - r).
 *
 * @throws {RangeError} If the lengths differ, a label is not 0 or 1, or a probability is outside [0, 1].
 *
 * @example
 * brierScoreLoss([0, 1, 1, 0], [0.1, 0.9, 0.8, 0.3]); // 0.0375
 */
export function brierScoreLoss(
  yTrue: ArrayLike<number>,
  yProb: ArrayLike<number>,
  options: WeightOptions = {},
): number {
  requireRows("brierScoreLoss", { yTrue, yProb });
  requireLabels("brierScoreLoss", { yTrue });
  requireProbabilities("brierScoreLoss", { yProb });
  const weights = weightsFrom("brierScoreLoss", options, yTrue.length);
  return weightedAverage(yTrue.length, weights, (i) => (yProb[i] - yTrue[i]) ** 2);
}
