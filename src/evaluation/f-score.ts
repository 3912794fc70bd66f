import { requireKnownOptions } from "../errors.js";
import { countOutcomes, requireClass } from "./confusion-matrix.js";
import { type WeightOptions, weightOptions } from "./weight-options.js";

/**
 * Returns the harmonic mean of precision and recall, recall counting `beta` times as much (van Rijsbergen 1979).
 *
 * @param options.beta Above 0; defaults to 1.
 * @throws {RangeError} If the lengths differ, a value is not 0 or 1, no row is positive, or `beta` is not above 0.
 *
 * @example
 * fScore([0, 1, 1, 1], [1, 1, 0, 1], { beta: 2 }).toFixed(3); // "0.667"
 */
export function fScore(
  yTrue: ArrayLike<number>,
  yPred: ArrayLike<number>,
  options: WeightOptions & { beta?: number } = {},
): number {
  requireKnownOptions("compute fScore", options, { ...weightOptions, beta: true });
  const { beta = 1, ...weighting } = options;
  if (!(0 < beta && beta < Number.POSITIVE_INFINITY)) {
    throw new RangeError(`Cannot compute fScore: beta is ${beta}; expected a finite number greater than 0`);
  }
  const { truePositives, falsePositives, falseNegatives } = countOutcomes("fScore", yTrue, yPred, weighting);
  requireClass("fScore", truePositives + falseNegatives, "positives");
  const weighted = (1 + beta * beta) * truePositives;
  return weighted / (weighted + beta * beta * falseNegatives + falsePositives);
}
