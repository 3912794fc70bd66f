import { requireProbabilities } from "../numeric/index.js";

/**
 * Returns 1 where the probability is at least the threshold, else 0.
 *
 * @param threshold In [0, 1]; chosen on validation rows, never on the holdout.
 * @throws {RangeError} If a probability or the threshold is outside [0, 1].
 *
 * @example
 * predictedClasses([0.2, 0.5, 0.7], 0.5); // [0, 1, 1]
 */
export function predictedClasses(yProb: ArrayLike<number>, threshold: number): Uint8Array {
  requireProbabilities("predictedClasses", { yProb, threshold: [threshold] });
  return Uint8Array.from(yProb, (p) => (p >= threshold ? 1 : 0));
}
