import { describe, expect, test } from "vitest";
import { type DataQualityInput, dataQualityReport, renderHtml, renderMarkdown } from "../../src/reports/index.js";
import { expectSnapshot } from "../charts/snapshot.js";
import { EXAMPLE } from "./example.js";
import { numbersIn, pageText } from "./page-text.js";

const report = dataQualityReport(EXAMPLE);

test("looks as it did, as Markdown and as a page", async () => {
  expectSnapshot(renderMarkdown(report), new URL("snapshots/data-quality.md", import.meta.url));
  expectSnapshot(await renderHtml(report), new URL("snapshots/data-quality.html", import.meta.url));
});

test("the page and the Markdown hold the same numbers, written the same", async () => {
  const fromPage = numbersIn(pageText(await renderHtml(report)));
  const fromMarkdown = numbersIn(renderMarkdown(report));
  expect(fromMarkdown.length).toBeGreaterThan(300);
  expect(fromPage).toEqual(fromMarkdown);
});

test("changing one input changes exactly what is bound to it", () => {
  const changed = dataQualityReport({ ...EXAMPLE, totals: { ...EXAMPLE.totals, orders: 77777 } });
  const before = numbersIn(renderMarkdown(report));
  const after = numbersIn(renderMarkdown(changed));
  expect(before.filter((number) => number === "18,532")).toHaveLength(2);
  expect(after.filter((number) => number === "77,777")).toHaveLength(2);
  expect(after.includes("18,532")).toBe(false);
});

test("no number stands in prose unless it is bound to a value", () => {
  for (const block of report.blocks) {
    const texts =
      block.type === "prose"
        ? [block.markdown]
        : block.type === "heading"
          ? [block.text, block.lead?.markdown ?? ""]
          : block.type === "kpis"
            ? block.kpis.flatMap(({ label, note }) => [label, note?.markdown ?? ""])
            : [];
    for (const text of texts) expect(text.replace(/\{\{\w+\}\}/g, "")).not.toMatch(/\d/);
  }
});

describe("the documented trade-offs appear", () => {
  const markdown = renderMarkdown(report);

  test("lines without a customer, with their share of revenue", () => {
    expect(markdown).toContain(
      "135,080 lines (24.9%) have no customer id; they hold £1,447,682, 14.9% of the imported revenue",
    );
  });

  test("returns, with the customer whose place they change", () => {
    expect(markdown).toContain("| 12346 | 1 | £77,184 | 10 | £0 | 4,323 |");
  });

  test("returns netted instead of dropped read the other way", () => {
    const { returns } = EXAMPLE.tradeOffs;
    const netted = returns && { ...EXAMPLE, tradeOffs: { returns: { ...returns, policy: "net" as const } } };
    expect(renderMarkdown(dataQualityReport(netted ?? EXAMPLE))).toContain("Returns are subtracted from spend");
  });

  test("order features stand in for sessions", () => {
    expect(markdown).toContain("`unique_products`, `purchase_span_days` are used instead");
  });

  test("models are judged on later days", () => {
    expect(markdown).toContain("Of the 3,370 customers known by then, 1,921 (57.0%) did. 968 customers");
  });
});

test("a dataset with nothing but totals still makes a report", async () => {
  const { features: _, ...rest } = EXAMPLE;
  const bare: DataQualityInput = {
    ...rest,
    dataset: { ...EXAMPLE.dataset, synthetic: true },
    ledger: [],
    tradeOffs: {},
    monthlyRevenue: [],
    cohorts: [],
  };
  const page = await renderHtml(dataQualityReport(bare));
  expect(page).toContain("every line was kept");
  expect(page).toContain("These customers are simulated");
  expect(page).not.toContain("<figure>");
});

test("settings that nobody gave are said, and only those", () => {
  const pageOf = (assumed: readonly ("currency" | "timezone")[]) =>
    renderMarkdown(dataQualityReport({ ...EXAMPLE, dataset: { ...EXAMPLE.dataset, assumed } }));
  expect(pageOf([])).not.toContain("Assumed settings");
  expect(pageOf(["timezone"])).toContain(
    '> **Assumed settings.** Time zone Europe/London is assumed: set it under "settings" in the mapping.',
  );
  expect(pageOf(["currency", "timezone"])).toContain("Currency GBP and time zone Europe/London are assumed: set them");
});

test("lines that repeat are a decision, with what they hold", () => {
  const repeatedLines = { rows: 5192, revenue: 24_199.01, shareOfRevenue: 0.0027155 };
  const page = renderMarkdown(dataQualityReport({ ...EXAMPLE, tradeOffs: { ...EXAMPLE.tradeOffs, repeatedLines } }));
  expect(page).toContain("### Repeated lines are kept");
  expect(page).toContain(
    "**5,192 kept lines repeat an earlier one in every column; they hold £24,199, 0.3% of the revenue after cleaning.**",
  );
});

test("sixty features and three years of cohorts stay below 2 MB", async () => {
  const profile = EXAMPLE.features?.profiles[1];
  if (!profile) throw new Error("the example has no features");
  const names = Array.from({ length: 60 }, (_, i) => `transaction_feature_number_${i}`);
  const counts = Array.from({ length: 20 }, (_, i) => i * 37);
  const edges = Array.from({ length: 21 }, (_, i) => 1.37 ** i);
  const big: DataQualityInput = {
    ...EXAMPLE,
    features: {
      customers: 1e6,
      profiles: names.map((name, i) => ({
        ...profile,
        name,
        group: `group ${i % 6}`,
        histogram: { scale: "log", edges, counts, zeros: 5, missing: 0 },
      })),
      correlations: {
        names,
        method: "Spearman rank correlation",
        values: names.map((_, i) => names.map((_name, j) => (i === j ? 1 : Math.cos(i * j)))),
      },
    },
    cohorts: Array.from({ length: 36 }, (_, i) => ({
      cohort: `${2009 + Math.floor(i / 12)}-${String((i % 12) + 1).padStart(2, "0")}`,
      customers: 100,
      retained: Array.from({ length: 36 - i }, (_month, k) => 1 / (k + 1)),
    })),
  };
  expect((await renderHtml(dataQualityReport(big))).length).toBeLessThan(2e6);
});
