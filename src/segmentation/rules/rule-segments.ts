import { requireKnownOptions, requireSameLength } from "../../errors.js";
import type { RuleColumns } from "../customers.js";
import { firstRuleOf, type SegmentRule, standardSegmentRules } from "./segment-rules.js";

/** Every customer's segment by the rules. */
export interface RuleSegments {
  /** Shape (n,). */
  readonly names: readonly string[];
  /** Customers by rule, in the order of the rules, rules that nobody meets among them. */
  readonly counts: Readonly<Record<string, number>>;
  /**
   * Loyal Customers who have not ordered for longer than At Risk begins, 60 days by the standard rules, which have no
   * limit there.
   */
  readonly overdueLoyal: number;
  /** Lost/Churned who ordered before At Risk begins, within 60 days by the standard rules: no other rule took them. */
  readonly recentLost: number;
}

/**
 * Puts each customer into the first rule that holds: no one is in two segments, and no one in none.
 *
 * @throws {RangeError} If the lengths differ, a value is missing, or no rule holds.
 *
 * @example
 * const customers = { recencyDays: [12, 90, 400], frequency: [14, 9, 1], avgBasketValue: [140, 95, 20] };
 * ruleSegments(customers).names; // ["Champions", "Loyal Customers", "Lost/Churned"]
 * ruleSegments(customers).overdueLoyal; // 1
 * ruleSegments(customers).recentLost; // 0
 */
export function ruleSegments(
  { recencyDays, frequency, avgBasketValue }: RuleColumns,
  options: { readonly rules?: readonly SegmentRule[] } = {},
): RuleSegments {
  requireKnownOptions("assign segments", options, { rules: true });
  const { rules = standardSegmentRules } = options;
  requireSameLength("rule segments", { recencyDays, frequency, avgBasketValue });
  const counts = Object.fromEntries(rules.map(({ name }) => [name, 0]));
  const overdueAfter = rules.find(({ name }) => name === "At Risk")?.recencyAbove ?? Number.POSITIVE_INFINITY;
  let overdueLoyal = 0;
  let recentLost = 0;
  const names = Array.from({ length: recencyDays.length }, (_, i) => {
    const input = { recencyDays: recencyDays[i], frequency: frequency[i], avgBasketValue: avgBasketValue[i] };
    const missing = Object.entries(input).find(([, value]) => !Number.isFinite(value));
    if (missing) {
      throw new RangeError(
        `Cannot name a segment: ${missing[0]} is ${missing[1]} in row ${i}; expected a finite number`,
      );
    }
    const name = firstRuleOf(input, rules);
    ++counts[name];
    if (name === "Loyal Customers" && recencyDays[i] > overdueAfter) ++overdueLoyal;
    if (name === "Lost/Churned" && recencyDays[i] <= overdueAfter) ++recentLost;
    return name;
  });
  return { names, counts, overdueLoyal, recentLost };
}
