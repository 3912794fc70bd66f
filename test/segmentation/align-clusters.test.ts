import { describe, expect, test } from "vitest";
import { matrixFromRows } from "../../src/matrix/index.js";
import { createRandom, integer, shuffled } from "../../src/numeric/random.js";
import { optimalAssignment } from "../../src/segmentation/clusters/optimal-assignment.js";
import { alignClusters } from "../../src/segmentation/index.js";

/** The least sum over all ways to give rows columns, by trying them all. */
function leastByTrying(costs: readonly (readonly number[])[], row = 0, taken: readonly number[] = []): number {
  const [nRows, nCols] = [costs.length, costs[0].length];
  if (row === nRows) return 0;
  const given = costs[row].flatMap((cost, j) =>
    taken.includes(j) ? [] : [cost + leastByTrying(costs, row + 1, [...taken, j])],
  );
  // Where there are more rows than columns, a row may stay without.
  if (nRows - row > nCols - taken.length) given.push(leastByTrying(costs, row + 1, taken));
  return Math.min(...given);
}

describe("the optimal assignment", () => {
  test("costs as little as the best of all ways, on 600 tables of any shape", () => {
    const random = createRandom(4);
    for (let round = 0; round < 600; ++round) {
      const [rows, columns] = [1 + integer(random, 5), 1 + integer(random, 5)];
      // Whole costs up to 9 make ties common.
      const costs = Array.from({ length: rows }, () => Array.from({ length: columns }, () => integer(random, 10) - 2));
      const given = optimalAssignment(costs);
      const taken = Array.from(given).filter((column) => column >= 0);
      expect(taken).toHaveLength(Math.min(rows, columns));
      expect(new Set(taken).size).toBe(taken.length);
      const sum = given.reduce((total, column, row) => total + (column < 0 ? 0 : costs[row][column]), 0);
      expect(sum).toBe(leastByTrying(costs));
    }
  });

  test("is not the nearest for each: the second row yields", () => {
    expect(
      Array.from(
        optimalAssignment([
          [1, 2],
          [1, 100],
        ]),
      ),
    ).toEqual([1, 0]);
    expect(Array.from(optimalAssignment([]))).toEqual([]);
  });
});

describe("the alignment of two fits", () => {
  const centroids = [
    [0, 0],
    [5, 5],
    [-3, 4],
    [9, -9],
  ];

  test("finds clusters again whatever their numbers", () => {
    const order = shuffled(createRandom(2), [0, 1, 2, 3]);
    const moved = order.map((i) => centroids[i].map((value) => value + 0.3));
    const { previous, distances } = alignClusters(matrixFromRows(centroids), matrixFromRows(moved));
    expect(Array.from(previous)).toEqual(order);
    for (const distance of distances) expect(distance).toBeCloseTo(Math.hypot(0.3, 0.3), 12);
  });

  test("leaves a new cluster without a past, and an old one without a future", () => {
    const more = [...centroids, [50, 50]];
    const { previous, distances } = alignClusters(matrixFromRows(centroids), matrixFromRows(more));
    expect(Array.from(previous)).toEqual([0, 1, 2, 3, -1]);
    expect(distances[4]).toBeNaN();
    expect(Array.from(alignClusters(matrixFromRows(more), matrixFromRows(centroids)).previous)).toEqual([0, 1, 2, 3]);
  });

  test("refuses fits on other features", () => {
    expect(() => alignClusters(matrixFromRows([[1, 2]]), matrixFromRows([[1]]))).toThrow(
      "have 2 columns and the later ones 1",
    );
    expect(() => alignClusters(matrixFromRows([[Number.NaN]]), matrixFromRows([[1]]))).toThrow(
      "previousCentroids[0] is NaN",
    );
  });
});
