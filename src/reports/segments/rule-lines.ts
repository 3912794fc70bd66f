import type { FittedRuleUse, ResolvedRules, RuleCheck } from "../../segmentation/index.js";
import { type Conventions, type NumberTexts, numberTexts } from "../../table/index.js";
import { failedRuleChecks, ruleConditions, ruleFitRemark } from "../wording/segment-rules.js";

/** The rules of a run, and checks of the segments that they make. */
export interface RuleLineFacts {
  readonly rules: Pick<ResolvedRules, "now" | "limits">;
  readonly ruleChecks: readonly RuleCheck[];
}

/** Explains fitted limits and the segments that they make, as lines of text; none for rules with published limits. */
export function ruleLines(
  { rules: { now, limits }, ruleChecks }: RuleLineFacts,
  conventions: Partial<Conventions> = {},
): string[] {
  if (!limits) return [];
  const texts = numberTexts(conventions);
  return [
    `rules: fitted as of ${limits.now.fitted.asOf}, ${basis(limits.now, texts)} (${WHY[limits.now.origin]})`,
    ...(limits.before.fitted.asOf === limits.now.fitted.asOf
      ? []
      : [`rules as of ${limits.before.fitted.asOf}: fitted on that day, without later data`]),
    ...now.map((rule) => `  ${rule.name}: ${ruleConditions(rule, texts)}`),
    ...limits.now.fitted.remarks.map((remark) => `note: ${ruleFitRemark(remark, texts)}`),
    ...failedRuleChecks(ruleChecks, texts).map((sentence) => `note: ${sentence}`),
  ];
}

const WHY: Readonly<Record<FittedRuleUse["origin"], string>> = {
  new: "kept in segment_rules.json from now on, so that months are comparable",
  refitted: "new on request, kept in segment_rules.json from now on",
  kept: "kept, so that months are comparable; --refit-rules fits new ones",
  temporary: "for this run only: the limits in segment_rules.json are of a later day",
};

function basis({ fitted: { repeatCustomers, customers, medianGapDays } }: FittedRuleUse, texts: NumberTexts): string {
  const { count, number } = texts;
  const gap = medianGapDays === null ? "" : `, median ${number(medianGapDays)} days between orders`;
  return `${count(repeatCustomers)} repeat customers of ${count(customers)}${gap}`;
}
