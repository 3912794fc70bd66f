import { expect, test } from "vitest";
import { permutationTest } from "../../src/evaluation/index.js";
import { createRandom, normal } from "../../src/numeric/random.js";

test("permutationTest: the p-value is the share of all deals that are as extreme", () => {
  // Of 70 deals of eight values to two fours, only the given one and its mirror are as extreme.
  const { difference, statistic, pValue } = permutationTest([12, 15, 11, 18], [3, 5, 4, 2], {
    seed: 7,
    nPermutations: 40_000,
  });
  expect(difference).toBe(10.5);
  // 10.5 / √(10 / 4 + (5 / 3) / 4).
  expect(statistic).toBeCloseTo(10.5 / Math.sqrt(10 / 4 + 5 / 12), 10);
  expect(pValue).toBeCloseTo(2 / 70, 2);
});

test("permutationTest: swapping the groups or shifting all values changes the sign of the difference only", () => {
  const random = createRandom(2);
  const [a, b] = [6, 9].map((n) => Array.from({ length: n }, () => normal(random)));
  const plain = permutationTest(a, b, { seed: 1, nPermutations: 20_000 });
  const swapped = permutationTest(b, a, { seed: 1, nPermutations: 20_000 });
  expect(swapped.difference).toBeCloseTo(-plain.difference, 12);
  expect(swapped.pValue).toBeCloseTo(plain.pValue, 1);
  const far = (values: number[]) => values.map((value) => value + 1e6);
  expect(permutationTest(far(a), far(b), { seed: 1, nPermutations: 20_000 }).pValue).toBeCloseTo(plain.pValue, 2);
});

test("permutationTest: equal groups have a p-value of 1, and one seed gives one p-value", () => {
  expect(permutationTest([3, 3, 3], [3, 3], { seed: 1 })).toEqual({
    difference: 0,
    statistic: 0,
    pValue: 1,
    nPermutations: 5000,
  });
  const run = (seed: number) => permutationTest([1, 4, 2], [2, 9, 4, 3], { seed, nPermutations: 99 });
  expect(run(3)).toEqual(run(3));
});

test("permutationTest: of 100 against 900 skewed amounts from one distribution, one in twenty has p below 0.05", () => {
  let rejected = 0;
  for (let round = 0; round < 400; ++round) {
    const random = createRandom(round + 1);
    const [a, b] = [100, 900].map((n) => Array.from({ length: n }, () => Math.exp(1.5 * normal(random))));
    if (permutationTest(a, b, { seed: round, nPermutations: 199 }).pValue <= 0.05) ++rejected;
  }
  // Within three standard errors.
  expect(Math.abs(rejected / 400 - 0.05)).toBeLessThan(0.033);
});

test("permutationTest rejects groups of one and values that are no numbers", () => {
  expect(() => permutationTest([1], [1, 2], { seed: 1 })).toThrow(
    "Cannot compute permutationTest: a has 1 values; expected at least 2",
  );
  expect(() => permutationTest([1, Number.NaN], [1, 2], { seed: 1 })).toThrow("a[1] is NaN");
  expect(() => permutationTest([1, 2], [1, 2], { seed: 1, nPermutations: 0 })).toThrow("nPermutations is 0");
});
