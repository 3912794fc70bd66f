import { requireKnownOptions, requireSameLength } from "../../errors.js";
import { sum } from "../../numeric/index.js";
import type { CustomerColumns } from "../customers.js";
import { type RuleCondition, type RuleInput, ruleHolds, type SegmentRule } from "./segment-rules.js";

/** Reason why a segment is empty. */
export type EmptyReason =
  /** Nobody meets this one condition. */
  | { readonly kind: "condition"; readonly condition: RuleCondition; readonly limit: number }
  /** Each condition is met by somebody, and all of them by nobody. */
  | { readonly kind: "together" }
  /** So many customers meet all conditions, and an earlier rule takes every one of them. */
  | { readonly kind: "earlier"; readonly customers: number };

/** One condition of a rule, and the share of the customers who meet it. */
export interface MetCondition {
  readonly condition: RuleCondition;
  readonly limit: number;
  readonly share: number;
}

/** One expectation of rule segments, and whether it holds. Shares are in [0, 1]. */
export type RuleCheck =
  | {
      readonly rule: "champions-at-least" | "champions-at-most" | "champions-revenue";
      readonly value: number;
      readonly limit: number;
      readonly passed: boolean;
      /** The conditions of Champions, and the share of the customers who meet each by itself. */
      readonly conditions: readonly MetCondition[];
    }
  | {
      readonly rule: "segment-not-empty";
      readonly segment: string;
      readonly value: number;
      readonly limit: number;
      readonly passed: boolean;
      /** Absent where somebody is in the segment. */
      readonly reason?: EmptyReason;
    };

/** Expectations of rule segments. */
export interface RuleCheckOptions {
  readonly rules: readonly SegmentRule[];
  /** Least share of the customers who are Champions; defaults to 0.03. */
  readonly minChampions?: number;
  /** Largest share of the customers who are Champions; defaults to 0.12. */
  readonly maxChampions?: number;
  /** Least share of the revenue that Champions bring; defaults to 0.15. */
  readonly minChampionsRevenue?: number;
}

/**
 * Checks that segments by rule serve a shop: Champions are neither rare nor common and bring much of the revenue, and
 * every segment has customers, or why it has none.
 *
 * @param names Segment of each customer by these rules, shape (n,).
 * @returns All checks, those of the Champions first.
 * @throws {RangeError} If the lengths differ.
 *
 * @example
 * const customers = { recencyDays: [5, 90], frequency: [12, 1], avgBasketValue: [150, 20], monetary: [1800, 20] };
 * const checks = checkRuleSegments(customers, ["Champions", "Lost/Churned"], { rules: standardSegmentRules });
 * checks.filter(({ passed }) => !passed).length; // 7
 */
export function checkRuleSegments(
  customers: Pick<CustomerColumns, "recencyDays" | "frequency" | "avgBasketValue" | "monetary">,
  names: readonly string[],
  options: RuleCheckOptions,
): RuleCheck[] {
  requireKnownOptions("check the rule segments", options, {
    rules: true,
    minChampions: true,
    maxChampions: true,
    minChampionsRevenue: true,
  });
  const { rules, minChampions = 0.03, maxChampions = 0.12, minChampionsRevenue = 0.15 } = options;
  const { recencyDays, frequency, avgBasketValue, monetary } = customers;
  requireSameLength("rule segment checks", { recencyDays, frequency, avgBasketValue, monetary, names });
  const champions = names.flatMap((name, row) => (name === "Champions" ? [row] : []));
  const share = names.length ? champions.length / names.length : 0;
  const total = sum(monetary);
  const revenue = total > 0 ? sum(Float64Array.from(champions, (row) => monetary[row])) / total : 0;
  const inputs = names.map((_, i) => ({
    recencyDays: recencyDays[i],
    frequency: frequency[i],
    avgBasketValue: avgBasketValue[i],
  }));
  const conditions = conditionsOf(rules.find(({ name }) => name === "Champions") ?? { name: "Champions" }).map(
    ([condition, limit]) => {
      const meeting = inputs.filter((input) => ruleHolds({ name: "Champions", [condition]: limit }, input)).length;
      return { condition, limit, share: inputs.length ? meeting / inputs.length : 0 };
    },
  );
  return [
    {
      rule: "champions-at-least",
      value: share,
      limit: minChampions,
      passed: share >= minChampions,
      conditions,
    },
    {
      rule: "champions-at-most",
      value: share,
      limit: maxChampions,
      passed: share <= maxChampions,
      conditions,
    },
    {
      rule: "champions-revenue",
      value: revenue,
      limit: minChampionsRevenue,
      passed: revenue >= minChampionsRevenue,
      conditions,
    },
    ...rules.map((rule): RuleCheck => {
      const value = names.reduce((count, name) => count + (name === rule.name ? 1 : 0), 0);
      const check = { rule: "segment-not-empty", segment: rule.name, value, limit: 1, passed: value > 0 } as const;
      return value > 0 ? check : { ...check, reason: emptyReason(rule, inputs) };
    }),
  ];
}

function conditionsOf({ name: _, ...conditions }: SegmentRule): [RuleCondition, number][] {
  return Object.entries(conditions) as [RuleCondition, number][];
}

function emptyReason(rule: SegmentRule, customers: readonly RuleInput[]): EmptyReason {
  const meeting = customers.filter((customer) => ruleHolds(rule, customer)).length;
  if (meeting) return { kind: "earlier", customers: meeting };
  const unmet = conditionsOf(rule).find(
    ([condition, limit]) => !customers.some((customer) => ruleHolds({ name: rule.name, [condition]: limit }, customer)),
  );
  return unmet ? { kind: "condition", condition: unmet[0], limit: unmet[1] } : { kind: "together" };
}
