import type { SegmentSettings } from "../../datasets/index.js";
import { type SegmentRule, standardSegmentRules, strictSegmentRules } from "./segment-rules.js";

/** Condition of a settings file -> that of a rule. */
const CONDITIONS = {
  recency_below: "recencyBelow",
  recency_at_most: "recencyAtMost",
  recency_above: "recencyAbove",
  orders_above: "ordersAbove",
  orders_below: "ordersBelow",
  orders_at_least: "ordersAtLeast",
  order_value_above: "orderValueAbove",
} as const;

/**
 * The rules that a dataset's settings ask for: the standard or the strict ones, with thresholds of its own.
 *
 * @example
 * segmentRulesOf({ thresholds: { Champions: { order_value_above: 250 } } })[0].orderValueAbove; // 250
 */
export function segmentRulesOf({ rules = "standard", thresholds = {} }: SegmentSettings = {}): SegmentRule[] {
  const base = rules === "strict" ? strictSegmentRules : standardSegmentRules;
  return base.map((rule) => {
    const own = Object.entries(thresholds).find(([name]) => name === rule.name)?.[1] ?? {};
    const changes = Object.entries(own).map(([condition, value]) => [
      CONDITIONS[condition as keyof typeof CONDITIONS],
      value,
    ]);
    return { ...rule, ...Object.fromEntries(changes) } as SegmentRule;
  });
}
