import { requireKnownOptions } from "../../../errors.js";
import { type PurchaseModel, requireCovariates } from "../models/purchase-model.js";
import { compressRows } from "../purchase-histories.js";
import { requireFinite } from "../require-numbers.js";
import { type Horizon, horizonIn } from "../time-unit.js";
import { newCustomer } from "./modelled-customer.js";

/** A cohort's purchases on one clock, in the model's unit of time. */
export interface CohortLog {
  /** Time of each customer's first purchase, shape (n,). */
  readonly first: ArrayLike<number>;
  /** Times of all repeat purchases, in any order; those after the last period are not counted. */
  readonly repeats: ArrayLike<number>;
  /** Covariates of the customers by name, each shape (n,). */
  readonly covariates?: Readonly<Record<string, ArrayLike<number>>>;
}

/** Expected and actual repeat purchases, period by period; all arrays of one length. */
export interface PurchaseTracking {
  /** End of each period, on the clock of the log. */
  readonly end: Float64Array;
  readonly expected: Float64Array;
  readonly actual: Float64Array;
  readonly expectedCumulative: Float64Array;
  readonly actualCumulative: Float64Array;
}

/**
 * Follows a cohort over time: repeat purchases that a model expects of it, beside those that were made.
 *
 * @param options.period Length of a period; a purchase at its very end belongs to it.
 * @throws {RangeError} If times are no finite numbers from 0, periods no count from 1, the period is not above 0 or
 * covariates are missing.
 *
 * @example
 * const log = { first: [0, 0, 1], repeats: [0.5, 1.2, 2, 7] };
 * const { actual, expectedCumulative } = trackPurchases(model, log, { period: { value: 1, unit: "weeks" }, periods: 3 });
 * actual; // [1, 2, 0]
 */
export function trackPurchases(
  model: PurchaseModel,
  { first, repeats, covariates = {} }: CohortLog,
  options: { period: Horizon; periods: number },
): PurchaseTracking {
  requireKnownOptions("track purchases", options, { period: true, periods: true });
  const { period, periods } = options;
  requireCovariates("track purchases", model, covariates, first.length);
  requireFinite("track purchases", { first, repeats });
  const length = horizonIn(model.unit, period);
  if (!(length > 0)) throw new RangeError(`Cannot track purchases: the period is ${length}; expected more than 0`);
  if (!(Number.isInteger(periods) && periods >= 1)) {
    throw new RangeError(`Cannot track purchases: periods is ${periods}; expected an integer of at least 1`);
  }
  const end = Float64Array.from({ length: periods }, (_, k) => (k + 1) * length);
  const names = Object.keys(covariates);
  const { columns, counts } = compressRows([first, ...names.map((name) => covariates[name])]);
  const expectedCumulative = new Float64Array(periods);
  for (let i = 0; i < counts.length; ++i) {
    const { alive, future } = newCustomer(model, (name) => columns[1 + names.indexOf(name)][i]);
    for (let k = 0; k < periods; ++k) {
      const age = model.unit === "opportunities" ? Math.floor(end[k] - columns[0][i]) : end[k] - columns[0][i];
      if (age > 0) expectedCumulative[k] += counts[i] * alive * future.expected(age);
    }
  }
  const actual = new Float64Array(periods);
  for (let i = 0; i < repeats.length; ++i) {
    const k = Math.ceil(repeats[i] / length - 1e-9) - 1;
    if (k < periods) ++actual[Math.max(0, k)];
  }
  let sofar = 0;
  return {
    end,
    expected: expectedCumulative.map((value, k) => value - (k === 0 ? 0 : expectedCumulative[k - 1])),
    actual,
    expectedCumulative,
    actualCumulative: actual.map((value) => (sofar += value)),
  };
}
