import { type Conventions, numberTexts } from "../../table/index.js";
import type { Segments } from "./segments.js";

/** Columns of {@link ruleSegmentTable} that are numbers. */
export const NUMERIC_RULE_SEGMENTS = [
  ...["customers", "share", "last order", "orders", "per order", "share of revenue", "may be contacted"],
] as const;

/**
 * The segments by rule, one per row, the best first: how many, the customer in their middle, what they bring, and who may
 * be contacted. Nothing is said of a segment that is empty.
 */
export function ruleSegmentTable(
  { ruleProfiles, strategies }: Pick<Segments, "ruleProfiles" | "strategies">,
  options: Partial<Conventions> & { readonly names: readonly string[] },
): Record<string, string>[] {
  const { count, number, percent, money } = numberTexts(options);
  return options.names.map((segment) => {
    const profile = ruleProfiles.find(({ name }) => name === segment);
    const { recencyDays, frequency, avgBasketValue } = profile?.centres ?? {};
    return {
      segment,
      customers: count(profile?.customers ?? 0),
      share: percent(profile?.share ?? 0),
      "last order": recencyDays ? `${count(recencyDays.median)} days ago` : "",
      orders: frequency ? number(frequency.median, Number.isInteger(frequency.median) ? 0 : 1) : "",
      "per order": avgBasketValue ? money(avgBasketValue.median, 2) : "",
      "share of revenue": percent(profile?.revenueShare ?? 0),
      "may be contacted": count(strategies[segment]?.contactable ?? 0),
    };
  });
}

/** Customers whom the standard rules call by a name that one would not expect, and what to do about it. */
export function ruleRemarks(
  { now: { rules }, model }: Pick<Segments, "now" | "model">,
  options: Partial<Conventions> = {},
): string[] {
  const { count } = numberTexts(options);
  const { counts, overdueLoyal, recentLost } = rules;
  const days = model.rules.find(({ name }) => name === "At Risk")?.recencyAbove ?? 0;
  // Strict rules have published limits, which say nothing of a shop whose own are fitted.
  const strictly = (what: string) => (model.rules_as_of === undefined ? `; --rules strict ${what}` : "");
  const part = (n: number, name: string) => `${count(n)} of the ${count(counts[name] ?? 0)} ${name}`;
  return [
    ...(overdueLoyal
      ? [
          `${part(overdueLoyal, "Loyal Customers")} did not order in the last ${count(days)} days${strictly("calls them At Risk")}`,
        ]
      : []),
    ...(recentLost
      ? [
          `${part(recentLost, "Lost/Churned")} ordered in the last ${count(days)} days and fit no other rule${strictly("says Need Attention")}`,
        ]
      : []),
  ];
}
