import { requireSameLength } from "../../errors.js";
import { expectedSpend } from "./expected-spend.js";
import type { GammaGammaModel } from "./gamma-gamma.js";
import type { PurchaseHistories } from "./purchase-histories.js";
import { knownCustomer, type PurchaseModel, requireHistoriesFor } from "./purchase-model.js";
import { daysPer, type Horizon, horizonIn } from "./time-unit.js";

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

/** What customers are worth over a horizon, month by month. */
export interface CustomerLifetimeValue {
  /** Discounted value of each customer over the horizon, shape (n,). */
  readonly total: Float64Array;
  /** Discounted value by month: for each month, of each customer. */
  readonly path: readonly Float64Array[];
  /** Where each month ends, in months from T; the last one may be short. */
  readonly monthEnds: Float64Array;
  /** "margin" if a margin below 1 was given. */
  readonly basis: "revenue" | "margin";
  readonly margin: number;
  readonly yearlyDiscountRate: number;
  /** The same rate, compounded at every moment: log(1 + yearlyDiscountRate). */
  readonly continuousDiscountRate: number;
}

/** How to value customers. */
export interface ValueOptions {
  /** How far ahead, with its unit. */
  horizon: Horizon;
  /** By which a payment a year later is worth less: 0.1 is 10 %. */
  yearlyDiscountRate: number;
  /** Share of spend that is kept, in (0, 1]; defaults to 1, which values revenue. */
  margin?: number;
  /** Defaults to 365.25 / 12. */
  daysPerMonth?: number;
}

/**
 * Values each customer: expected purchases of each month times expected spend, discounted from the month's end.
 *
 * @throws {RangeError} If the histories or options are unusable, or the model counts opportunities instead of time.
 */
export function customerLifetimeValue(
  { purchases, spend }: ValueModels,
  histories: ValueHistories,
  { horizon, yearlyDiscountRate, margin = 1, daysPerMonth = 365.25 / 12 }: ValueOptions,
): CustomerLifetimeValue {
  const refuse = (is: string, needed: string): never => {
    throw new RangeError(`Cannot compute customerLifetimeValue: ${is}, ${needed}`);
  };
  if (!(yearlyDiscountRate >= 0)) refuse(`yearlyDiscountRate is ${yearlyDiscountRate}`, "a rate from 0 is needed");
  if (!(0 < margin && margin <= 1)) refuse(`margin is ${margin}`, "a share in (0, 1] is needed");
  if (!(daysPerMonth > 0)) refuse(`daysPerMonth is ${daysPerMonth}`, "a number above 0 is needed");
  const { unit } = purchases;
  if (unit === "opportunities") return refuse("the model counts opportunities", "days or weeks are needed");
  requireHistoriesFor("compute customerLifetimeValue", purchases, histories);
  requireSameLength("customerLifetimeValue", { x: histories.x, m_x: histories.m_x });
  const month = daysPerMonth / daysPer(unit);
  const months = horizonIn(unit, horizon) / month;
  // A horizon of 12 months has 12 of them, whatever rounding does.
  const length = Math.max(1, Math.ceil(months - 1e-9));
  const monthEnds = Float64Array.from({ length }, (_, k) => Math.min(k + 1, months));
  const value = expectedSpend(spend, histories);
  const n = histories.x.length;
  const path = Array.from({ length }, () => new Float64Array(n));
  const total = new Float64Array(n);
  const factors = monthEnds.map((end) => margin * (1 + yearlyDiscountRate) ** (-end / 12));
  for (let i = 0; i < n; ++i) {
    const { alive, future } = knownCustomer(purchases, histories, i);
    let before = 0;
    for (let k = 0; k < length; ++k) {
      const sofar = alive * future.expected(monthEnds[k] * month);
      path[k][i] = factors[k] * value[i] * (sofar - before);
      total[i] += path[k][i];
      before = sofar;
    }
  }
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
