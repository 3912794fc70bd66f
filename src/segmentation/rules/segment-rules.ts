import { requireKnownOptions } from "../../errors.js";

/** A segment of the rules; a customer is in the first whose conditions all hold. */
export interface SegmentRule {
  readonly name: string;
  /** Days since the last order. */
  readonly recencyBelow?: number;
  readonly recencyAtMost?: number;
  readonly recencyAbove?: number;
  readonly ordersAbove?: number;
  readonly ordersBelow?: number;
  readonly ordersAtLeast?: number;
  /** Average value of an order, in the dataset's currency. */
  readonly orderValueAbove?: number;
}

/**
 * The eight segments in the order in which they are tried. Loyal Customers have no limit on recency, so that somebody
 * who used to buy often stays loyal for good; and Lost/Churned are also those who ordered lately but are no other
 * segment's, such as somebody with one order 31 days ago. {@link strictSegmentRules} fix both.
 */
export const standardSegmentRules: readonly SegmentRule[] = [
  { name: "Champions", recencyBelow: 30, ordersAbove: 10, orderValueAbove: 100 },
  { name: "Loyal Customers", ordersAbove: 8, orderValueAbove: 80 },
  { name: "At Risk", recencyAbove: 60, ordersAbove: 5, orderValueAbove: 60 },
  { name: "Hibernating", recencyAbove: 90, ordersAbove: 3 },
  { name: "New Customers", recencyBelow: 30, ordersBelow: 3 },
  { name: "Promising", recencyBelow: 45, ordersAtLeast: 3 },
  { name: "Need Attention", recencyBelow: 60, ordersAtLeast: 2 },
  { name: "Lost/Churned" },
];

/**
 * Standard rules, except that Loyal Customers ordered within 60 days, from where At Risk begins; and nobody is
 * Lost/Churned who ordered within 90 days, from where Hibernating begins: they need attention.
 */
export const strictSegmentRules: readonly SegmentRule[] = standardSegmentRules.map((rule) => {
  if (rule.name === "Loyal Customers") return { ...rule, recencyAtMost: 60 };
  return rule.name === "Need Attention" ? { name: rule.name, recencyAtMost: 90 } : rule;
});

/** Name of a condition of a rule. */
export type RuleCondition = Exclude<keyof SegmentRule, "name">;

/** The three numbers that the rules look at. */
export interface RuleInput {
  /** Days since the last order. */
  readonly recencyDays: number;
  /** Orders. */
  readonly frequency: number;
  /** Average value of an order, in the dataset's currency. */
  readonly avgBasketValue: number;
}

/**
 * Returns the name of the first rule that applies.
 *
 * @throws {RangeError} If none holds: the last rule must have no condition.
 *
 * @example
 * segmentOf({ recencyDays: 12, frequency: 14, avgBasketValue: 140 }); // "Champions"
 */
export function segmentOf(input: RuleInput, options: { readonly rules?: readonly SegmentRule[] } = {}): string {
  requireKnownOptions("assign a segment", options, { rules: true });
  return firstRuleOf(input, options.rules ?? standardSegmentRules);
}

/** Returns what {@link segmentOf} returns, without its check of options. */
export function firstRuleOf(input: RuleInput, rules: readonly SegmentRule[]): string {
  const rule = rules.find((candidate) => ruleHolds(candidate, input));
  if (rule) return rule.name;
  throw new RangeError(
    "Cannot name a segment: no rule applies to the customer; end the list with a rule without conditions",
  );
}

/** Returns true if a customer meets all conditions of a rule. */
export function ruleHolds(rule: SegmentRule, { recencyDays, frequency, avgBasketValue }: RuleInput): boolean {
  const { recencyBelow, recencyAtMost, recencyAbove, ordersAbove, ordersBelow, ordersAtLeast, orderValueAbove } = rule;
  return (
    (recencyBelow === undefined || recencyDays < recencyBelow) &&
    (recencyAtMost === undefined || recencyDays <= recencyAtMost) &&
    (recencyAbove === undefined || recencyDays > recencyAbove) &&
    (ordersAbove === undefined || frequency > ordersAbove) &&
    (ordersBelow === undefined || frequency < ordersBelow) &&
    (ordersAtLeast === undefined || frequency >= ordersAtLeast) &&
    (orderValueAbove === undefined || avgBasketValue > orderValueAbove)
  );
}
