import { expect, test } from "vitest";
import { type BacktestLosses, simplestWithinNoise } from "../../../src/evaluation/index.js";
import { lossTable } from "../../../src/reports/index.js";
import { renderText } from "../../../src/table/index.js";

function losses(mean: number | null, [value, lower, upper]: readonly number[] = []): BacktestLosses {
  const interval = { value, lower, upper, level: 0.9, standardError: 0.01, nResamples: 100, nUndefined: 0 };
  return { byOrigin: [mean], mean, spread: null, toBest: mean === null ? null : interval, toBaseline: null };
}

const candidates = [
  { name: "recency", complexity: 1, validation: losses(0.52, [0.02, 0.01, 0.03]), test: losses(0.55) },
  { name: "BG/NBD", complexity: 2, validation: losses(0.501, [0.001, -0.002, 0.004]), test: losses(0.53) },
  { name: "XGBoost", complexity: 3, validation: losses(0.5, [0, 0, 0]), test: losses(0.54) },
  { name: "broken", complexity: 4, validation: losses(null), test: losses(null) },
];
const bench = { candidates, best: "XGBoost", baseline: null, days: [], failures: [], level: 0.9 };
const table = lossTable(bench, { choice: simplestWithinNoise(bench), locale: "en-GB" });

test("lossTable: one row per candidate with losses, interval and verdict as raw values", () => {
  expect(table.rows).toEqual([
    ["recency", 0.52, 0.02, 0.01, 0.03, "worse", 0.55],
    ["BG/NBD", 0.501, 0.001, -0.002, 0.004, "chosen", 0.53],
    ["XGBoost", 0.5, 0, 0, 0, "within noise of the best", 0.54],
    ["broken", null, null, null, null, "failed", null],
  ]);
});

test("lossTable: headings state the level, differences carry a sign", () => {
  const [, head, recency, btyd] = renderText(table).split("\n");
  expect(head).toMatch(/Candidate +Validation +From the best +Lower 90% +Upper 90% +Verdict +Test/);
  expect(recency).toMatch(/recency +0\.5200 +\+0\.0200 +\+0\.0100 +\+0\.0300 +worse +0\.5500/);
  expect(btyd).toMatch(/−0\.0020/);
});
