import { expect, test } from "vitest";
import {
  renderHtml,
  renderMarkdown,
  splitReport,
  splitSentences,
  splitTable,
  splitText,
} from "../../../src/reports/index.js";
import { numberTexts } from "../../../src/table/index.js";
import { expectSnapshot } from "../../charts/snapshot.js";
import { numbersIn, pageText } from "../page-text.js";
import { DESIGN, FACTS } from "./examples.js";

const PAGE = { ...FACTS, next: "npx rekindle experiment readout --dataset shop --name spring" };

test("split page: Markdown and HTML match their snapshots", async () => {
  const report = splitReport(DESIGN, PAGE);
  expectSnapshot(renderMarkdown(report), new URL("../snapshots/experiment-split.md", import.meta.url));
  expectSnapshot(await renderHtml(report), new URL("../snapshots/experiment-split.html", import.meta.url));
});

test("split page: Markdown and HTML hold the same numbers", async () => {
  const report = splitReport(DESIGN, PAGE);
  expect(numbersIn(pageText(await renderHtml(report)))).toEqual(numbersIn(renderMarkdown(report)));
});

test("split page: states who gets the campaign and how the result will be read", () => {
  const page = renderMarkdown(
    splitReport({ ...DESIGN, stratifiedBy: [], winsorizeAt: 1, primaryMetric: "spend" }, PAGE),
  );
  expect(page).toContain(
    "Send the campaign to the 1,000 test customers of split.csv from 1 Mar 2026, and to none of the 1,000 control customers until 29 May 2026 (90 days).",
  );
  expect(page).toContain("Primary metric, fixed at split time: spend per customer; a change of 5% or more is worth");
  expect(page).toContain("- Drawn at random with seed 7.\n");
  expect(page).not.toContain("capped (winsorized)");
  expect(page).toContain("npx rekindle experiment readout --dataset shop --name spring");
});

test("split table: sizes and test share by stratum, and of all", () => {
  const { rows, total } = splitTable(DESIGN);
  expect(rows).toEqual([
    ["spend 1 of 2", 501, 500, 501 / 1001],
    ["spend 2 of 2", 499, 500, 499 / 999],
  ]);
  expect(total).toEqual(["all", 1000, 1000, 0.5]);
});

test("split page: without a next step there is no section for it", () => {
  expect(renderMarkdown(splitReport(DESIGN, FACTS))).not.toContain("Next step");
});

test("split: the advice follows the plan", () => {
  const first = (minimumDetectableEffect: number | null, neededPerArm: number | null = 8111) =>
    splitSentences({ design: DESIGN, detects: { minimumDetectableEffect, neededPerArm } }, numberTexts(FACTS));
  expect(first(1.014)).toEqual([
    "Do not send the campaign yet unless you expect so much: these groups detect only a rise of 101% or more in the conversion rate; 5% takes 8,111 customers per group. Use a larger segment or a longer test (--horizon-days).",
    "If you run it as it is, send the campaign to the 1,000 test customers of split.csv from 2026-03-01, and to none of the 1,000 control customers until 2026-05-29 (90 days).",
    expect.stringMatching(/^Primary metric/),
  ]);
  expect(first(null, null)[0]).toBe(
    "Do not send the campaign yet: these groups cannot detect any rise in the conversion rate. Use a larger segment or a longer test (--horizon-days).",
  );
  // As small a rise as is worth the campaign, and a segment without base rates.
  expect(first(0.05)[0]).toMatch(/^Send the campaign to the 1,000 test customers/);
  expect(splitSentences({ design: DESIGN }, numberTexts(FACTS))[0]).toMatch(
    /^Send the campaign to the 1,000 test customers/,
  );
});

test("split: the text says how to get customer ids, unless it has them", () => {
  const remark = "split.csv names customers by contact_key, a pseudonym; --plain-ids writes customer_id instead";
  expect(splitText(DESIGN, FACTS)).toContain(remark);
  expect(splitText({ ...DESIGN, idColumn: "customer_id" }, FACTS)).not.toContain("--plain-ids");
});
