import { failedRuleChecks, ruleConditions, ruleFitRemark } from "../../reports/index.js";
import { checkRuleSegments } from "../../segmentation/index.js";
import { type Conventions, type NumberTexts, numberTexts } from "../../table/index.js";
import type { Assignments } from "../segments/segment-customers.js";
import type { FittedRuleUse, ResolvedRules } from "./resolve-rules.js";

/**
 * Lists the fitted limits, their reasons, and remarks on the segments that they make, one line each; empty for rules
 * with published limits.
 */
export function ruleLines(
  {
    rules: { now, limits },
    now: { customers, rules },
  }: { readonly rules: Pick<ResolvedRules, "now" | "limits">; readonly now: Pick<Assignments, "customers" | "rules"> },
  conventions: Partial<Conventions> = {},
): string[] {
  if (!limits) return [];
  const texts = numberTexts(conventions);
  const checks = checkRuleSegments(customers, rules.names, { rules: now });
  return [
    `rules: fitted as of ${limits.now.fitted.asOf}, ${basis(limits.now, texts)} (${WHY[limits.now.origin]})`,
    ...(limits.before.fitted.asOf === limits.now.fitted.asOf
      ? []
      : [`rules of ${limits.before.fitted.asOf}: fitted to that day, which knows no later limits`]),
    ...now.map((rule) => `  ${rule.name}: ${ruleConditions(rule, texts)}`),
    ...limits.now.fitted.remarks.map((remark) => `note: ${ruleFitRemark(remark, texts)}`),
    ...failedRuleChecks(checks, texts).map((sentence) => `note: ${sentence}`),
  ];
}

const WHY: Readonly<Record<FittedRuleUse["origin"], string>> = {
  new: "kept in segment_rules.json from now on, so that months are comparable",
  refitted: "new on request, kept in segment_rules.json from now on",
  kept: "kept, so that months are comparable; --refit-rules fits new ones",
  own: "for this run only: the limits in segment_rules.json are of a later day",
};

function basis({ fitted: { repeatCustomers, customers, medianGapDays } }: FittedRuleUse, texts: NumberTexts): string {
  const { count, number } = texts;
  const gap = medianGapDays === null ? "" : `, median ${number(medianGapDays)} days between orders`;
  return `${count(repeatCustomers)} repeat customers of ${count(customers)}${gap}`;
}
