import { describe, expect, test } from "vitest";
import { type Fold, groupedKFold, kFold, rollingOriginSplit, stratifiedKFold } from "../../src/evaluation/index.js";

const LABELS = Array.from({ length: 103 }, (_, i) => (i % 4 === 0 ? 1 : 0));
const CUSTOMERS = Array.from({ length: 103 }, (_, i) => `c${Math.floor(Math.sqrt(i))}`);

const SPLITS: Record<string, (seed: number) => Fold[]> = {
  kFold: (seed) => kFold(103, { nFolds: 4, seed }),
  stratifiedKFold: (seed) => stratifiedKFold(LABELS, { nFolds: 4, seed }),
  groupedKFold: (seed) => groupedKFold(CUSTOMERS, { nFolds: 4, seed }),
};

describe.each(Object.entries(SPLITS))("%s", (_, split) => {
  test("tests every row once, and never trains on what it tests", () => {
    const folds = split(1);
    expect(folds).toHaveLength(4);
    expect(folds.flatMap(({ test }) => [...test]).sort((a, b) => a - b)).toEqual([...LABELS.keys()]);
    for (const { train, test } of folds) {
      expect(train.length + test.length).toBe(103);
      expect([...train].filter((row) => test.includes(row))).toEqual([]);
    }
  });
  test("one seed gives one split, another seed another", () => {
    expect(split(1)).toEqual(split(1));
    expect(split(1)).not.toEqual(split(2));
  });
  test("rejects a missing seed", () => {
    expect(() => split(undefined as unknown as number)).toThrow("seed is undefined");
  });
});

test("folds are equally large, by class too", () => {
  for (const { test } of SPLITS["kFold"]!(3)) expect([25, 26]).toContain(test.length);
  for (const { test } of SPLITS["stratifiedKFold"]!(3)) {
    expect([25, 26]).toContain(test.length);
    expect([6, 7]).toContain([...test].filter((row) => LABELS[row] === 1).length);
  }
});

test("the rows of a customer lie in one fold, and folds are about equally large", () => {
  const folds = SPLITS["groupedKFold"]!(3);
  for (const { train, test } of folds) {
    const trained = new Set([...train].map((row) => CUSTOMERS[row]));
    expect([...test].filter((row) => trained.has(CUSTOMERS[row]))).toEqual([]);
    expect(Math.abs(test.length - 103 / 4)).toBeLessThan(6);
  }
});

test("rejects more folds than rows, groups or rows of a class", () => {
  expect(() => kFold(3, { nFolds: 4, seed: 1 })).toThrow("4 folds are more than 3 rows");
  expect(() => kFold(3, { nFolds: 1, seed: 1 })).toThrow("nFolds is 1; expected an integer of at least 2");
  expect(() => groupedKFold(["a", "a", "b"], { nFolds: 3, seed: 1 })).toThrow("3 folds are more than 2 groups");
  expect(() => stratifiedKFold([0, 0, 0, 1], { nFolds: 2, seed: 1 })).toThrow(
    "2 folds are more than 1 rows of class 1",
  );
});

describe("rollingOriginSplit", () => {
  const asOf = ["2024-01-31", "2024-01-31", "2024-03-31", "2024-04-30", "2024-04-30", "2024-07-31"];

  test("trains on cutoffs whose horizon had closed, to the day", () => {
    const folds = rollingOriginSplit(asOf, { horizonDays: 60 });
    expect(folds.map(({ asOf, train, test }) => [asOf, [...train], [...test]])).toEqual([
      ["2024-03-31", [0, 1], [2]],
      ["2024-04-30", [0, 1], [3, 4]],
      ["2024-07-31", [0, 1, 2, 3, 4], [5]],
    ]);
    // 2024-01-31 + 61 days is 2024-04-01, one day after the next cutoff
    expect(rollingOriginSplit(asOf, { horizonDays: 61 })[0].asOf).toBe("2024-04-30");
  });

  test("maxFolds keeps only the latest folds", () => {
    expect(rollingOriginSplit(asOf, { horizonDays: 60, maxFolds: 1 }).map(({ asOf }) => asOf)).toEqual(["2024-07-31"]);
  });

  test("rejects a horizon that never ends and an invalid day", () => {
    expect(() => rollingOriginSplit(asOf, { horizonDays: 400 })).toThrow("no horizon of 400 days ends by 2024-07-31");
    expect(() => rollingOriginSplit(["2024-02-30"], { horizonDays: 1 })).toThrow(
      '"2024-02-30"; expected a day as YYYY-MM-DD',
    );
    expect(() => rollingOriginSplit(asOf, { horizonDays: Number.NaN })).toThrow("horizonDays is NaN");
  });
});
