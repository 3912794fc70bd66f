import { requireKnownOptions } from "../../errors.js";
import { mean } from "../../numeric/index.js";
import type { RuleColumns } from "../customers.js";
import type { SegmentRule } from "../rules/segment-rules.js";

/** The typical customer of a rule segment: ranks among all customers, shares in [0, 1]. */
export interface SegmentPrototype {
  readonly name: string;
  /** 1 for the longest time since the last order. */
  readonly recencyDays: number;
  readonly frequency: number;
  readonly avgBasketValue: number;
}

/** Customers by rule segment, and their ranks. */
export interface PrototypeOptions {
  /** Rank of each customer in each column, shape (n,). */
  readonly ranks: RuleColumns;
  /** Segment of each customer, shape (n,). */
  readonly names: readonly string[];
  readonly rules: readonly SegmentRule[];
}

/**
 * Returns the prototype of each rule segment: the mean ranks of the customers in it. For a segment without customers it is
 * the middle of the ranks that its conditions allow.
 *
 * @example
 * const columns = { recencyDays: [5, 300], frequency: [14, 1], avgBasketValue: [150, 20] };
 * const ranks = { recencyDays: [0.25, 0.75], frequency: [0.75, 0.25], avgBasketValue: [0.75, 0.25] };
 * segmentPrototypes(columns, { ranks, names: ["Champions", "Lost/Churned"], rules: standardSegmentRules })[0];
 * // { name: "Champions", recencyDays: 0.25, frequency: 0.75, avgBasketValue: 0.75 }
 */
export function segmentPrototypes(columns: RuleColumns, options: PrototypeOptions): SegmentPrototype[] {
  requireKnownOptions("compute segment prototypes", options, { ranks: true, names: true, rules: true });
  const { ranks, names, rules } = options;
  return rules.map((rule) => {
    const rows = names.flatMap((name, row) => (name === rule.name ? [row] : []));
    if (!rows.length) return { name: rule.name, ...middleOf(rule, columns) };
    const meanOf = (column: keyof RuleColumns) => mean(Float64Array.from(rows, (row) => ranks[column][row]));
    return {
      name: rule.name,
      recencyDays: meanOf("recencyDays"),
      frequency: meanOf("frequency"),
      avgBasketValue: meanOf("avgBasketValue"),
    };
  });
}

function middleOf(rule: SegmentRule, columns: RuleColumns): Omit<SegmentPrototype, "name"> {
  const { recencyBelow, recencyAtMost, recencyAbove, ordersAbove, ordersBelow, ordersAtLeast, orderValueAbove } = rule;
  const middle = (values: ArrayLike<number>, allows: (value: number) => boolean, isLow: boolean) => {
    let allowed = 0;
    for (let i = 0; i < values.length; ++i) if (allows(values[i])) ++allowed;
    const half = values.length ? allowed / values.length / 2 : 0.5;
    return isLow ? half : 1 - half;
  };
  const { NEGATIVE_INFINITY: least, POSITIVE_INFINITY: most } = Number;
  return {
    recencyDays: middle(
      columns.recencyDays,
      (days) => days < (recencyBelow ?? most) && days <= (recencyAtMost ?? most) && days > (recencyAbove ?? least),
      recencyAbove === undefined,
    ),
    frequency: middle(
      columns.frequency,
      (orders) =>
        orders > (ordersAbove ?? least) && orders < (ordersBelow ?? most) && orders >= (ordersAtLeast ?? least),
      ordersBelow !== undefined,
    ),
    avgBasketValue: middle(columns.avgBasketValue, (value) => value > (orderValueAbove ?? least), false),
  };
}
