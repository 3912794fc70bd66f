import { requireLabels, requireProbabilities, requireRows } from "../numeric/index.js";
import { type WeightOptions, weightsFrom } from "./weight-options.js";
import { weightedAverage } from "./weighted-average.js";

/**
 * Returns the mean negative log-likelihood of the labels, in nats. Lower is better. Probabilities of exactly 0 or 1 are
 * moved inwards by 2^-52, so that one wrong certainty costs 36 and not infinity.
 *
 * @throws {RangeError} If the lengths differ, a label is not 0 or 1, or a probability is outside [0, 1].
 *
 * @example
 * logLoss([0, 1], [0.5, 0.5]).toFixed(4); // "0.6931"
 */
export function logLoss(yTrue: ArrayLike<number>, yProb: ArrayLike<number>, options: WeightOptions = {}): number {
  requireRows("logLoss", { yTrue, yProb });
  requireLabels("logLoss", { yTrue });
  requireProbabilities("logLoss", { yProb });
  const weights = weightsFrom("logLoss", options, yTrue.length);
  return weightedAverage(yTrue.length, weights, (i) => {
    const p = yTrue[i] === 1 ? yProb[i] : 1 - yProb[i];
    return -Math.log(Math.min(Math.max(p, Number.EPSILON), 1 - Number.EPSILON));
  });
}
