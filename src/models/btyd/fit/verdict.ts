// What a fit says in words where its best parameters lie at the edge of their range.

/** What the verdicts are made from. */
export interface FitNumbers<Name extends string> {
  readonly logLikelihood: number;
  readonly standardErrors: Readonly<Record<Name, number>> | null;
  readonly parameters: Readonly<Record<Name, number>>;
}

/** The verdict where nothing more special is known. */
export const UNTOLD = "the data cannot tell the parameters apart: the likelihood does not curve in every direction";

/** Above this a shape parameter stands for infinity: what it spreads is the same for all. */
const ALIKE = 1e4;

/** True if infinity lies within two standard errors of all the named shape parameters. */
export function standForInfinity<Name extends string>(
  { parameters, standardErrors }: Omit<FitNumbers<Name>, "logLikelihood">,
  ...names: readonly Name[]
): boolean {
  // Where there are no errors, a parameter counts as uncertain as it is large.
  return names.every((name) => parameters[name] + 2 * (standardErrors ?? parameters)[name] > ALIKE);
}

/** A log-likelihood that gains less than this has learned nothing. */
const NO_GAIN = 0.01;

/**
 * The verdict on models of purchases with dropout.
 *
 * @param dropout The parameter without which nobody leaves, and what the model says of its own edges.
 * @param nbdLogLikelihood Fits the NBD, which is not needed where the parameter is two errors away from 0.
 */
export function purchaseVerdict<Name extends string>(
  fit: FitNumbers<Name | "r">,
  dropout: { parameter: Name; verdict: string | null },
  nbdLogLikelihood: () => number,
): string | null {
  const { logLikelihood, standardErrors, parameters } = fit;
  const { parameter } = dropout;
  const evident = standardErrors && parameters[parameter] > 2 * standardErrors[parameter];
  if (!evident && logLikelihood - nbdLogLikelihood() < NO_GAIN) {
    return "no evidence of dropout: the likelihood is no higher than that of the NBD, whose customers never leave, so everyone counts as alive";
  }
  return rateVerdict(fit) ?? dropout.verdict ?? (standardErrors ? null : UNTOLD);
}

/** The verdict on purchase rates that are Gamma(r, alpha). */
export function rateVerdict(fit: Omit<FitNumbers<"r">, "logLikelihood">): string | null {
  return standForInfinity(fit, "r")
    ? "no evidence that purchase rates differ between customers: r and alpha grow together"
    : null;
}
