import { requireKnownOptions } from "../errors.js";
/** The numbers of customers that rules, names and profiles read, one entry per customer in each. */
export interface CustomerColumns<Values extends ArrayLike<number> = ArrayLike<number>> {
  /** Days since the last order, shape (n,). */
  readonly recencyDays: Values;
  /** Orders, shape (n,). */
  readonly frequency: Values;
  /** Sum of the orders, in the dataset's currency, shape (n,). */
  readonly monetary: Values;
  /** Average value of an order, in the dataset's currency, shape (n,). */
  readonly avgBasketValue: Values;
  /** Days since the first order, shape (n,). */
  readonly daysSinceFirstPurchase: Values;
  /** Score in [0, 1], NaN where unknown; absent where the dataset does not give it. */
  readonly engagementScore?: Values;
  /** Share in [0, 1], NaN where unknown; absent where the dataset does not give it. */
  readonly returnRate?: Values;
}

/** The numbers of customers that the segment rules read. */
export type RuleColumns = Pick<CustomerColumns, "recencyDays" | "frequency" | "avgBasketValue">;

/** Customers of one day. */
export interface Customers extends CustomerColumns<Float64Array> {
  readonly ids: readonly string[];
  /** The day, `YYYY-MM-DD`. */
  readonly asOf: string;
  /** All features that were asked for, by their names in the feature store; clusters are made of these. */
  readonly features: Readonly<Record<string, Float64Array>>;
}

/** Returns the columns that profiles are made of. */
export function profileColumns({ ids, asOf, features, ...columns }: Customers): CustomerColumns<Float64Array> {
  return columns;
}

/** Features that {@link customersOf} needs. */
export const REQUIRED_FEATURES = [
  ...(["recency_days", "frequency", "monetary", "avg_basket_value", "days_since_first_purchase"] as const),
] as const;

/** Features that {@link customersOf} takes where they are there. */
export const OPTIONAL_FEATURES = ["engagement_score", "return_rate"] as const;

/**
 * Makes customers from the columns of the feature store.
 *
 * @param features Values by name, each shape (n,).
 * @throws {RangeError} If a required feature is missing.
 *
 * @example
 * const one = Float64Array.of(1);
 * const features = { recency_days: one, frequency: one, monetary: one, avg_basket_value: one, days_since_first_purchase: one };
 * Array.from(customersOf(features, { ids: ["a"], asOf: "2026-01-31" }).recencyDays); // [1]
 */
export function customersOf(
  features: Readonly<Record<string, Float64Array>>,
  options: { readonly ids: readonly string[]; readonly asOf: string },
): Customers {
  requireKnownOptions("read customers", options, { ids: true, asOf: true });
  const { ids, asOf } = options;
  const missing = REQUIRED_FEATURES.find((name) => !Object.hasOwn(features, name));
  if (missing !== undefined) {
    throw new RangeError(`Cannot read customers: the feature "${missing}" is missing; add it to the columns`);
  }
  return {
    ids,
    asOf,
    features,
    recencyDays: features["recency_days"],
    frequency: features["frequency"],
    monetary: features["monetary"],
    avgBasketValue: features["avg_basket_value"],
    daysSinceFirstPurchase: features["days_since_first_purchase"],
    ...(features["engagement_score"] ? { engagementScore: features["engagement_score"] } : {}),
    ...(features["return_rate"] ? { returnRate: features["return_rate"] } : {}),
  };
}
