// Verdicts on fits whose best parameters lie at the edge of their range.

import type { Boundary } from "./boundary.js";

/** Numbers of a fit that decide on its verdict. */
export interface FitNumbers<Name extends string> {
  readonly logLikelihood: number;
  readonly standardErrors: Readonly<Record<Name, number>> | null;
  readonly parameters: Readonly<Record<Name, number>>;
}

/** Verdict where no more specific one applies. */
export const NOT_IDENTIFIED: Boundary = { code: "not_identified" };

/** A shape parameter above this counts as infinite: customers do not differ. */
const ALIKE = 1e4;

/** Returns true if infinity lies within two standard errors of all the named shape parameters. */
export function standForInfinity<Name extends string>(
  { parameters, standardErrors }: Omit<FitNumbers<Name>, "logLikelihood">,
  ...names: readonly Name[]
): boolean {
  // Where there are no errors, a parameter counts as uncertain as it is large.
  return names.every((name) => parameters[name] + 2 * (standardErrors ?? parameters)[name] > ALIKE);
}

/** Smaller gains in log-likelihood are no evidence. */
const NO_GAIN = 0.01;

/**
 * Returns the verdict on a model of purchases with dropout.
 *
 * @param dropout The parameter without which nobody leaves, and what the model says of its own edges.
 * @param nbdLogLikelihood Fits the NBD, which is not needed where the parameter is two errors away from 0.
 */
export function purchaseVerdict<Name extends string>(
  fit: FitNumbers<Name | "r">,
  dropout: { parameter: Name; verdict: Boundary | null },
  nbdLogLikelihood: () => number,
): Boundary | null {
  const { logLikelihood, standardErrors, parameters } = fit;
  const { parameter } = dropout;
  const evident = standardErrors && parameters[parameter] > 2 * standardErrors[parameter];
  if (!evident && logLikelihood - nbdLogLikelihood() < NO_GAIN) {
    return { code: "no_dropout" };
  }
  return rateVerdict(fit) ?? dropout.verdict ?? (standardErrors ? null : NOT_IDENTIFIED);
}

/** Returns the verdict on purchase rates that are Gamma(r, alpha). */
export function rateVerdict(fit: Omit<FitNumbers<"r">, "logLikelihood">): Boundary | null {
  return standForInfinity(fit, "r") ? { code: "purchase_rates_alike" } : null;
}
