import { requireKnownOptions } from "../../../errors.js";
import { type PurchaseModel, requireCovariatesOfOne, requireHistoriesFor } from "../models/purchase-model.js";
import type { ModelledCustomer } from "../models/purchase-process.js";
import type { PurchaseHistories } from "../purchase-histories.js";
import { type Horizon, horizonIn } from "../time-unit.js";
import type { NewCustomerOptions } from "./expected-purchases.js";
import { knownCustomer, newCustomer } from "./modelled-customer.js";

/**
 * Returns the probability that each customer places no order in the horizon after T: the churn probability, for churn
 * is an absence of orders, whether the customer has left or not. Shape (n,).
 *
 * @throws {RangeError} If the histories or the horizon are unusable, or covariates of the model are missing.
 *
 * @example
 * const quarter = { value: 13, unit: "weeks" } as const;
 * const [silent, busy] = probabilityNoOrder(model, { x: [4, 4], t_x: [10, 38], T: [39, 39] }, quarter);
 * silent > busy; // true
 */
export function probabilityNoOrder(model: PurchaseModel, histories: PurchaseHistories, horizon: Horizon): Float64Array {
  requireHistoriesFor("compute probabilityNoOrder", model, histories);
  const t = horizonIn(model.unit, horizon);
  return Float64Array.from(
    { length: histories.x.length },
    (_, i) => distributionOf(knownCustomer(model, histories, i), t, 0)[0],
  );
}

/**
 * Returns the probabilities that each customer makes 0 … `most` purchases in the horizon after T, given the history:
 * one array of shape (most + 1,) per customer.
 *
 * @throws {RangeError} If `most` is no count, the histories or the horizon are unusable, or covariates are missing.
 *
 * @example
 * const options = { horizon: { value: 13, unit: "weeks" }, most: 2 } as const;
 * const [none, one, two] = purchaseDistribution(model, { x: [4], t_x: [38], T: [39] }, options)[0];
 * none + one + two < 1; // true
 */
export function purchaseDistribution(
  model: PurchaseModel,
  histories: PurchaseHistories,
  options: { horizon: Horizon; most: number },
): Float64Array[] {
  requireKnownOptions("compute purchaseDistribution", options, { horizon: true, most: true });
  const { horizon, most } = options;
  requireHistoriesFor("compute purchaseDistribution", model, histories);
  requireMost(most);
  const t = horizonIn(model.unit, horizon);
  return Array.from({ length: histories.x.length }, (_, i) =>
    distributionOf(knownCustomer(model, histories, i), t, most),
  );
}

/**
 * Returns the probabilities that a new customer makes 0 … `most` repeat purchases in the horizon after the first one.
 *
 * @throws {RangeError} If `most` is no count, the horizon is unusable, or covariates of the model are missing.
 *
 * @example
 * const counts = purchaseDistributionOfNewCustomer(model, { horizon: { value: 39, unit: "weeks" }, most: 50 });
 * counts.reduce((sum, p) => sum + p, 0) > 0.999; // true
 */
export function purchaseDistributionOfNewCustomer(
  model: PurchaseModel,
  options: { horizon: Horizon; most: number } & NewCustomerOptions,
): Float64Array {
  requireKnownOptions("compute purchaseDistribution", options, { horizon: true, most: true, covariates: true });
  const { horizon, most, covariates = {} } = options;
  requireCovariatesOfOne("compute purchaseDistribution", model, covariates);
  requireMost(most);
  return distributionOf(
    newCustomer(model, (name) => covariates[name]),
    horizonIn(model.unit, horizon),
    most,
  );
}

function distributionOf({ alive, gone, future }: ModelledCustomer, t: number, most: number): Float64Array {
  // Rounding must not carry a certainty above 1.
  const result = future.distribution(t, most).map((p) => Math.min(1, alive * p));
  result[0] = Math.min(1, result[0] + gone);
  return result;
}

function requireMost(most: number): void {
  if (Number.isInteger(most) && most >= 0) return;
  throw new RangeError(`Cannot compute purchaseDistribution: most is ${most}; expected an integer of at least 0`);
}
