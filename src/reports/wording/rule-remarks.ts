import type { RuleSegments, SegmentationModel } from "../../segmentation/index.js";
import type { NumberTexts } from "../../table/index.js";

/** Customers in the segments by rule, and the model that has the rules. */
export interface RuleRemarkFacts {
  readonly now: { readonly rules: Pick<RuleSegments, "counts" | "overdueLoyal" | "recentLost"> };
  readonly model: Pick<SegmentationModel, "rules" | "rulesAsOf">;
}

/** States which customers the rules give an unexpected name, one sentence each, and what to do about it. */
export function ruleRemarks({ now: { rules }, model }: RuleRemarkFacts, { count }: NumberTexts): string[] {
  const { counts, overdueLoyal, recentLost } = rules;
  const days = model.rules.find(({ name }) => name === "At Risk")?.recencyAbove ?? 0;
  // Strict rules have published limits, which say nothing of a shop whose own are fitted.
  const strictly = (what: string) => (model.rulesAsOf === undefined ? `; --rules strict ${what}` : "");
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
