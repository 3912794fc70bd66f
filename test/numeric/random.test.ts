import { describe, expect, it } from "vitest";
import {
  beta,
  createRandom,
  exponential,
  gamma,
  integer,
  normal,
  poisson,
  shuffled,
  weighted,
} from "../../src/numeric/random.js";
import { regularizedUpperGamma } from "../../src/numeric/special-functions.js";

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
const variance = (values: readonly number[]) => {
  const m = mean(values);
  return mean(values.map((value) => (value - m) ** 2));
};
const draws = (n: number, draw: () => number) => Array.from({ length: n }, draw);

/** Fails if a sample mean is further from the truth than chance allows: five standard errors. */
function expectMean(values: readonly number[], truth: number): void {
  expect(Math.abs(mean(values) - truth)).toBeLessThan(5 * Math.sqrt(variance(values) / values.length));
}

describe("createRandom", () => {
  it("repeats itself for the same seed and differs for another", () => {
    const [a, b, c] = [createRandom(7), createRandom(7), createRandom(8)];
    expect(draws(5, a.uniform)).toEqual(draws(5, b.uniform));
    expect(a.uniform()).not.toBe(c.uniform());
  });

  it("rejects a seed that is not an integer of at least 0", () => {
    for (const seed of [-1, 0.5, Number.NaN, 2 ** 53])
      expect(() => createRandom(seed)).toThrow(/expected an integer of at least 0/);
  });

  it("uses both halves of a seed", () => {
    expect(createRandom(2 ** 32 + 7).uniform()).not.toBe(createRandom(7).uniform());
  });

  it("forks sources that do not depend on what was drawn before", () => {
    const a = createRandom(7);
    const fork = a.fork("x").uniform();
    a.uniform();
    expect(a.fork("x").uniform()).toBe(fork);
    expect(a.fork("y").uniform()).not.toBe(fork);
  });

  it("gives each of 200,000 forks a stream of its own", () => {
    const random = createRandom(7);
    const firsts = new Set(Array.from({ length: 200_000 }, (_, i) => random.fork(i).uniform()));
    expect(firsts.size).toBe(200_000);
  });

  it("is uniform: 20 bins of 100,000 draws pass a chi-square test", () => {
    const random = createRandom(1);
    const bins = new Array<number>(20).fill(0);
    for (let i = 0; i < 100_000; ++i) ++bins[Math.floor(random.uniform() * 20)];
    const chi2 = bins.reduce((sum, count) => sum + (count - 5000) ** 2 / 5000, 0);
    expect(chi2).toBeLessThan(43.82); // the 99.9 % quantile with 19 degrees of freedom
  });
});

describe("draws", () => {
  const n = 50_000;
  const random = createRandom(3);

  it("have the mean of their distribution", () => {
    expectMean(
      draws(n, () => exponential(random, 0.5)),
      2,
    );
    expectMean(
      draws(n, () => normal(random)),
      0,
    );
    expectMean(
      draws(n, () => gamma(random, 0.4, 2)),
      0.2,
    );
    expectMean(
      draws(n, () => gamma(random, 7, 2)),
      3.5,
    );
    expectMean(
      draws(n, () => beta(random, 2, 3)),
      0.4,
    );
    expectMean(
      draws(n, () => poisson(random, 4.5)),
      4.5,
    );
    expectMean(
      draws(2000, () => poisson(random, 1200)),
      1200,
    );
    expectMean(
      draws(n, () => integer(random, 6)),
      2.5,
    );
    expectMean(
      draws(n, () => weighted(random, [1, 0, 3])),
      1.5,
    );
  });

  it.each([0.4, 1.5, 7])("draws from the gamma distribution of shape %d over its whole range", (shape) => {
    const random = createRandom(5);
    const sorted = draws(20_000, () => gamma(random, shape, 2)).sort((a, b) => a - b);
    const gaps = sorted.map((value, i) =>
      Math.abs(1 - regularizedUpperGamma(shape, 2 * value) - (i + 0.5) / sorted.length),
    );
    // Kolmogorov and Smirnov: chance alone gives more than 1.95 / sqrt(n) in one of a thousand.
    expect(Math.max(...gaps)).toBeLessThan(1.95 / Math.sqrt(sorted.length));
  });

  it("have the variance of their distribution", () => {
    expect(variance(draws(n, () => normal(random)))).toBeCloseTo(1, 1);
    expect(variance(draws(n, () => gamma(random, 4, 2))) / 1).toBeCloseTo(1, 1);
    expect(variance(draws(n, () => poisson(random, 3))) / 3).toBeCloseTo(1, 1);
  });

  it("shuffle without losing anything, and put every value everywhere", () => {
    const counts = [0, 0, 0];
    for (let i = 0; i < 30_000; ++i) {
      const order = shuffled(random, [0, 1, 2]);
      expect([...order].sort()).toEqual([0, 1, 2]);
      ++counts[order[0]];
    }
    for (const count of counts) expect(Math.abs(count - 10_000)).toBeLessThan(5 * Math.sqrt(30_000 * (2 / 9)));
  });
});
