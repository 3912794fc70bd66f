import { describe, expect, test } from "vitest";
import { fitRulesOf, resolveRules, standardSegmentRules } from "../../src/segmentation/index.js";
import { tenCustomers } from "./ten-customers.js";

const days = { now: tenCustomers("2026-01-31", 40), before: tenCustomers("2026-01-01", 20) };
const later = { now: tenCustomers("2026-04-30", 90), before: tenCustomers("2026-03-31", 70) };
const kept = fitRulesOf(days.now);

describe("segment rules of a run", () => {
  test("published ones are the same on both days, whatever is kept", () => {
    expect(resolveRules(days, { settings: { rules: "standard" }, kept })).toEqual({
      ...{ kind: "standard", now: standardSegmentRules, before: standardSegmentRules },
    });
  });

  test("fitted ones are fitted to each day at first", () => {
    const rules = resolveRules(days, { settings: {} });
    expect(rules.limits).toMatchObject({
      now: { origin: "new", fitted: { asOf: "2026-01-31", medianGapDays: 40 } },
      before: { origin: "temporary", fitted: { asOf: "2026-01-01", medianGapDays: 20 } },
    });
    expect([rules.now[0].recencyBelow, rules.before[0].recencyBelow]).toEqual([40, 20]);
  });

  test("kept ones serve later months unchanged, on both days", () => {
    const rules = resolveRules(later, { settings: {}, kept });
    expect(rules.limits).toMatchObject({ now: { origin: "kept" }, before: { origin: "kept" } });
    expect([rules.now[0].recencyBelow, rules.before[0].recencyBelow]).toEqual([40, 40]);
  });

  test("an earlier day does not see kept limits of a later one", () => {
    const earlier = { now: tenCustomers("2025-12-31", 25), before: tenCustomers("2025-12-01", 22) };
    const rules = resolveRules(earlier, { settings: {}, kept });
    expect(rules.limits).toMatchObject({ now: { origin: "temporary" }, before: { origin: "temporary" } });
    expect([rules.now[0].recencyBelow, rules.before[0].recencyBelow]).toEqual([25, 22]);
  });

  test("new limits are fitted on request, although others are kept", () => {
    const rules = resolveRules(later, { settings: {}, kept, refit: true });
    expect(rules.limits).toMatchObject({ now: { origin: "refitted" }, before: { origin: "temporary" } });
    expect(rules.limits?.now.fitted.asOf).toBe("2026-04-30");
  });
});
