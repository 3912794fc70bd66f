import { describe, expect, test } from "vitest";
import {
  adjustedRandScore,
  calinskiHarabaszScore,
  daviesBouldinIndex,
  silhouetteSamples,
  silhouetteScore,
} from "../../src/evaluation/index.js";
import { matrixFromRows } from "../../src/matrix/index.js";

// scikit-learn, sklearn/metrics/cluster/tests/test_unsupervised.py and test_supervised.py. Two of its own assertions
// check nothing, as an `assert` is missing; the values are right.

const times = <T>(n: number, items: readonly T[]): T[] => Array.from({ length: n }, () => items).flat();
const BLOCKS = matrixFromRows([
  ...times(5, [
    [0, 0],
    [1, 1],
  ]),
  ...times(5, [
    [3, 3],
    [4, 4],
  ]),
  ...times(5, [
    [0, 4],
    [1, 3],
  ]),
  ...times(5, [
    [3, 1],
    [4, 0],
  ]),
]);
const BLOCK_LABELS = [0, 1, 2, 3].flatMap((label) => times(10, [label]));
const SAME = matrixFromRows(times(10, [[1, 1]]));
const ONE_CENTRE = matrixFromRows(
  times(10, [
    [-1, -1],
    [1, 1],
  ]),
);

describe("test_davies_bouldin_score", () => {
  test("four blocks: 2 √0.5 / 3", () => {
    expect(daviesBouldinIndex(BLOCKS, BLOCK_LABELS)).toBeCloseTo(0.471404520791, 12);
  });
  test("a cluster of one row: 0.416667", () => {
    const X = matrixFromRows([
      [0, 0],
      [2, 2],
      [3, 3],
      [5, 5],
    ]);
    expect(daviesBouldinIndex(X, [0, 0, 1, 2])).toBeCloseTo(5 / 4 / 3, 12);
  });
  test("all rows equal, or all centres equal: 0", () => {
    expect(daviesBouldinIndex(SAME, times(5, [0]).concat(times(5, [1])))).toBe(0);
    expect(daviesBouldinIndex(ONE_CENTRE, times(10, [0]).concat(times(10, [1])))).toBe(0);
  });
});

describe("test_calinski_harabasz_score", () => {
  test("four blocks: 108", () => {
    expect(calinskiHarabaszScore(BLOCKS, BLOCK_LABELS)).toBeCloseTo(108, 10);
  });
  test("all rows equal: 1; all centres equal: 0", () => {
    expect(calinskiHarabaszScore(SAME, times(5, [0]).concat(times(5, [1])))).toBe(1);
    expect(calinskiHarabaszScore(ONE_CENTRE, times(10, [0]).concat(times(10, [1])))).toBe(0);
  });
});

describe("test_correct_labelsize", () => {
  test.each([
    ["silhouetteScore", silhouetteScore],
    ["daviesBouldinIndex", daviesBouldinIndex],
    ["calinskiHarabaszScore", calinskiHarabaszScore],
  ])("%s refuses one cluster, and a cluster per row", (_, metric) => {
    const X = matrixFromRows([[1], [2], [4]]);
    expect(() => metric(X, [0, 0, 0])).toThrow("there are 1 clusters of 3 rows");
    expect(() => metric(X, [0, 1, 2])).toThrow("there are 3 clusters of 3 rows");
  });
});

test("test_no_nan: a row alone in its cluster has silhouette 0", () => {
  const silhouettes = silhouetteSamples(matrixFromRows([[1], [9], [2], [3], [4]]), [1, 0, 1, 1, 1]);
  expect(silhouettes[1]).toBe(0);
  expect(silhouettes.every(Number.isFinite)).toBe(true);
});

describe("test_supervised.py, adjusted Rand index", () => {
  test("test_non_consecutive_labels", () => {
    expect(adjustedRandScore([0, 0, 0, 1, 1, 1], [0, 1, 0, 1, 2, 2])).toBeCloseTo(0.2424242424242424, 12);
  });
  test("test_perfect_matches", () => {
    expect(adjustedRandScore([0, 0, 1, 2], [7, 7, 3, -1])).toBe(1);
    expect(adjustedRandScore([0], [5])).toBe(1);
  });
  test("the documentation's example of worse than chance: -0.5", () => {
    expect(adjustedRandScore([0, 0, 1, 1], [0, 1, 0, 1])).toBeCloseTo(-0.5, 12);
  });
});
