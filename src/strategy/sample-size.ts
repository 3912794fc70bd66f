import { normalQuantile } from "../stats.js";

/** How sure a test should be. */
export interface PowerOptions {
  /** Chance of a false alarm, two-sided; defaults to 0.05. */
  readonly alpha?: number;
  /** Chance to see the effect if it is there; defaults to 0.8. */
  readonly power?: number;
}

/** An outcome that is measured as an amount per customer. */
export interface MeanOutcome {
  readonly kind: "mean";
  readonly mean: number;
  readonly standardDeviation: number;
  /** Correlation with the same customer's outcome before the test, which CUPED takes out; defaults to 0. */
  readonly correlation?: number;
}

/** An outcome that happens or not. */
export interface ConversionOutcome {
  readonly kind: "conversion";
  /** Share of the customers of the control group for whom it happens. */
  readonly rate: number;
}

/**
 * Customers per arm that a two-sided test needs to see a relative effect: n = (z₁₋α/₂ + z_power)² (v₀ + v₁) / δ², where
 * δ is the difference and v the variances of the arms (unpooled for conversions; times 1 - ρ² with CUPED, Deng et al.
 * 2013).
 *
 * @param relativeEffect 0.05 is five per cent more.
 * @throws {RangeError} If the effect is 0, or makes a rate above 1.
 *
 * @example
 * sampleSizePerArm({ kind: "conversion", rate: 0.57 }, 0.05); // 4690
 */
export function sampleSizePerArm(
  outcome: MeanOutcome | ConversionOutcome,
  relativeEffect: number,
  options: PowerOptions = {},
): number {
  const { difference, variances } = effectOf(outcome, relativeEffect);
  if (!(Math.abs(difference) > 0)) {
    throw new RangeError(`Cannot size a test: the effect is ${relativeEffect}, one other than 0 is needed`);
  }
  return Math.round((quantiles(options) ** 2 * variances) / difference ** 2);
}

/**
 * The smallest relative effect that a test with so many customers per arm sees.
 *
 * @throws {RangeError} If there are no customers.
 */
export function detectableEffect(
  outcome: MeanOutcome | ConversionOutcome,
  perArm: number,
  options: PowerOptions = {},
): number {
  if (!(perArm > 0)) throw new RangeError(`Cannot plan a test with ${perArm} customers per arm: at least 1 is needed`);
  const missing = (effect: number) => {
    const { difference, variances } = effectOf(outcome, effect);
    return Math.abs(difference) - quantiles(options) * Math.sqrt(variances / perArm);
  };
  const most = outcome.kind === "conversion" ? 1 / outcome.rate - 1 : Number.MAX_SAFE_INTEGER;
  if (missing(most) < 0) return Number.POSITIVE_INFINITY;
  let [low, high] = [0, Math.min(most, 1)];
  while (missing(high) < 0) high = Math.min(2 * high, most);
  for (let i = 0; i < 200; ++i) {
    const middle = (low + high) / 2;
    if (missing(middle) < 0) low = middle;
    else high = middle;
  }
  return high;
}

function effectOf(outcome: MeanOutcome | ConversionOutcome, relativeEffect: number) {
  if (outcome.kind === "mean") {
    const { mean, standardDeviation, correlation = 0 } = outcome;
    return { difference: mean * relativeEffect, variances: 2 * standardDeviation ** 2 * (1 - correlation ** 2) };
  }
  const { rate } = outcome;
  const raised = rate * (1 + relativeEffect);
  if (!(rate > 0 && raised > 0 && raised <= 1 + 1e-12)) {
    throw new RangeError(`Cannot size a test: a rate of ${rate} would become ${raised}, at most 1 is needed`);
  }
  return { difference: raised - rate, variances: rate * (1 - rate) + raised * (1 - raised) };
}

function quantiles({ alpha = 0.05, power = 0.8 }: PowerOptions): number {
  return normalQuantile(1 - alpha / 2) + normalQuantile(power);
}
