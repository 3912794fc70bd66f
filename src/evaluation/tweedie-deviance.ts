import { requireKnownOptions } from "../errors.js";
import { regressionData } from "./regression-data.js";
import { type WeightOptions, weightOptions } from "./weight-options.js";
import { weightedAverage } from "./weighted-average.js";

/**
 * Returns the mean deviance of a Tweedie distribution whose variance is mean^power. Lower is better, 0 is perfect. With
 * a power between 1 and 2 many zeros and a long tail are natural, so it judges spend.
 *
 * @param options.power 0 normal, 1 Poisson, between 1 and 2 Poisson sums of gammas, 2 gamma; not between 0 and 1.
 * Defaults to 1.5.
 * @throws {RangeError} If the lengths differ, a value is not finite, a prediction is not above 0 (unless `power` is 0),
 * or a true value is below 0 (from power 1), or 0 (from power 2).
 *
 * @example
 * tweedieDeviance([0, 2], [1, 2], { power: 1.5 }).toFixed(3); // "2.000"
 */
export function tweedieDeviance(
  yTrue: ArrayLike<number>,
  yPred: ArrayLike<number>,
  options: WeightOptions & { power?: number } = {},
): number {
  requireKnownOptions("compute tweedieDeviance", options, { ...weightOptions, power: true });
  const { power = 1.5, ...weighting } = options;
  return meanDeviance("tweedieDeviance", yTrue, yPred, power, weighting);
}

/** Computes {@link tweedieDeviance} on behalf of the metric named `caller`. */
export function meanDeviance(
  caller: string,
  yTrue: ArrayLike<number>,
  yPred: ArrayLike<number>,
  power: number,
  options: WeightOptions,
): number {
  if (!(power <= 0 || (1 <= power && power < Number.POSITIVE_INFINITY))) {
    throw new RangeError(`Cannot compute ${caller}: power is ${power}; expected a number outside (0, 1)`);
  }
  const { truth, predicted, nRows, weights } = regressionData(caller, yTrue, yPred, options);
  const tooLow = (name: string, values: Float64Array, fits: (value: number) => boolean, expected: string) => {
    const row = values.findIndex((value) => !fits(value));
    if (row >= 0) throw new RangeError(`Cannot compute ${caller}: ${name}[${row}] is ${values[row]}; ${expected}`);
  };
  if (power !== 0) tooLow("yPred", predicted, (value) => value > 0, "expected a prediction greater than 0");
  if (power >= 2) tooLow("yTrue", truth, (value) => value > 0, "expected a value greater than 0");
  else if (power >= 1) tooLow("yTrue", truth, (value) => value >= 0, "expected a value of at least 0");
  return weightedAverage(nRows, weights, (i) => 2 * halfUnitDeviance(truth[i], predicted[i], power));
}

/**
 * Returns half the unit deviance (Jørgensen 1987); the limits at powers 1 and 2 are those of the Poisson and the gamma
 * distribution.
 */
function halfUnitDeviance(y: number, mu: number, power: number): number {
  if (power === 0) return (y - mu) ** 2 / 2;
  if (power === 1) return (y > 0 ? y * Math.log(y / mu) : 0) - y + mu;
  if (power === 2) return Math.log(mu / y) + y / mu - 1;
  const own = y > 0 || power < 0 ? Math.max(y, 0) ** (2 - power) / ((1 - power) * (2 - power)) : 0;
  return own - (y * mu ** (1 - power)) / (1 - power) + mu ** (2 - power) / (2 - power);
}
