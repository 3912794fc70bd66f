import { expect, test } from "vitest";
import { planReport, planTable, renderHtml, renderMarkdown } from "../../../src/reports/index.js";
import { planExperiment } from "../../../src/strategy/index.js";
import { numberTexts } from "../../../src/table/index.js";
import { expectSnapshot } from "../../charts/snapshot.js";
import { numbersIn, pageText } from "../page-text.js";
import { FACTS, plannedExample } from "./examples.js";

const PAGE = { ...FACTS, next: 'npx rekindle experiment split --dataset shop --segment "At Risk"' };

const texts = numberTexts(FACTS);

test("plan page: Markdown and HTML match their snapshots", async () => {
  const report = planReport(plannedExample(), PAGE);
  expectSnapshot(renderMarkdown(report), new URL("../snapshots/experiment-plan.md", import.meta.url));
  expectSnapshot(await renderHtml(report), new URL("../snapshots/experiment-plan.html", import.meta.url));
});

test("plan page: Markdown and HTML hold the same numbers", async () => {
  const report = planReport(plannedExample(), PAGE);
  expect(numbersIn(pageText(await renderHtml(report)))).toEqual(numbersIn(renderMarkdown(report)));
});

test("plan page: states the audience, base rates, past spend, cap, level and power", () => {
  const page = renderMarkdown(planReport(plannedExample(), PAGE));
  for (const fact of [
    "At Risk as of 28 Feb 2026: 6,609 customers, 4,840 can be contacted (excluded: 1,680 opted out, 89 without recorded consent).",
    "The test runs 90 days. The base rates are what the 1,200 customers who were in the segment on 30 Nov 2025 bought in the 90 days to 28 Feb 2026.",
    "Past spend is the spend of the 180 days before them (CUPED).",
    "Capped spend leaves out what the largest 0.5% of customers spend beyond the others (winsorized).",
    "More buyers: customers who would not have bought, chosen at random, spend what buyers spend. Larger purchases: all buyers spend more by the same percentage.",
    "If the campaign changes nothing, the test reports a change 1% of the time. It detects a change of the detectable size 80% of the time.",
  ]) {
    expect(page).toContain(`- ${fact}\n`);
  }
});

test("plan page: no consent, cap or past spend is stated where there is none", () => {
  const spend = Array.from({ length: 200 }, (_, i) => (i % 2 ? 10 + i : 0));
  const audience = { customers: 484, optedOut: 0, unknownConsent: 0, consentKnown: false };
  const plan = planExperiment({ spend }, { customers: 484, winsorizeAt: 1 });
  const changes = { plan, segment: "everyone", basis: "everyone", audience, winsorizeAt: 1 } as const;
  const page = renderMarkdown(planReport(plannedExample(changes), PAGE));
  expect(page).toContain(
    "- everyone as of 28 Feb 2026: 484 customers, consent unknown (the dataset does not record it).\n",
  );
  expect(page).toContain("what the 1,200 customers of 30 Nov 2025 bought");
  expect(page).not.toMatch(/opted out|Past spend is|Capped spend/);
});

test("plan page: a segment's name is never read as Markdown or HTML", async () => {
  const report = planReport(plannedExample({ segment: "<b>*At* Risk" }), PAGE);
  expect(renderMarkdown(report)).toContain("- \\<b\\>\\*At\\* Risk as of");
  expect(await renderHtml(report)).not.toContain("<b>*At");
});

test("plan table: one row per measure, the spend of the readout has the star", () => {
  const { columns, rows } = planTable(plannedExample().plan, texts);
  expect(columns.at(-1)?.title).toBe("Customers per group for +2.5%");
  expect(rows.map(([label]) => String(label).replace(" *", ""))).toEqual([
    "conversion rate",
    "spend per customer",
    "spend per customer, adjusted for past spend",
    "spend, outliers capped",
    "spend, outliers capped, adjusted for past spend",
  ]);
  expect(rows.filter(([label]) => String(label).endsWith(" *"))).toHaveLength(1);
});

test("plan table: what cannot be detected is unknown", () => {
  const [conversion] = planTable(planExperiment({ spend: [5, 6, 7, 8] }, { customers: 400 }), texts).rows;
  expect(conversion.slice(2)).toEqual([null, null, null]);
});

test("plan page: without a next step there is no section for it", () => {
  expect(renderMarkdown(planReport(plannedExample(), FACTS))).not.toContain("Next step");
});
