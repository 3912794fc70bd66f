import { assertUnreachable } from "../../../errors.js";
import { logistic } from "../../../numeric/index.js";
import { betaBinomialProcess } from "../models/beta-binomial-process.js";
import type { BetaGeoBetaBinomialModel } from "../models/beta-geo-beta-binomial.js";
import { betaGeoProcess } from "../models/beta-geo-process.js";
import type { ParetoNbdModel } from "../models/pareto-nbd.js";
import { type DeathIntegral, integrateDeath } from "../models/pareto-nbd-likelihood.js";
import { paretoNbdProcess } from "../models/pareto-nbd-process.js";
import type { PurchaseModel } from "../models/purchase-model.js";
import type { ModelledCustomer } from "../models/purchase-process.js";
import type { PurchaseHistories } from "../purchase-histories.js";

/** Returns the sum of coefficient times value over the covariates of a group; 0 without any. */
function effect(
  { coefficients }: Extract<PurchaseModel, { coefficients: unknown }>,
  group: string,
  value: (name: string) => number,
): number {
  let sum = 0;
  for (const [name, coefficient] of Object.entries(coefficients[group] ?? {})) sum += coefficient * value(name);
  return sum;
}

/** Returns the parameters of a customer with the given covariates. */
export function paretoParameters(model: ParetoNbdModel, value: (covariate: string) => number) {
  const { r, alpha, s, beta } = model.parameters;
  return {
    r,
    alpha: alpha * Math.exp(-effect(model, "lambda", value)),
    s,
    beta: beta * Math.exp(-effect(model, "mu", value)),
  };
}

/** Returns a customer who has just made the first purchase. */
export function newCustomer(model: PurchaseModel, value: (covariate: string) => number): ModelledCustomer {
  return customer(model, 0, 0, 0, value);
}

/** Returns the customer of row i, as of the end of the row's T. */
export function knownCustomer(
  model: PurchaseModel,
  { x, t_x, T, covariates }: PurchaseHistories,
  i: number,
): ModelledCustomer {
  return customer(model, x[i], t_x[i], T[i], (name) => covariates![name][i]);
}

/**
 * Returns a customer with a history. Given that the customer is alive at T, purchase rate and dropout have independent
 * conjugate posteriors, so the future is that of a new customer with other parameters.
 */
function customer(
  model: PurchaseModel,
  x: number,
  t_x: number,
  T: number,
  value: (covariate: string) => number,
): ModelledCustomer {
  switch (model.kind) {
    case "nbd": {
      const { r } = model.parameters;
      const alpha = model.parameters.alpha * Math.exp(-effect(model, "lambda", value));
      return { ...certain, future: betaGeoProcess(r + x, alpha + T, 0, 1) };
    }
    case "beta-geo":
    case "modified-beta-geo": {
      const { r } = model.parameters;
      const alpha = model.parameters.alpha * Math.exp(-effect(model, "lambda", value));
      const a = model.parameters.a * Math.exp(effect(model, "a", value));
      const b = model.parameters.b * Math.exp(effect(model, "b", value));
      const survived = model.kind === "beta-geo" ? x : x + 1;
      const future = betaGeoProcess(r + x, alpha + T, a, b + survived);
      if (survived === 0) return { ...certain, future };
      // Fader & Hardie 2008, note on P(alive) in the BG/NBD, eq. 6; Batislam et al. 2007, eq. 5.
      const quiet = Math.log1p(T / alpha) - Math.log1p(t_x / alpha);
      return { ...chances(Math.log(a / (b + survived - 1)) + (r + x) * quiet), future };
    }
    case "pareto-nbd": {
      const { r, alpha, s, beta } = paretoParameters(model, value);
      const future = paretoNbdProcess(r + x, alpha + T, s, beta + T);
      if (t_x === T) return { ...certain, future };
      const death: DeathIntegral = { log: 0, logAlpha: 0, perAlpha: 0, logBeta: 0, perBeta: 0 };
      integrateDeath(r + x, alpha, s, beta, t_x, T, death);
      const logAlive = -(r + x) * Math.log(alpha + T) - s * Math.log(beta + T);
      return { ...chances(death.log - logAlive), future };
    }
    case "beta-geo-beta-binomial": {
      const { alpha, beta, gamma, delta } = model.parameters;
      return {
        ...chances(logOddsAmongOpportunities(model, x, t_x, T)),
        future: betaBinomialProcess(alpha + x, beta + T - x, gamma, delta + T),
      };
    }
    default:
      return assertUnreachable(model, "model of purchases");
  }
}

/** The chances of a customer who is alive without doubt. */
const certain = { alive: 1, gone: 0 };

/** Returns both chances from the log-odds of having left. */
function chances(logOddsGone: number): Pick<ModelledCustomer, "alive" | "gone"> {
  return { alive: logistic(-logOddsGone), gone: logistic(logOddsGone) };
}

/**
 * Returns the log-odds of having left after opportunity j = t_x … n - 1 against having survived all n, from the last
 * back: the terms of Fader, Hardie & Shang 2010, eq. 5, over the first (eq. 10, before opportunity n + 1).
 */
function logOddsAmongOpportunities(model: BetaGeoBetaBinomialModel, x: number, t_x: number, n: number): number {
  const { alpha, beta, gamma, delta } = model.parameters;
  let term = 1;
  let gone = 0;
  for (let j = n - 1; j >= t_x; --j) {
    term *= ((alpha + beta + j) / (beta + j - x)) * ((gamma + delta + j) / (delta + j));
    gone += (term * gamma) / (gamma + delta + j);
  }
  return Math.log(gone);
}
