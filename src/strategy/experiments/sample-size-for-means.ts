import { requireKnownOptions } from "../../errors.js";
import { type PowerOptions, powerOptions, requireCorrelation, requirePositive, seenAt } from "./experiment-options.js";

/** An amount per customer, and the change that should be seen in its mean. */
export interface MeanEffect {
  readonly mean: number;
  readonly standardDeviation: number;
  /** Change relative to the mean: 0.05 is 5 % more or less. */
  readonly relativeEffect: number;
  /** Correlation with the same amount before the experiment, if the readout uses it (CUPED); defaults to 0. */
  readonly correlation?: number;
}

/**
 * Computes the customers per arm, of two equal ones, that detect a change of a mean: 2 (z(1 - alpha / 2) + z(power))²
 * σ² (1 - ρ²) / δ².
 *
 * @throws {RangeError} If a number is out of range.
 *
 * @example
 * sampleSizeForMeans({ mean: 100, standardDeviation: 100, relativeEffect: 0.1 }); // 1570
 */
export function sampleSizeForMeans(
  { mean, standardDeviation, relativeEffect, correlation = 0 }: MeanEffect,
  options: PowerOptions = {},
): number {
  requireKnownOptions("compute sampleSizeForMeans", options, powerOptions);
  const caller = "sampleSizeForMeans";
  for (const [name, value] of Object.entries({ mean, standardDeviation, relativeEffect })) {
    requirePositive(caller, name, value);
  }
  requireCorrelation(caller, correlation);
  const spread = standardDeviation * Math.sqrt(1 - correlation ** 2);
  return Math.ceil(2 * ((seenAt(caller, options) * spread) / (relativeEffect * mean)) ** 2);
}
