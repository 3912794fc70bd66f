import { expect, test } from "vitest";
import { readoutJson } from "../../../src/pipeline/artifacts/experiment-readout.js";
import {
  readoutReport,
  readoutSentences,
  readoutTable,
  renderHtml,
  renderMarkdown,
} from "../../../src/reports/index.js";
import { numberTexts, renderText } from "../../../src/table/index.js";
import { expectSnapshot } from "../../charts/snapshot.js";
import { numbersIn, pageText } from "../page-text.js";
import { ARMS, FACTS, readingExample, USUAL } from "./examples.js";

const texts = numberTexts(FACTS);

test("readout page: Markdown and HTML match their snapshots", async () => {
  const report = readoutReport(readingExample(USUAL, { changed: true, gone: 1 }), FACTS);
  expectSnapshot(renderMarkdown(report), new URL("../snapshots/experiment-readout.md", import.meta.url));
  expectSnapshot(await renderHtml(report), new URL("../snapshots/experiment-readout.html", import.meta.url));
});

test("readout page: Markdown and HTML hold the same numbers", async () => {
  const report = readoutReport(readingExample(), FACTS);
  expect(numbersIn(pageText(await renderHtml(report)))).toEqual(numbersIn(renderMarkdown(report)));
});

test("readout page: warning, verdict, secondary metric, table, check, source, in this order", () => {
  const reading = readingExample(USUAL, { changed: true, gone: 1 });
  const page = renderMarkdown(readoutReport(reading, FACTS));
  const [verdict, secondary] = readoutSentences(reading, texts);
  const order = [
    ...["# Readout: spring", "> The file split.csv was changed after the split", verdict, secondary, "| Metric |"],
    ...["Sample ratio: p-value of the group sizes", "- Source: orders from 1 Mar 2026 to 29 May 2026 of 1,000 test"],
    "- Excluded: 1 customer of the split, no longer in the dataset.",
  ];
  const places = order.map((text) => page.indexOf(text));
  expect(places).toEqual([...places].sort((a, b) => a - b));
  expect(places[0]).toBe(0);
  expect(page).toMatch(
    /- Capped spend counts each customer's spend up to £\d\d\.\d\d, above which are 10% of the customers \(winsorized\)/,
  );
  expect(page).not.toContain("CUPED; correlation");
});

test("readout page: an experiment on everyone names no segment", () => {
  const reading = readingExample();
  const design = { ...reading.design, segment: "everyone", basis: "everyone" } as const;
  const page = renderMarkdown(readoutReport({ ...reading, design }, FACTS));
  expect(page).toContain("1,000 test and 1,000 control customers as of 28 Feb 2026");
});

test("readout table: shares differ in points, amounts in the currency, both with intervals", () => {
  const lines = renderText(readoutTable(readingExample(USUAL, { winsorizeAt: 1 }), texts), {
    locale: FACTS.locale,
    currency: FACTS.currency,
  }).split("\n");
  expect(lines[2]).toMatch(/^conversion rate \* +75\.0% +75\.0% +0\.0 points +−\d+\.\d points +\+\d+\.\d points/);
  expect(lines[3]).toMatch(/^spend per customer +£\d\.\d\d +£\d\.\d\d +\+£\d\.\d\d +\+£\d\.\d\d +\+£\d\.\d\d +\+/);
});

test("readout table: the primary metric has the star, capped spend comes last", () => {
  const labels = (...given: Parameters<typeof readingExample>) =>
    readoutTable(readingExample(...given), texts).rows.map(([label]) => label);
  expect(labels(USUAL, { primaryMetric: "spend" })).toEqual([
    "conversion rate",
    "spend per customer *",
    "spend, outliers capped",
  ]);
  // With three buyers nothing can be capped.
  const rare = ARMS.map((_, i) => (i === 0 || i === 1 || i === 1000 ? 10 : 0));
  expect(labels(rare)).toEqual(["conversion rate *", "spend per customer"]);
});

test("readout table: where spend has no reliable interval its bounds are missing", () => {
  const small = ARMS.map((_, i) => i).filter((i) => i % 4 === 0);
  const reading = readingExample(
    small.map((i) => USUAL[i + 1]),
    {},
    small.map((i) => ARMS[i]),
  );
  const [conversion, spend, capped] = readoutTable(reading, texts).rows;
  expect(spend.filter((cell) => cell === null)).toHaveLength(4);
  expect(spend.at(-1)).toBeNaN();
  for (const row of [conversion, capped]) expect(row).not.toContain(null);
});

test("readout table and JSON: unknown numbers are missing, open bounds infinite and null", () => {
  const few = readingExample(
    ARMS.map((_, i) => (i === 0 || i === 1 || i === 1000 ? 10 : 0)),
    { winsorizeAt: 1 },
  );
  const [, spend] = readoutTable(few, texts).rows;
  expect(spend.slice(6, 9)).toEqual([1, -1, Number.POSITIVE_INFINITY]);
  const json = JSON.parse(readoutJson(few, { sentences: ["A verdict."], warnings: [], remarks: [] }));
  expect(json.spend.relative).toEqual({ value: 1, lower: -1, upper: null });
  expect(json.spend).toMatchObject({ test: { customers: 1000, buyers: 2 } });
  expect(json).toMatchObject({ decided_by: "conversion", in_words: ["A verdict."], before_days: null });
  const nobody = readingExample(
    USUAL.map((amount, i) => (ARMS[i] === "test" ? amount : 0)),
    { winsorizeAt: 1 },
  );
  expect(readoutTable(nobody, texts).rows[1].slice(6)).toEqual([Number.NaN, Number.NaN, Number.NaN, Number.NaN]);
});
