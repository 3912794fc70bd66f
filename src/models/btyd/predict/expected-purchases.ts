import { requireKnownOptions } from "../../../errors.js";
import { type PurchaseModel, requireCovariatesOfOne, requireHistoriesFor } from "../models/purchase-model.js";
import type { PurchaseHistories } from "../purchase-histories.js";
import { type Horizon, horizonIn } from "../time-unit.js";
import { knownCustomer, newCustomer } from "./modelled-customer.js";

/**
 * Returns the expected number of purchases of each customer in the horizon after T, given the history; shape (n,).
 *
 * @throws {RangeError} If the histories or the horizon are unusable, or covariates of the model are missing.
 *
 * @example
 * expectedPurchases(model, { x: [2], t_x: [30.43], T: [38.86] }, { value: 39, unit: "weeks" }); // 1.226 on CDNOW
 */
export function expectedPurchases(model: PurchaseModel, histories: PurchaseHistories, horizon: Horizon): Float64Array {
  requireHistoriesFor("expect purchases", model, histories);
  const t = horizonIn(model.unit, horizon);
  return Float64Array.from({ length: histories.x.length }, (_, i) => {
    const { alive, future } = knownCustomer(model, histories, i);
    return alive * future.expected(t);
  });
}

/**
 * Returns the expected number of repeat purchases of a new customer in the horizon after the first purchase.
 *
 * @throws {RangeError} If the horizon is unusable or covariates of the model are missing.
 *
 * @example
 * expectedPurchasesOfNewCustomer(model, { value: 1, unit: "years" }).toFixed(2); // "1.20"
 */
export function expectedPurchasesOfNewCustomer(
  model: PurchaseModel,
  horizon: Horizon,
  options: NewCustomerOptions = {},
): number {
  requireKnownOptions("expect purchases", options, { covariates: true });
  const { covariates = {} } = options;
  requireCovariatesOfOne("expect purchases", model, covariates);
  const { alive, future } = newCustomer(model, (name) => covariates[name]);
  return alive * future.expected(horizonIn(model.unit, horizon));
}

/** Options of forecasts for a new customer. */
export interface NewCustomerOptions {
  /** Values of the covariates that the model was fitted with. */
  covariates?: Readonly<Record<string, number>>;
}
