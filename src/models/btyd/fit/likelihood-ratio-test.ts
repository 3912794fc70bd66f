import { regularizedUpperGamma } from "../../../numeric/index.js";
import type { FitSummary } from "./fit.js";

/** A fit that can be compared with another. */
export interface NestedFit extends FitSummary {
  readonly parameters: Readonly<Record<string, number>>;
  readonly coefficients?: Readonly<Record<string, Readonly<Record<string, number>>>>;
}

/** The outcome of a likelihood-ratio test. */
export interface LikelihoodRatioTest {
  /** Twice the gain in log-likelihood. */
  readonly statistic: number;
  readonly degreesOfFreedom: number;
  /** Chance of such a gain if the smaller model is true; in [0, 1]. */
  readonly pValue: number;
}

/**
 * Tests whether a model is better than one that it contains, fitted to the same customers: with and without
 * covariates, or the NBD inside a model with dropout. For the latter, whose extra parameters are at the edge of their
 * range, the p-value is too large rather than too small.
 *
 * @throws {RangeError} If the models were fitted to other customers, or the first is not the smaller one.
 *
 * @example
 * const nbd = fitNbd(histories, { unit: "weeks" });
 * const { degreesOfFreedom, pValue } = likelihoodRatioTest(nbd, model);
 * degreesOfFreedom; // 2
 * pValue < 0.001; // true
 */
export function likelihoodRatioTest(smaller: NestedFit, larger: NestedFit): LikelihoodRatioTest {
  const refuse = (found: string, expected: string): never => {
    throw new RangeError(`Cannot compare models: ${found}; ${expected}`);
  };
  const degreesOfFreedom = parametersOf(larger) - parametersOf(smaller);
  if (smaller.customers !== larger.customers) {
    refuse(
      `they were fitted to ${smaller.customers} and ${larger.customers} customers`,
      "fit both to the same customers",
    );
  }
  if (!(degreesOfFreedom > 0)) {
    refuse(
      `the first has ${parametersOf(smaller)} parameters and the second ${parametersOf(larger)}`,
      "pass the smaller model first",
    );
  }
  const gain = larger.logLikelihood - smaller.logLikelihood;
  if (!(gain > -1e-6 * Math.abs(smaller.logLikelihood))) {
    refuse(
      `the log-likelihood of the larger model is lower by ${-gain}`,
      "expected a model that contains the smaller one",
    );
  }
  const statistic = Math.max(0, 2 * gain);
  return { statistic, degreesOfFreedom, pValue: regularizedUpperGamma(degreesOfFreedom / 2, statistic / 2) };
}

function parametersOf({ parameters, coefficients = {} }: NestedFit): number {
  const effects = Object.values(coefficients).reduce((sum, group) => sum + Object.keys(group).length, 0);
  return Object.keys(parameters).length + effects;
}
