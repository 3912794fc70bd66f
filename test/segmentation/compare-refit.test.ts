import { expect, test } from "vitest";
import { silhouetteScore } from "../../src/evaluation/index.js";
import { createRandom, normal } from "../../src/numeric/random.js";
import { compareRefit } from "../../src/segmentation/index.js";

const model = {
  scaler: [{ name: "x", transform: "none", mean: 0, standardDeviation: 1, weight: 1 } as const],
  centroids: [[20], [0], [10]],
  names: ["high", "low", "middle"],
};

/** 100 customers around each place. */
function around(places: readonly number[]) {
  const random = createRandom(3);
  return { x: places.flatMap((place) => Array.from({ length: 100 }, () => place + normal(random))) };
}

test("a refit on customers alike finds the same clusters, whatever their order", () => {
  const same = compareRefit(model, around([0, 10, 20]), { earlier: around([0, 10, 20]), seed: 1 });
  expect(same).toMatchObject({ customers: 300, agreement: 1, adjustedRand: 1 });
  expect(same?.shifts.map(({ cluster }) => cluster)).toEqual(["high", "low", "middle"]);
  // A mean of 100 has a standard deviation of 0.1.
  for (const { shift } of same?.shifts ?? []) expect(shift).toBeLessThan(0.4);
});

test("a cluster that moved is distinguished from those that stayed", () => {
  const moved = compareRefit(model, around([0, 10, 20]), { earlier: around([0, 10, 23]), seed: 1 });
  const shifts = Object.fromEntries((moved?.shifts ?? []).map(({ cluster, shift }) => [cluster, shift]));
  expect(Math.abs(shifts["high"] - 3)).toBeLessThan(0.4);
  expect(shifts["low"]).toBeLessThan(0.4);
});

test("segments that lay elsewhere divide today's customers otherwise, and worse", () => {
  const [same, elsewhere] = [
    [0, 10, 20],
    [-20, 0, 20],
  ].map((places) => compareRefit(model, around([0, 10, 20]), { earlier: around(places), seed: 1 }));
  expect(elsewhere?.agreement).toBeLessThan(0.9);
  expect(elsewhere?.adjustedRand).toBeLessThan(0.9);
  expect(elsewhere?.silhouette).toBeLessThan((same?.silhouette ?? 0) - 0.1);
  // All of today's customers are on one side of what was once divided.
  expect(compareRefit(model, around([0, 10, 20]), { earlier: around([-300, -200, 10]), seed: 1 })?.silhouette).toBe(0);
});

test("the silhouette is that of today's customers in the earlier clusters, also where they are in two of three", () => {
  const today = around([0, 10]);
  const points = { nRows: 200, nCols: 1, data: Float64Array.from(today.x) };
  const labels = Int32Array.from(today.x, (x) => (x < 5 ? 0 : 1));
  const found = compareRefit(model, today, { earlier: around([0, 10, 300]), seed: 1 });
  expect(found?.silhouette).toBeCloseTo(silhouetteScore(points, labels), 12);
});

test("fewer customers than segments cannot be compared", () => {
  expect(compareRefit(model, around([0, 10, 20]), { earlier: { x: [1, 2] }, seed: 1 })).toBeUndefined();
});
