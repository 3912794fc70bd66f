import { expect, test } from "vitest";
import { ruleLines } from "../../../src/reports/index.js";
import {
  checkRuleSegments,
  fitRulesOf,
  type ResolvedRules,
  resolveRules,
  ruleSegments,
} from "../../../src/segmentation/index.js";
import { tenCustomers } from "../../segmentation/ten-customers.js";

const days = { now: tenCustomers("2026-01-31", 40), before: tenCustomers("2026-01-01", 20) };

/** Checks of the segments of the later day. */
function checksOf({ now: rules }: Pick<ResolvedRules, "now">) {
  return checkRuleSegments(days.now, ruleSegments(days.now, { rules }).names, { rules });
}

test("ruleLines: nothing on published limits", () => {
  const rules = resolveRules(days, { settings: { rules: "standard" } });
  expect(ruleLines({ rules, ruleChecks: checksOf(rules) })).toEqual([]);
});

test("ruleLines: fitted limits, why they are these, and what they lack", () => {
  const rules = resolveRules(days, { settings: {} });
  const lines = ruleLines({ rules, ruleChecks: checksOf(rules) }, { currency: "EUR" });
  expect(lines.slice(0, 3)).toEqual([
    "rules: fitted as of 2026-01-31, 9 repeat customers of 10, median 40.0 days between orders (kept in segment_rules.json from now on, so that months are comparable)",
    "rules as of 2026-01-01: fitted on that day, without later data",
    "  Champions: last order less than 40 days ago, more than 8 orders, more than €43.70 per order",
  ]);
  expect(lines).toContain(
    "note: Champions are 0.0% of the customers, less than 3%: 0.0% have a last order less than 40 days ago, 20.0% have more than 8 orders, 70.0% have more than €43.70 per order",
  );
  expect(lines).toContain("note: Champions is empty: no customer has a last order less than 40 days ago");
});

test("ruleLines: where the limits come from", () => {
  const first = (options: { readonly refit?: boolean; readonly kept?: ReturnType<typeof fitRulesOf> }) => {
    const rules = resolveRules(days, { settings: {}, ...options });
    return ruleLines({ rules, ruleChecks: checksOf(rules) })[0];
  };
  expect(first({ refit: true })).toMatch(/\(new on request, kept in segment_rules\.json from now on\)$/);
  expect(first({ kept: fitRulesOf(days.before) })).toMatch(/^rules: fitted as of 2026-01-01, .*\(kept, /);
  const later = fitRulesOf(tenCustomers("2026-04-30", 90));
  expect(first({ kept: later })).toMatch(
    /\(for this run only: the limits in segment_rules\.json are of a later day\)$/,
  );
});
