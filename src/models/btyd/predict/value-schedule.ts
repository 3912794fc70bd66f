import type { OptionNames } from "../../../errors.js";
import type { PurchaseModel } from "../models/purchase-model.js";
import { daysPer, type Horizon, horizonIn } from "../time-unit.js";

/** Options of valuing customers. */
export interface ValueOptions {
  /** Length of the forecast period. */
  horizon: Horizon;
  /** Discount rate per year: 0.1 is 10 %. */
  yearlyDiscountRate: number;
  /** Margin as a share of spend, in (0, 1]; defaults to 1, which values revenue. */
  margin?: number;
  /** Defaults to 365.25 / 12. */
  daysPerMonth?: number;
}

/** The names of {@link ValueOptions}. */
export const valueOptions: OptionNames<ValueOptions> = {
  horizon: true,
  yearlyDiscountRate: true,
  margin: true,
  daysPerMonth: true,
};

/** A stretch of the horizon, and what one unit of spend in it is worth today. */
export interface Period {
  /** In the model's unit of time from T. */
  readonly end: number;
  readonly factor: number;
}

/** A horizon cut into months. */
export interface ValueSchedule {
  readonly periods: readonly Period[];
  /** End of each month, in months from T; the last one may be short. */
  readonly monthEnds: Float64Array;
  readonly margin: number;
}

/** A thousand years: beyond it a horizon is a mistake of its unit. */
const MOST_MONTHS = 12_000;

/** Cuts the horizon into months, each discounted from its end. */
export function valueSchedule(
  caller: string,
  { unit }: PurchaseModel,
  { horizon, yearlyDiscountRate, margin = 1, daysPerMonth = 365.25 / 12 }: ValueOptions,
): ValueSchedule {
  const refuse = (found: string, expected: string): never => {
    throw new RangeError(`Cannot compute ${caller}: ${found}; ${expected}`);
  };
  if (!(yearlyDiscountRate >= 0 && yearlyDiscountRate < Number.POSITIVE_INFINITY)) {
    refuse(`yearlyDiscountRate is ${yearlyDiscountRate}`, "expected a finite rate of at least 0");
  }
  if (!(0 < margin && margin <= 1)) refuse(`margin is ${margin}`, "expected a share in (0, 1]");
  if (!(daysPerMonth > 0 && daysPerMonth < Number.POSITIVE_INFINITY)) {
    refuse(`daysPerMonth is ${daysPerMonth}`, "expected a finite number greater than 0");
  }
  if (unit === "opportunities") return refuse("the model counts opportunities", "use a model of days or weeks");
  const month = daysPerMonth / daysPer(unit);
  const months = horizonIn(unit, horizon) / month;
  if (months > MOST_MONTHS) refuse(`horizon is ${months} months`, `expected at most ${MOST_MONTHS}`);
  // A horizon of 12 months has 12 of them, whatever rounding does.
  const length = Math.max(1, Math.ceil(months - 1e-9));
  const monthEnds = Float64Array.from({ length }, (_, k) => Math.min(k + 1, months));
  const periods = Array.from(monthEnds, (end) => ({
    end: end * month,
    factor: margin * (1 + yearlyDiscountRate) ** (-end / 12),
  }));
  return { periods, monthEnds, margin };
}
