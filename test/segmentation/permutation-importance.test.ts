import { expect, test } from "vitest";
import { permutationImportance } from "../../src/segmentation/index.js";

const scaled = (name: string) => ({ name, transform: "none", mean: 0, standardDeviation: 1, weight: 1 }) as const;
const model = {
  scaler: [scaled("decisive"), scaled("idle")],
  centroids: [
    [0, 5],
    [10, 5],
  ],
};
const columns = {
  decisive: Array.from({ length: 1000 }, (_, i) => (i < 500 ? 0 : 10)),
  idle: Array.from({ length: 1000 }, (_, i) => i),
};

test("half of two equal segments change when what divides them is shuffled, and nobody when the rest is", () => {
  const [first, second] = permutationImportance(model, columns, { seed: 7, repeats: 20 });
  expect([first.feature, second.feature]).toEqual(["decisive", "idle"]);
  // The share of one shuffle has a standard deviation of 1.6 %, that of 20 of 0.4 %.
  expect(Math.abs(first.importance - 0.5)).toBeLessThan(0.015);
  expect(second.importance).toBe(0);
});

test("the same seed gives the same shares, and no repeats are refused", () => {
  expect(permutationImportance(model, columns, { seed: 7 })).toEqual(
    permutationImportance(model, columns, { seed: 7 }),
  );
  expect(permutationImportance(model, columns, { seed: 7 })).not.toEqual(
    permutationImportance(model, columns, { seed: 8 }),
  );
  expect(() => permutationImportance(model, columns, { seed: 7, repeats: 0 })).toThrow(RangeError);
});
