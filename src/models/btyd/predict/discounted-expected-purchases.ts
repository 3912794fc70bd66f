import { requireKnownOptions } from "../../../errors.js";
import { upperGammaRatio } from "../../../numeric/index.js";
import type { ParetoNbdModel } from "../models/pareto-nbd.js";
import { requireHistoriesFor } from "../models/purchase-model.js";
import type { PurchaseHistories } from "../purchase-histories.js";
import { daysPer, type TimeUnit } from "../time-unit.js";
import { knownCustomer, paretoParameters } from "./modelled-customer.js";

/**
 * Returns the discounted expected purchases of each customer over all the time to come (DERT), under the Pareto/NBD in
 * closed form (Fader, Hardie & Lee 2005, "RFM and CLV: using iso-value curves", eq. 2). Shape (n,).
 *
 * @param options.discountRate Continuous, per unit of the model's time: {@link continuousDiscountRate} makes it of a
 * yearly rate.
 * @throws {RangeError} If the rate is not above 0 or the histories are unusable.
 * @throws {TypeError} If the model is another one.
 *
 * @example
 * const pareto = fitParetoNbd(histories, { unit: "weeks" });
 * const discountRate = continuousDiscountRate(0.15, "weeks");
 * discountedExpectedPurchases(pareto, histories, { discountRate }).length; // 6
 */
export function discountedExpectedPurchases(
  model: ParetoNbdModel,
  histories: PurchaseHistories,
  options: { discountRate: number },
): Float64Array {
  requireKnownOptions("discount purchases", options, { discountRate: true });
  const { discountRate } = options;
  if (model.kind !== "pareto-nbd") {
    const { kind } = model as { kind: string };
    throw new TypeError(`Cannot discount purchases: the model is "${kind}"; expected "pareto-nbd"`);
  }
  requireHistoriesFor("discount purchases", model, histories);
  if (!(0 < discountRate && discountRate < Number.POSITIVE_INFINITY)) {
    throw new RangeError(`Cannot discount purchases: discountRate is ${discountRate}; expected a rate greater than 0`);
  }
  return Float64Array.from({ length: histories.x.length }, (_, i) => {
    const { r, alpha, s, beta } = paretoParameters(model, (name) => histories.covariates![name][i]);
    const age = beta + histories.T[i];
    // The paper's power of δ (β + T) cancels with that in the incomplete gamma function, and either may overflow.
    const rate = (r + histories.x[i]) / (alpha + histories.T[i]);
    return knownCustomer(model, histories, i).alive * rate * age * upperGammaRatio(1 - s, discountRate * age);
  });
}

/**
 * Converts a yearly discount rate into a continuous rate per unit of time, for a year of 365.25 days.
 *
 * @throws {RangeError} If the rate is no finite number from 0 or the unit is unknown.
 *
 * @example
 * (365.25 / 7) * continuousDiscountRate(0.15, "weeks"); // Math.log(1.15)
 */
export function continuousDiscountRate(yearlyRate: number, unit: Exclude<TimeUnit, "opportunities">): number {
  if (!(yearlyRate >= 0 && yearlyRate < Number.POSITIVE_INFINITY)) {
    throw new RangeError(
      `Cannot convert a discount rate: it is ${yearlyRate} a year; expected a finite number of at least 0`,
    );
  }
  if (!(unit === "days" || unit === "weeks")) {
    throw new RangeError(`Cannot convert a discount rate: unit is ${JSON.stringify(unit)}; expected "days" or "weeks"`);
  }
  return (Math.log1p(yearlyRate) * daysPer(unit)) / 365.25;
}
