import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { demoDataset, writeDemo } from "../../src/datasets/demo/index.js";
import { openObservations } from "../../src/features/index.js";
import { loadCustomers } from "../../src/pipeline/inputs/load-customers.js";
import { failedRuleChecks, ruleFitRemark } from "../../src/reports/index.js";
import { checkRuleSegments, fitRulesOf, profileGroups, ruleSegments } from "../../src/segmentation/index.js";
import { numberTexts } from "../../src/table/index.js";
import { type Trusted, trust, trustKnown } from "../features/trust.js";
import { hasRealData } from "../real-data.js";

/** Customers of a day by rules fitted to them, with shares by segment. */
async function segmentFitted({ engine, dataset }: Trusted, asOf: string) {
  const observations = await openObservations(engine, dataset, { asOf });
  const { now } = await loadCustomers(observations, { features: [] });
  await observations.close();
  const fitted = fitRulesOf(now);
  const { names, counts } = ruleSegments(now, { rules: fitted.rules });
  const segments = Object.keys(counts);
  const { ids, asOf: _, features, ...columns } = now;
  const profiles = profileGroups(columns, {
    groups: names.map((name) => segments.indexOf(name)),
    nameOf: (group) => segments[group],
  });
  const shareOf = (name: string) => profiles.find((profile) => profile.name === name);
  return { fitted, counts, shareOf, checks: checkRuleSegments(now, names, { rules: fitted.rules }) };
}

const opened: Trusted[] = [];
const folder = mkdtempSync(join(tmpdir(), "rekindle-fitted-rules-"));
afterAll(() => {
  for (const trusted of opened) trusted.close();
  rmSync(folder, { recursive: true, force: true });
});
async function keep(trusted: Promise<Trusted>): Promise<Trusted> {
  opened.push(await trusted);
  return trusted;
}
async function openDemo(): Promise<Trusted> {
  await writeDemo(join(folder, "demo"), { seed: 7 });
  return keep(trust(demoDataset, join(folder, "demo")));
}

/** Champions within the bounds and no empty segment: else the sentences that say so. */
function deviations({ fitted, checks, counts, shareOf }: Awaited<ReturnType<typeof segmentFitted>>): string[] {
  const texts = numberTexts({ currency: "EUR" });
  const champions = shareOf("Champions");
  const inBounds =
    champions !== undefined &&
    champions.share >= 0.03 &&
    champions.share <= 0.12 &&
    champions.revenueShare >= 0.15 &&
    Object.values(counts).every((count) => count > 0);
  const said = failedRuleChecks(checks, texts);
  expect(said.length === 0).toBe(inBounds);
  return [...fitted.remarks.map((remark) => ruleFitRemark(remark, texts)), ...said];
}

describe("rules fitted to the demo as of 2025-12-31", () => {
  test("give the shares of customers and of revenue that the rules were designed for", async () => {
    const result = await segmentFitted(await openDemo(), "2025-12-31");
    const { fitted, shareOf } = result;
    expect(fitted).toMatchObject({ customers: 4976, repeatCustomers: 4091, remarks: [] });
    const percent = (name: string, digits: number) => Number((100 * (shareOf(name)?.share ?? 0)).toFixed(digits));
    const revenue = (name: string) => Math.round(100 * (shareOf(name)?.revenueShare ?? 0));
    expect([percent("Champions", 1), revenue("Champions")]).toEqual([7.2, 27]);
    expect([percent("Loyal Customers", 0), revenue("Loyal Customers")]).toEqual([14, 35]);
    expect(["At Risk", "Hibernating", "New Customers", "Need Attention"].map((name) => percent(name, 1))).toEqual([
      6.7, 8.6, 5.3, 3.6,
    ]);
    expect(["Promising", "Lost/Churned"].map((name) => percent(name, 0))).toEqual([16, 38]);
    expect(deviations(result)).toEqual([]);
  });
});

describe.skipIf(!hasRealData)("rules fitted to real shops", () => {
  test("CDNOW as of 1998-06-30: Champions are 3 to 12 % with at least 15 % of the revenue, and no segment is empty", async () => {
    const result = await segmentFitted(await keep(trustKnown("cdnow")), "1998-06-30");
    expect(deviations(result)).toEqual([]);
    expect(result.shareOf("Champions")?.share).toBeCloseTo(0.068, 3);
    expect(result.shareOf("Champions")?.revenueShare).toBeCloseTo(0.332, 3);
  });

  test("store-sales: no segment is empty, and slightly too many Champions are said", async () => {
    const trusted = await keep(trustKnown("store-sales"));
    const result = await segmentFitted(trusted, "2025-09-27");
    expect(deviations(result)).toEqual([
      expect.stringMatching(/^Champions are 12\.6% of the customers, more than 12%: /),
    ]);
    expect(result.shareOf("Champions")?.revenueShare).toBeGreaterThan(0.35);
    expect(Object.values(result.counts).every((count) => count > 0)).toBe(true);
  });
});
