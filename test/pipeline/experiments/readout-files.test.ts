import { expect, test } from "vitest";
import type { ExperimentReading } from "../../../src/pipeline/experiments/experiment-reading.js";
import { readOutcomes } from "../../../src/pipeline/experiments/read-outcomes.js";
import { readoutJson, readoutMarkdown, readoutRows } from "../../../src/pipeline/experiments/readout-files.js";
import type { SplitManifest } from "../../../src/pipeline/experiments/split-files.js";
import type { Arm } from "../../../src/strategy/index.js";

const settings = { locale: "en-GB", currency: "GBP" };
const arms = Array.from({ length: 40 }, (_, i): Arm => (i < 20 ? "test" : "control"));

/** A reading of these amounts, as the stage gives it. */
function reading(spend: readonly number[], { outcome = "conversion", winsorizeAt = 1 } = {}): ExperimentReading {
  const reads = readOutcomes({ arms, converted: spend.map((amount) => Number(amount > 0)), spend }, { winsorizeAt });
  const manifest = { name: "spring", dataset: "shop", segment: "At Risk", as_of: "2026-02-28", seed: 7, outcome };
  return {
    ...reads,
    manifest: {
      ...manifest,
      relative_effect: 0.05,
      alpha: 0.05,
      power: 0.8,
      before_days: 180,
    } as unknown as SplitManifest,
    days: { from: "2026-03-01", to: "2026-05-29" },
    results: null,
    winsorizeAt,
    cuped: false,
    missing: 0,
    gone: 0,
    unknown: 0,
    settings,
    inWords: ["A verdict."],
    warnings: ["somebody is missing"],
    remarks: ["left out: 1 customer"],
  };
}

const usual = arms.map((arm, i) => (i % 4 === 0 ? 0 : (arm === "test" ? 12 : 10) + (i % 3)));

test("shares are told in points, money in the currency, both with their interval and the relative change", () => {
  const [share, spend] = readoutRows(reading(usual), settings);
  expect(share).toMatchObject({
    outcome: "share of buyers *",
    test: "75.0%",
    control: "75.0%",
    difference: "+0.0 points",
  });
  expect(share["95% interval"]).toMatch(/^−\d+\.\d to \+\d+\.\d points$/);
  expect(spend["outcome"]).toBe("spend per customer");
  expect(spend["difference"]).toMatch(/^\+£\d\.\d\d$/);
  expect(spend["95% interval"]).toMatch(/^−£\d\.\d\d to \+£\d\.\d\d$/);
  expect(spend["change, 95% interval"]).toMatch(/^−\d+\.\d% to \+\d+\.\d%$/);
});

test("the outcome that decides has the star, and spend that was cut stands above spend as it is", () => {
  const names = (options: object) => readoutRows(reading(usual, options), settings).map((row) => row["outcome"]);
  expect(names({ outcome: "spend", winsorizeAt: 0.9 })).toEqual([
    "share of buyers",
    "spend, outliers cut *",
    "spend as it is",
  ]);
  // With three buyers of 40 nothing can be cut, and there is one way to tell it.
  const rare = arms.map((_, i) => (i === 0 || i === 1 || i === 20 ? 10 : 0));
  expect(readoutRows(reading(rare, { winsorizeAt: 0.9 }), settings).map((row) => row["outcome"])).toEqual([
    "share of buyers *",
    "spend per customer",
  ]);
});

test("what cannot be known is left empty or called open, and is null in JSON", () => {
  const nobody = reading(usual.map((amount, i) => (arms[i] === "test" ? amount : 0)));
  const [, spend] = readoutRows(nobody, settings);
  expect(spend).toMatchObject({ control: "£0.00", change: "", "change, 95% interval": "", "change visible from": "" });
  const few = reading(arms.map((_, i) => (i === 0 || i === 1 || i === 20 ? 10 : 0)));
  expect(readoutRows(few, settings)[1]["change, 95% interval"]).toBe("−100.0% to open");
  expect(JSON.parse(readoutJson(few)).spend.relative).toEqual({ value: 1, lower: -1, upper: null });
  expect(JSON.parse(readoutJson(few)).spend).toMatchObject({
    test: { customers: 20, buyers: 2 },
    too_few_to_cut: false,
  });
  const [, alike] = readoutRows(reading(arms.map((arm) => (arm === "test" ? 12 : 10))), settings);
  expect(alike).toMatchObject({ difference: "+£2.00", "95% interval": "open to open", "change visible from": "" });
});

test("the page warns first, then gives the verdict, the table, and how it was read", () => {
  const page = readoutMarkdown(reading(usual, { winsorizeAt: 0.9 }), settings);
  const order = ["# Readout: spring", "> **Warning:** somebody is missing.", "A verdict.", "| outcome |", "- Read: "];
  const places = order.map((text) => page.indexOf(text));
  expect(places).toEqual([...places].sort((a, b) => a - b));
  expect(places[0]).toBe(0);
  expect(page).toContain(
    '- Read: the orders from 2026-03-01 to 2026-05-29 of 20 test and 20 control customers of "At Risk" as of 2026-02-28, drawn with seed 7.',
  );
  expect(page).toContain("- A change is worth the campaign from 5% on, as laid down then.\n");
  expect(page).toMatch(
    /- Outliers are amounts above £\d\d\.\d\d, which 10% of the customers exceed: they count as that \(winsorized\)/,
  );
  expect(page).toContain("- Left out: 1 customer.\n");
  expect(page).not.toContain("CUPED");
});
