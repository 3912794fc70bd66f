import { expect, test } from "vitest";
import { meanRanks } from "../../src/segmentation/index.js";

test("mean ranks: ties share theirs, missing values have none, the mean of all is a half", () => {
  expect(meanRanks([5, 5, 5, 9], [0, 0, 1, 1], 2)).toEqual([1 / 3, 2 / 3]);
  expect(meanRanks([1, Number.NaN, 2], [0, 0, 1], 2)).toEqual([0, 1]);
  expect(meanRanks([1, Number.NaN], [0, 1], 2)).toEqual([0.5, Number.NaN]);
  const values = Array.from({ length: 100 }, (_, i) => (i * 37) % 11);
  expect(meanRanks(values, new Int32Array(100), 1)[0]).toBeCloseTo(0.5, 12);
  // Others than those in groups are ranked, and count in none.
  expect(meanRanks([1, 2, 3], [-1, -1, 0], 1)).toEqual([1]);
});
