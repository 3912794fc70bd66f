import { requireKnownOptions } from "../../../errors.js";
import type { Boundary } from "../fit/boundary.js";
import { type FitSummary, maximizeLikelihood, parametersAt, standardErrorsAt } from "../fit/fit.js";
import { withFitCard } from "../fit/fit-card.js";
import { NOT_IDENTIFIED, standForInfinity } from "../fit/verdict.js";
import { logSurvivalTable } from "./log-rising-factorial-table.js";

/** A fitted sBG: how long customers under contract stay. */
export interface ShiftedBetaGeometricModel extends FitSummary {
  readonly kind: "shifted-beta-geometric";
  readonly parameters: Readonly<Record<"alpha" | "beta", number>>;
  readonly standardErrors: Readonly<Record<"alpha" | "beta", number>> | null;
}

const NAMES = ["alpha", "beta"] as const;

/**
 * Fits the shifted-beta-geometric model of contract renewal (Fader & Hardie 2007): each customer lapses at each
 * renewal with a constant probability, which is Beta(alpha, beta) between customers.
 *
 * @param cohorts For each cohort the customers still under contract at the start and after each renewal.
 * @throws {RangeError} If a cohort grows, is shorter than two counts, or nobody ever lapsed.
 *
 * @example
 * const { parameters } = fitShiftedBetaGeometric([[1000, 869, 743, 653, 593, 551, 517, 491]]);
 */
export function fitShiftedBetaGeometric(cohorts: readonly ArrayLike<number>[]): ShiftedBetaGeometricModel {
  const { lapsed, left } = countsOf(cohorts);
  const customers = lapsed.reduce((a, b) => a + b, 0) + left.reduce((a, b) => a + b, 0);
  const survival = logSurvivalTable();
  // Fader & Hardie 2007, eq. 5 and 6: P(T = t) = B(α + 1, β + t - 1) / B(α, β), S(t) = B(α, β + t) / B(α, β).
  const total = (point: Float64Array, gradient: Float64Array) => {
    const [alpha, beta] = [Math.exp(point[0]), Math.exp(point[1])];
    survival.extend(alpha, beta, left.length);
    let value = 0;
    gradient.fill(0);
    for (let t = 0; t < left.length; ++t) {
      const { [t]: stay } = survival.value;
      value += left[t] * stay + lapsed[t] * (stay + Math.log(alpha / (alpha + beta + t)));
      const both = left[t] + lapsed[t];
      gradient[0] += alpha * both * survival.slopeA[t] + (lapsed[t] * (beta + t)) / (alpha + beta + t);
      gradient[1] += beta * (both * survival.slopeB[t] - lapsed[t] / (alpha + beta + t));
    }
    return value;
  };
  const starts = [
    [1, 1],
    [0.5, 3],
    [3, 20],
  ].map((natural) => Float64Array.from(natural, Math.log));
  const best = maximizeLikelihood({ total, customers }, starts);
  const fitted = { parameters: parametersAt(NAMES, best.point), standardErrors: standardErrorsAt(NAMES, best) };
  return withFitCard("sBG", {
    kind: "shifted-beta-geometric",
    ...fitted,
    logLikelihood: best.logLikelihood,
    customers,
    converged: best.converged,
    gradientNorm: best.gradientNorm,
    boundary: boundaryOf(fitted),
  });
}

function boundaryOf(fit: Pick<ShiftedBetaGeometricModel, "parameters" | "standardErrors">): Boundary | null {
  if (standForInfinity(fit, "alpha", "beta")) return { code: "lapse_chances_alike" };
  return fit.standardErrors ? null : NOT_IDENTIFIED;
}

