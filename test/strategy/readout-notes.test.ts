import { describe, expect, test } from "vitest";
import { remarkText, warningText } from "../../src/reports/index.js";
import { type Arm, type ExperimentDesign, type ReadoutFacts, readDesigned } from "../../src/strategy/index.js";
import { numberTexts } from "../../src/table/index.js";

const texts = numberTexts();
const design = {
  ...{ name: "spring", primaryMetric: "spend", horizonDays: 90, test: 20, control: 20, winsorizeAt: 1 },
  ...{ relativeEffect: 0.05, alpha: 0.05, power: 0.8 },
} as ExperimentDesign;
const facts: ReadoutFacts = {
  ...{ design, days: { from: "2026-03-01", to: "2026-05-29", horizonDays: 90 }, results: null, winsorizeAt: 1 },
  ...{ cuped: true, missing: 0, gone: 0, unknown: 0, inOtherArm: 0, changed: false, lastOrder: "2026-06-30" },
};
const arms = Array.from({ length: 40 }, (_, i): Arm => (i < 20 ? "test" : "control"));
const spend = arms.map((_, i) => 10 + (i % 7));
const read = (changes: Partial<ReadoutFacts> = {}, columns: object = {}) =>
  readDesigned({ arms, converted: arms.map(() => 1), spend, ...columns }, { ...facts, ...changes });

describe("warnings of a readout", () => {
  test("none where all is as designed", () => {
    expect(read().warnings).toEqual([]);
  });

  test.each<[string, Partial<ReadoutFacts>, object, string]>([
    [
      "no amounts",
      {},
      { spend: undefined },
      "the primary metric is spend, but the results have no amounts; conversion is",
    ],
    [
      "orders end early",
      { lastOrder: "2026-05-28" },
      {},
      "the last order of the dataset is dated 2026-05-28; if later",
    ],
    [
      "split changed",
      { changed: true },
      {},
      "the file split.csv was changed after the split; the groups may no longer be random",
    ],
    [
      "other arm",
      { inOtherArm: 1234 },
      {},
      "the results put 1,234 customers into the other group; the groups of the split",
    ],
    [
      "sample ratio mismatch",
      { design: { ...design, test: 2000, control: 20 } },
      {},
      "sample ratio mismatch: 20 of 2,000 test customers and 20 of 20 control customers were read, which chance",
    ],
  ])("%s", (code, changes, columns, text) => {
    const { warnings } = read(changes, columns);
    expect(warnings.map((warning) => warning.code)).toEqual([code]);
    expect(warningText(warnings[0], texts)).toContain(text);
  });
});

describe("remarks of a readout", () => {
  test.each<[string, Partial<ReadoutFacts>, string]>([
    [
      "other horizon",
      { days: { from: "2026-03-01", to: "2026-03-30", horizonDays: 30 } },
      "read over 30 days instead of the planned 90",
    ],
    ["missing", { missing: 2, missingAs: "drop", results: "r.csv" }, "excluded: 2 customers without a line in r.csv"],
    [
      "missing",
      { missing: 1, missingAs: "zero", results: "r.csv" },
      "counted as not buying: 1 customer without a line in r.csv",
    ],
    ["gone", { gone: 1 }, "excluded: 1 customer of the split, no longer in the dataset"],
    ["unknown", { unknown: 2 }, "excluded: 2 customers of the results, not in the split"],
    ["other cap", { winsorizeAt: 0.9 }, "spend is capped at quantile 0.9 instead of the planned 1"],
    ["not adjusted", { cuped: false }, "spend is not adjusted for past spend, as requested"],
  ])("%s", (code, changes, text) => {
    const { remarks } = read(changes);
    expect(remarks.map((remark) => remark.code)).toEqual([code]);
    expect(remarkText(remarks[0], texts)).toBe(text);
  });

  test("cap and adjustment concern spend only", () => {
    expect(read({ cuped: false, winsorizeAt: 0.9 }, { spend: undefined }).remarks).toEqual([]);
  });
});
