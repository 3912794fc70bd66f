import { requireKnownOptions, requireSameLength } from "../../../errors.js";
import type { GammaGammaModel } from "../models/gamma-gamma.js";
import { type PurchaseModel, requireHistoriesFor } from "../models/purchase-model.js";
import type { PurchaseHistories } from "../purchase-histories.js";
import { expectedSpend } from "./expected-spend.js";
import { knownCustomer } from "./modelled-customer.js";
import { type ValueOptions, valueOptions, valueSchedule } from "./value-schedule.js";

/** The models that together value a customer. */
export interface ValueModels {
  readonly purchases: PurchaseModel;
  readonly spend: GammaGammaModel;
}

/** Purchase histories with spend. */
export interface ValueHistories extends PurchaseHistories {
  /** Mean spend per repeat purchase, in the currency of the dataset. */
  readonly m_x: ArrayLike<number>;
}

/** Value of customers over a horizon, by month. */
export interface CustomerLifetimeValue {
  /** Discounted value of each customer over the horizon, shape (n,). */
  readonly total: Float64Array;
  /** Discounted value by month: for each month, of each customer. */
  readonly path: readonly Float64Array[];
  /** End of each month, in months from T; the last one may be short. */
  readonly monthEnds: Float64Array;
  /** "margin" if a margin below 1 was given. */
  readonly basis: "revenue" | "margin";
  readonly margin: number;
  readonly yearlyDiscountRate: number;
  /** The same rate, compounded at every moment: log(1 + yearlyDiscountRate). */
  readonly continuousDiscountRate: number;
}

/**
 * Computes the lifetime value of each customer: expected purchases of each month times expected spend, discounted from
 * the month's end.
 *
 * @throws {RangeError} If the histories or options are unusable, or the model counts opportunities instead of time.
 *
 * @example
 * const options = { horizon: { value: 1, unit: "years" }, yearlyDiscountRate: 0.1, margin: 0.3 } as const;
 * const { total, path } = customerLifetimeValue({ purchases: model, spend }, histories, options);
 * path.length; // 12
 * total[4].toFixed(2); // "31.50"
 */
export function customerLifetimeValue(
  { purchases, spend }: ValueModels,
  histories: ValueHistories,
  options: ValueOptions,
): CustomerLifetimeValue {
  requireKnownOptions("compute customerLifetimeValue", options, valueOptions);
  const { periods, monthEnds, margin } = valueSchedule("customerLifetimeValue", purchases, options);
  requireHistoriesFor("compute customerLifetimeValue", purchases, histories);
  requireSameLength("customerLifetimeValue", { x: histories.x, m_x: histories.m_x });
  const value = expectedSpend(spend, histories);
  const n = histories.x.length;
  const path = periods.map(() => new Float64Array(n));
  const total = new Float64Array(n);
  for (let i = 0; i < n; ++i) {
    const { alive, future } = knownCustomer(purchases, histories, i);
    let before = 0;
    for (const [k, { end, factor }] of periods.entries()) {
      const sofar = alive * future.expected(end);
      path[k][i] = factor * value[i] * (sofar - before);
      total[i] += path[k][i];
      before = sofar;
    }
  }
  const { yearlyDiscountRate } = options;
  return {
    total,
    path,
    monthEnds,
    basis: margin < 1 ? "margin" : "revenue",
    margin,
    yearlyDiscountRate,
    continuousDiscountRate: Math.log1p(yearlyDiscountRate),
  };
}
