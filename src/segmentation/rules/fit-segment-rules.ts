import { requireKnownOptions, requireSameLength } from "../../errors.js";
import { quantileOfSorted } from "../../numeric/index.js";
import type { CustomerColumns } from "../customers.js";
import { type SegmentRule, standardSegmentRules } from "./segment-rules.js";

/** Reason why fitted limits separate less than intended. `value` is what was found, `limit` the required minimum. */
export interface RuleFitRemark {
  readonly rule: "repeat-customers" | "recency-limits" | "order-limits" | "order-value-limits";
  readonly value: number;
  readonly limit: number;
}

/** Segment rules whose limits are those of one shop, and what they were computed from. */
export interface FittedSegmentRules {
  readonly rules: readonly SegmentRule[];
  /** The day that the customers stand at, `YYYY-MM-DD`. */
  readonly asOf: string;
  readonly customers: number;
  /** Customers with at least 2 orders. */
  readonly repeatCustomers: number;
  /** Median of the average days between orders of repeat customers; null where there are none. */
  readonly medianGapDays: number | null;
  /** Empty where the customers give every limit a value of its own. */
  readonly remarks: readonly RuleFitRemark[];
}

/** Published limit in days -> multiple of the median gap. */
const RECENCY_FACTORS = [
  [30, 1],
  [45, 1.5],
  [60, 2],
  [90, 3],
] as const;

/** Published limit of orders -> quantile among repeat customers. */
const ORDER_QUANTILES = [
  [10, 0.75],
  [8, 0.65],
  [5, 0.5],
  [3, 0.3],
] as const;

/** Published limit of the average order value -> quantile among all customers. */
const ORDER_VALUE_QUANTILES = [
  [100, 0.3],
  [80, 0.25],
  [60, 0.2],
] as const;

/** Shortest recency limit, in days: orders of one week say little about the next. */
const LEAST_DAYS = 14;

/**
 * Fits the limits of the standard rules to the customers of one shop: days in multiples of the median time between
 * orders, rounded, at least 14; orders by quantiles among repeat customers, rounded down; average order values by
 * quantiles among all customers. New Customers, Promising and Need Attention keep their numbers of orders. Without repeat
 * customers the published days and numbers of orders stay.
 *
 * @param gaps Average days between the orders of each customer, see {@link averageGaps}; those of customers with one
 * order are not read. Shape (n,).
 * @throws {RangeError} If the lengths differ or a value is missing.
 *
 * @example
 * const customers = { frequency: [1, 2, 4, 9], avgBasketValue: [10, 20, 30, 40] };
 * const fitted = fitSegmentRules(customers, { asOf: "2026-01-31", gaps: [NaN, 20, 30, 40] });
 * fitted.rules[0]; // { name: "Champions", recencyBelow: 30, ordersAbove: 6, orderValueAbove: 19 }
 */
export function fitSegmentRules(
  { frequency, avgBasketValue }: Pick<CustomerColumns, "frequency" | "avgBasketValue">,
  options: { readonly asOf: string; readonly gaps: ArrayLike<number> },
): FittedSegmentRules {
  requireKnownOptions("fit segment rules", options, { asOf: true, gaps: true });
  const { asOf, gaps } = options;
  requireSameLength("segment rules", { frequency, avgBasketValue, gaps });
  const rows = Array.from({ length: frequency.length }, (_, row) => row);
  const repeat = rows.filter((row) => frequency[row] >= 2);
  const sorted = (name: string, values: ArrayLike<number>, of: readonly number[]) => {
    const missing = of.find((row) => !Number.isFinite(values[row]));
    if (missing !== undefined) {
      throw new RangeError(
        `Cannot fit segment rules: ${name} is ${values[missing]} in row ${missing}; expected a finite number`,
      );
    }
    return Float64Array.from(of, (row) => values[row]).sort();
  };
  const orders = sorted("frequency", frequency, repeat);
  const values = sorted("avgBasketValue", avgBasketValue, rows);
  const days = sorted("gaps", gaps, repeat);
  const medianGapDays = days.length ? quantileOfSorted(days, 0.5) : null;
  const recency = limits(
    RECENCY_FACTORS,
    medianGapDays === null ? undefined : (factor) => Math.max(LEAST_DAYS, Math.round(factor * medianGapDays)),
  );
  const order = limits(ORDER_QUANTILES, orders.length ? (q) => Math.floor(quantileOfSorted(orders, q)) : undefined);
  const orderValue = limits(ORDER_VALUE_QUANTILES, values.length ? (q) => quantileOfSorted(values, q) : undefined);
  return {
    rules: standardSegmentRules.map((rule) => withLimits(rule, { recency, order, orderValue })),
    asOf,
    customers: rows.length,
    repeatCustomers: repeat.length,
    medianGapDays,
    remarks: repeat.length
      ? [
          ...coinciding("recency-limits", recency),
          ...coinciding("order-limits", order),
          ...coinciding("order-value-limits", orderValue),
        ]
      : [{ rule: "repeat-customers", value: 0, limit: 1 }],
  };
}

/** Published limit -> the one of this shop; the published one where nothing can be fitted. */
type Limits = ReadonlyMap<number, number>;

function limits(
  places: readonly (readonly [published: number, place: number])[],
  limitAt: ((place: number) => number) | undefined,
): Limits {
  return new Map(places.map(([published, place]) => [published, limitAt ? limitAt(place) : published]));
}

function withLimits(
  rule: SegmentRule,
  { recency, order, orderValue }: Readonly<Record<"recency" | "order" | "orderValue", Limits>>,
): SegmentRule {
  const fitted = (
    [
      ["recencyBelow", recency],
      ["recencyAbove", recency],
      ["ordersAbove", order],
      ["orderValueAbove", orderValue],
    ] as const
  ).flatMap(([condition, places]) => {
    const published = rule[condition];
    return published === undefined ? [] : [[condition, places.get(published) ?? published]];
  });
  return { ...rule, ...Object.fromEntries(fitted) };
}

function coinciding(rule: RuleFitRemark["rule"], fitted: Limits): RuleFitRemark[] {
  const value = new Set(fitted.values()).size;
  return value < fitted.size ? [{ rule, value, limit: fitted.size }] : [];
}
