// Probabilities of a random forest are at the level of the data, also for rare classes.
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { brierScoreLoss } from "../../../src/evaluation/index.js";
import { fitRandomForestClassifier, loadXGBoostClassifier, loadXGBoostRegressor } from "../../../src/models/index.js";
import { mean } from "../../../src/numeric/index.js";
import { makeForestProblem, RATES } from "../../bench/forests/problem.mjs";

const X = { nRows: 6, nCols: 1, data: Float64Array.of(1, 1, 1, 1, 2, 2), columnNames: ["frequency"] };

test("a leaf is the share of positives among its rows", async () => {
  using forest = await fitRandomForestClassifier(X, [1, 0, 0, 0, 1, 0], {
    seed: 1,
    nTrees: 1,
    subsample: 1,
    maxDepth: 1,
  });
  const probabilities = forest.predictProba(X);
  expect(probabilities[0]).toBeCloseTo(0.25, 5);
  expect(probabilities[5]).toBeCloseTo(0.5, 5);
  expect(forest.objective).toBe("class-mean");
});

test("a leaf is the weighted share where rows have weights", async () => {
  const options = { seed: 1, nTrees: 1, subsample: 1, maxDepth: 1, sampleWeight: [3, 1, 1, 1, 1, 4] };
  using forest = await fitRandomForestClassifier(X, [1, 0, 0, 0, 1, 0], options);
  expect(forest.predictProba(X)[0]).toBeCloseTo(0.5, 5);
  expect(forest.predictProba(X)[5]).toBeCloseTo(0.2, 5);
});

test("rows that no tree divides are predicted at the weighted rate, and probabilities stay in [0, 1]", async () => {
  const options = { seed: 1, nTrees: 3, parameters: { min_child_weight: 1000 }, sampleWeight: [3, 1, 1, 1, 1, 4] };
  using forest = await fitRandomForestClassifier(X, [1, 0, 0, 0, 1, 0], options);
  expect(forest.predictProba(X)[0]).toBeCloseTo(4 / 11, 6);
  using sure = await fitRandomForestClassifier(X, [0, 0, 0, 0, 1, 1], {
    seed: 1,
    nTrees: 30,
    parameters: { lambda: 0 },
  });
  for (const p of sure.predictProba(X)) expect(p >= 0 && p <= 1).toBe(true);
  // Far from the data's own level, single precision leaves the range.
  for (const p of sure.predictProba(X, { baseMargin: [-9, 9, -9, 9, -9, 9] })) expect(p >= 0 && p <= 1).toBe(true);
});

test("a saved forest of classes is loaded as a classifier, and is no regression", async () => {
  using forest = await fitRandomForestClassifier(X, [1, 0, 0, 0, 1, 0], { seed: 1, nTrees: 5 });
  for (const format of ["ubj", "json"] as const) {
    using loaded = loadXGBoostClassifier(forest.toBytes({ format }));
    expect(loaded.objective).toBe("class-mean");
    expect(loaded.predictProba(X)).toEqual(forest.predictProba(X));
  }
  expect(() => loadXGBoostRegressor(forest.toBytes())).toThrow(
    "Cannot load an XGBoost model: its objective is reg:squarederror of a forest of classes; expected one of reg:squarederror, count:poisson",
  );
});

describe("on rows not seen, at base rates of 3, 15 and 50 %", () => {
  // `npm run bench forests -- --write` stored the Brier scores of scikit-learn 1.9.1.
  const stored = JSON.parse(
    readFileSync(new URL("../../bench/forests/scikit-learn-brier.json", import.meta.url), "utf8"),
  ) as { rows: number; brier: number[] };

  test("the mean prediction is within 0.3 points of the rate, and Brier scores are those of scikit-learn", async () => {
    expect(stored.brier).toHaveLength(20);
    const levels = new Map<number, number[]>();
    for (const [i, theirs] of stored.brier.entries()) {
      const problem = makeForestProblem(i + 1, stored.rows);
      using forest = await fitRandomForestClassifier(problem.train.X, problem.train.y, { seed: i + 1 });
      const fitted = forest.predictProba(problem.train.X);
      expect(Math.abs(mean(fitted) - mean(problem.train.y)), `rate ${problem.rate}`).toBeLessThan(0.003);
      const predicted = forest.predictProba(problem.test.X);
      // The rows to train on have more or fewer positives than their probabilities say; a forest follows them.
      const luck = mean(problem.train.y) - mean(problem.train.probabilities);
      const level = mean(predicted) - mean(problem.test.probabilities) - luck;
      expect(Math.abs(level), `problem ${i + 1}: level on rows not seen`).toBeLessThan(0.01);
      levels.set(problem.rate, [...(levels.get(problem.rate) ?? []), level]);
      const brier = brierScoreLoss(problem.test.y, predicted);
      expect(brier, `problem ${i + 1}`).toBeLessThan(theirs + 0.001);
      const rate = mean(problem.train.y);
      const base = mean(problem.test.y.map((y) => (y - rate) ** 2));
      expect(brier, `problem ${i + 1} against the base rate`).toBeLessThan(base);
    }
    expect([...levels.keys()].sort()).toEqual(RATES);
    for (const [rate, each] of levels) {
      expect(Math.abs(mean(each)), `level on rows not seen at a rate of ${rate}`).toBeLessThan(0.003);
    }
  });
});
