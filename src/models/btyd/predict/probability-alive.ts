import { type PurchaseModel, requireHistoriesFor } from "../models/purchase-model.js";
import type { PurchaseHistories } from "../purchase-histories.js";
import { knownCustomer } from "./modelled-customer.js";

/**
 * Returns the probability that each customer is still one at T, given the history; shape (n,). Under the BG/BB, at the
 * next opportunity (Fader, Hardie & Shang 2010, eq. 10).
 *
 * Not a churn score. The BG/NBD gives 1 to everybody who never came back, so that its complement ranks the next
 * 90 days worse than a coin; levels do not compare between models either. {@link probabilityNoOrder} answers the
 * question that churn asks.
 *
 * @throws {RangeError} If the histories are unusable or covariates of the model are missing.
 *
 * @example
 * probabilityAlive(model, { x: [0, 4], t_x: [0, 10], T: [39, 39] })[0]; // 1
 */
export function probabilityAlive(model: PurchaseModel, histories: PurchaseHistories): Float64Array {
  requireHistoriesFor("compute probabilityAlive", model, histories);
  return Float64Array.from({ length: histories.x.length }, (_, i) => {
    const { alive } = knownCustomer(model, histories, i);
    if (model.kind !== "beta-geo-beta-binomial") return alive;
    const { gamma, delta } = model.parameters;
    return (alive * (delta + histories.T[i])) / (gamma + delta + histories.T[i]);
  });
}
