import type { SegmentName } from "../../text/index.js";
import type { TableName } from "../import/contract.js";

/** Cleaning rule. Rules apply in order; the first matching rule decides on a row. */
export interface CleaningRule {
  /** Slug, unique in the dataset. */
  readonly name: string;
  /** Defaults to the order lines. */
  readonly table?: "lines" | Exclude<TableName, "orders" | "order_lines">;
  /** SQL predicate over the table's columns. */
  readonly where: string;
  /** `drop` removes the row, `return` moves it to `returns`, `set` rewrites the columns of `set`. */
  readonly action: "drop" | "return" | "set";
  /** Column to SQL expression, for `set`. */
  readonly set?: Readonly<Record<string, string>>;
  readonly reason: string;
}

/** Financial assumptions of the strategy; reports label them as assumptions. */
export interface StrategySettings {
  readonly horizon_days: number;
  /** Cost of one contact, in the dataset's currency. */
  readonly contact_cost: number;
  /** Cost of one redeemed incentive, in the dataset's currency. */
  readonly incentive: number;
  /** Share of revenue that is margin. */
  readonly margin: number;
  /** Share of churners retained by a contact. */
  readonly save_rate: { readonly low: number; readonly mid: number; readonly high: number };
  /** Share of customers who would buy without the offer and redeem it. */
  readonly redeem_rate: number;
  readonly cost_fp: number;
  readonly cost_fn: number;
}

/** Conditions of segment rules: days since the last order, orders, and average order value in the dataset's currency. */
export const SEGMENT_CONDITIONS = [
  "recency_below",
  "recency_at_most",
  "recency_above",
  "orders_above",
  "orders_below",
  "orders_at_least",
  "order_value_above",
] as const;

/** Segment rules and changes to their limits. */
export interface SegmentSettings {
  /**
   * "standard" has published limits, "strict" lets Loyal Customers who stopped ordering be At Risk, "fitted" computes the
   * limits from the customers of the shop; defaults to "fitted", or "standard" where there are thresholds.
   */
  readonly rules?: "standard" | "strict" | "fitted";
  /** Segment -> condition -> threshold; other thresholds stay. */
  readonly thresholds?: {
    readonly [Name in SegmentName]?: { readonly [Condition in (typeof SEGMENT_CONDITIONS)[number]]?: number };
  };
}

/** Settings of a dataset, with the keys of the JSON file. */
export interface DatasetSettings {
  /** ISO 4217 code. */
  readonly currency: string;
  /** BCP 47 tag, for numbers and dates in reports. */
  readonly locale: string;
  /** IANA zone of the calendar days. */
  readonly timezone: string;
  /** Default observation cutoff; the day of the last order if absent. */
  readonly default_as_of?: string;
  /** Label horizons in days; defaults to 30 and the strategy's horizon. */
  readonly label_horizons?: readonly number[];
  /** Days over which the lines of one order may be spread; an id that is used again after more is another order. */
  readonly order_span_days: number;
  /** Categories with separate features. */
  readonly categories: readonly string[];
  /** Protected columns: stored separately and never used as features. */
  readonly protected: readonly string[];
  readonly strategy: StrategySettings;
  /** Segment rules; fitted if absent. */
  readonly segments?: SegmentSettings;
  readonly cleaning: readonly CleaningRule[];
}

/** Default cleaning rules. */
export const standardRules: readonly CleaningRule[] = [
  {
    name: "missing_customer_id",
    where: "customer_id IS NULL",
    action: "drop",
    reason: "Sales without a customer id cannot be assigned to a purchase history",
  },
  {
    name: "missing_order_time",
    where: "ordered_at IS NULL",
    action: "drop",
    reason: "Sales without a time cannot be placed in a purchase history",
  },
  {
    name: "cancellation",
    where: "(quantity < 0 OR amount < 0) AND amount IS NOT NULL",
    action: "return",
    reason: "Negative quantities and amounts are returns",
  },
  {
    name: "not_a_sale",
    where: "quantity = 0 OR amount IS NULL",
    action: "drop",
    reason: "Zero quantity or unknown amount",
  },
];

/** Default settings of a dataset. */
export const defaultSettings: DatasetSettings = {
  currency: "EUR",
  locale: "en-GB",
  timezone: "UTC",
  order_span_days: 2,
  categories: [],
  protected: ["race_white", "gender", "birth_year"],
  strategy: {
    horizon_days: 90,
    contact_cost: 1,
    incentive: 10,
    margin: 0.3,
    save_rate: { low: 0.05, mid: 0.1, high: 0.2 },
    redeem_rate: 0.3,
    cost_fp: 10,
    cost_fn: 100,
  },
  cleaning: standardRules,
};