/** Returns the customers who lapsed at renewal t + 1, and those last seen under contract after t renewals. */
function countsOf(cohorts: readonly ArrayLike<number>[]): { lapsed: number[]; left: number[] } {
  const refuse = (found: string, expected: string): never => {
    throw new RangeError(`Cannot fit sBG: ${found}; ${expected}`);
  };
  if (cohorts.length === 0) refuse("there are no cohorts", "expected at least one");
  const longest = Math.max(...cohorts.map(({ length }) => length));
  const lapsed = new Array<number>(longest).fill(0);
  const left = new Array<number>(longest).fill(0);
  cohorts.forEach((active, cohort) => {
    if (!(active.length >= 2)) refuse(`cohort ${cohort} has ${active.length} counts`, "expected at least two");
    for (let t = 0; t < active.length; ++t) {
      const before = t === 0 ? Number.MAX_VALUE : active[t - 1];
      if (!(active[t] >= 0 && active[t] <= before)) {
        refuse(
          `cohort ${cohort} has ${active[t]} customers after ${t} renewals`,
          "expected counts that never increase",
        );
      }
      if (t > 0) lapsed[t - 1] += active[t - 1] - active[t];
    }
    left[active.length - 1] += active[active.length - 1];
  });
  if (!(lapsed.reduce((a, b) => a + b, 0) > 0)) refuse("no customer lapsed", "expected at least one lapse");
  return { lapsed, left };
}

/**
 * Returns the share that renews among customers who have renewed t - 1 times, for t from 1 (Fader & Hardie 2007, eq.
 * 7).
 *
 * @example
 * const model = fitShiftedBetaGeometric([[1000, 869, 743, 653, 593, 551, 517, 491]]);
 * [1, 2, 8].map((t) => retentionRate(model, t).toFixed(3)); // ["0.851", "0.878", "0.942"]
 */
export function retentionRate({ parameters: { alpha, beta } }: ShiftedBetaGeometricModel, t: number): number {
  if (!(Number.isInteger(t) && t >= 1)) {
    throw new RangeError(`Cannot compute retentionRate: t is ${t}; expected an integer of at least 1`);
  }
  return (beta + t - 1) / (alpha + beta + t - 1);
}

/**
 * Returns the shares of a new cohort still under contract after 0 … `renewals` renewals (Fader & Hardie 2007, eq. 6).
 *
 * @example
 * const model = fitShiftedBetaGeometric([[1000, 869, 743, 653, 593, 551, 517, 491]]);
 * Array.from(survivalCurve(model, 2), (share) => share.toFixed(3)); // ["1.000", "0.851", "0.747"]
 */
export function survivalCurve(
  { parameters: { alpha, beta } }: ShiftedBetaGeometricModel,
  renewals: number,
): Float64Array {
  if (!(Number.isInteger(renewals) && renewals >= 0)) {
    throw new RangeError(`Cannot compute survivalCurve: renewals is ${renewals}; expected an integer of at least 0`);
  }
  const survival = logSurvivalTable();
  survival.extend(alpha, beta, renewals);
  return Float64Array.from({ length: renewals + 1 }, (_, t) => Math.exp(survival.value[t]));
}

/**
 * Returns the discounted expected renewals still to come of a customer under contract who has renewed `renewals` times
 * and stands right before the next renewal (Fader & Hardie 2010, "Customer-base valuation in a contractual setting",
 * eq. 6).
 *
 * @param discountRate Per period, in (0, 1].
 *
 * @example
 * const model = fitShiftedBetaGeometric([[1000, 869, 743, 653, 593, 551, 517, 491]]);
 * discountedExpectedRenewals(model, 0, { discountRate: 0.1 }).toFixed(2); // "5.41"
 */
export function discountedExpectedRenewals(
  { parameters: { alpha, beta } }: ShiftedBetaGeometricModel,
  renewals: number,
  options: { discountRate: number },
): number {
  requireKnownOptions("value renewals", options, { discountRate: true });
  const { discountRate } = options;
  if (!(Number.isInteger(renewals) && renewals >= 0)) {
    throw new RangeError(`Cannot value renewals: renewals is ${renewals}; expected an integer of at least 0`);
  }
  if (!(0 < discountRate && discountRate <= 1)) {
    throw new RangeError(`Cannot value renewals: discountRate is ${discountRate}; expected a rate in (0, 1]`);
  }
  let term = 1;
  let sum = 0;
  for (let t = renewals; term > 1e-17 * sum * discountRate; ++t) {
    term *= (beta + t) / (alpha + beta + t);
    sum += term;
    term /= 1 + discountRate;
  }
  return sum;
}
