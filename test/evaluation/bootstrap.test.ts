import { describe, expect, test } from "vitest";
import { bootstrapInterval, meanAbsoluteError, pairedComparison, rocAucScore } from "../../src/evaluation/index.js";
import { bernoulli, createRandom, exponential, normal } from "../../src/numeric/random.js";
import { logistic, mean } from "../../src/numeric/stats.js";

const meanOf = ({ values }: { values: Float64Array }) => mean(values);

describe("bootstrapInterval", () => {
  const random = createRandom(1);
  const values = Array.from({ length: 400 }, () => normal(random));

  test("the standard error of a mean is sd / √n, and the interval lies around the value", () => {
    const { value, lower, upper, standardError } = bootstrapInterval({ values }, meanOf, { seed: 1 });
    expect(value).toBeCloseTo(mean(values), 12);
    expect(standardError).toBeCloseTo(1 / 20, 2);
    expect(value - lower).toBeCloseTo(1.96 / 20, 1);
    expect(upper - value).toBeCloseTo(1.96 / 20, 1);
  });

  test("one seed gives one interval, another seed another", () => {
    const run = (seed: number) => bootstrapInterval({ values }, meanOf, { seed, nResamples: 50 });
    expect(run(3)).toEqual(run(3));
    expect(run(3)).not.toEqual(run(4));
  });

  test("a higher level gives a wider interval", () => {
    const width = (level: number) => {
      const { lower, upper } = bootstrapInterval({ values }, meanOf, { seed: 1, level, nResamples: 300 });
      return upper - lower;
    };
    expect(width(0.99)).toBeGreaterThan(width(0.8));
  });

  test("rows of one customer are drawn together, which is wider where they are alike", () => {
    const customers = values.flatMap((_, i) => [i, i, i, i]);
    const repeated = { values: values.flatMap((value) => [value, value, value, value]) };
    const alone = bootstrapInterval(repeated, meanOf, { seed: 1, nResamples: 300 });
    const together = bootstrapInterval(repeated, meanOf, { seed: 1, nResamples: 300, groups: customers });
    expect(together.standardError / alone.standardError).toBeCloseTo(2, 0);
  });

  test("bca moves with skewness: its interval of a skewed mean lies higher", () => {
    const skewed = { values: Array.from({ length: 60 }, () => exponential(random, 1) ** 2) };
    const percentile = bootstrapInterval(skewed, meanOf, { seed: 2 });
    const bca = bootstrapInterval(skewed, meanOf, { seed: 2, method: "bca" });
    expect(bca.lower).toBeGreaterThan(percentile.lower);
    expect(bca.upper).toBeGreaterThan(percentile.upper);
  });

  test("bca: resamples that tie with the value count half, so that a symmetric metric keeps its percentiles", () => {
    const coins = { values: Array.from({ length: 40 }, (_, i) => i % 2) };
    const percentile = bootstrapInterval(coins, meanOf, { seed: 3, nResamples: 4000 });
    const bca = bootstrapInterval(coins, meanOf, { seed: 3, nResamples: 4000, method: "bca" });
    expect(percentile).toMatchObject({ value: 0.5, lower: 0.35, upper: 0.65 });
    expect([bca.lower, bca.upper]).toEqual([percentile.lower, percentile.upper]);
  });

  test("percentile intervals have about the nominal coverage", () => {
    let held = 0;
    for (let run = 0; run < 200; ++run) {
      const own = createRandom(1000 + run);
      const sample = { values: Array.from({ length: 80 }, () => normal(own)) };
      const { lower, upper } = bootstrapInterval(sample, meanOf, { seed: run, level: 0.9, nResamples: 200 });
      if (lower <= 0 && 0 <= upper) ++held;
    }
    expect(held / 200).toBeGreaterThan(0.83);
    expect(held / 200).toBeLessThan(0.96);
  });

  test("resamples without a positive are left out and counted", () => {
    const columns = { yTrue: [1, 0, 0, 0], yScore: [0.9, 0.2, 0.1, 0.3] };
    const auc = (c: { yTrue: Float64Array; yScore: Float64Array }) => rocAucScore(c.yTrue, c.yScore);
    const { value, nUndefined } = bootstrapInterval(columns, auc, { seed: 1, nResamples: 400 });
    expect(value).toBe(1);
    expect(nUndefined / 400).toBeCloseTo(0.75 ** 4, 1);
  });

  test("rejects bad input; other errors pass through", () => {
    const options = { seed: 1, nResamples: 10 };
    expect(() => bootstrapInterval({ values: [] }, meanOf, options)).toThrow("there are no rows");
    expect(() => bootstrapInterval({ a: [1], b: [1, 2] }, () => 1, options)).toThrow("lengths differ");
    expect(() => bootstrapInterval({ values }, meanOf, { ...options, level: 1 })).toThrow("level is 1");
    expect(() => bootstrapInterval({ values }, meanOf, { ...options, nResamples: 1 })).toThrow("nResamples is 1");
    expect(bootstrapInterval({ values }, meanOf, { ...options, nResamples: 2 }).nResamples).toBe(2);
    expect(() => bootstrapInterval({ values }, meanOf, { ...options, groups: [1] })).toThrow("groups has 1");
    // @ts-expect-error a seed is required
    expect(() => bootstrapInterval({ values }, meanOf, {})).toThrow("seed is undefined; expected an integer");
    const broken = () => {
      throw new TypeError("a bug");
    };
    expect(() => bootstrapInterval({ values }, broken, options)).toThrow("a bug");
  });
});

describe("pairedComparison", () => {
  const random = createRandom(8);
  const logOdds = Array.from({ length: 800 }, () => normal(random));
  const columns = {
    yTrue: logOdds.map((eta) => (bernoulli(random, logistic(2 * eta)) ? 1 : 0)),
    noisy: logOdds.map((eta) => eta + 1.5 * normal(random)),
    clean: logOdds,
  };
  const auc = (name: "noisy" | "clean") => (c: { readonly [n in keyof typeof columns]: Float64Array }) =>
    rocAucScore(c.yTrue, c[name]);

  test("separates two models better than their separate intervals do", () => {
    const { first, second, difference, shareSecondLarger } = pairedComparison(columns, [auc("noisy"), auc("clean")], {
      seed: 4,
      nResamples: 300,
    });
    expect(second).toBeGreaterThan(first);
    expect(difference.value).toBeCloseTo(second - first, 12);
    expect(difference.lower).toBeGreaterThan(0);
    expect(shareSecondLarger).toBeGreaterThan(0.99);
    const alone = bootstrapInterval(columns, auc("noisy"), { seed: 4, nResamples: 300 });
    const other = bootstrapInterval(columns, auc("clean"), { seed: 4, nResamples: 300 });
    expect(difference.standardError).toBeLessThan(Math.hypot(alone.standardError, other.standardError));
  });

  test("the shares in which either model is the larger add up to 1", () => {
    const shareOf = (pair: readonly ["noisy" | "clean", "noisy" | "clean"]) =>
      pairedComparison(columns, [auc(pair[0]), auc(pair[1])], { seed: 4, nResamples: 50 }).shareSecondLarger;
    expect(shareOf(["clean", "noisy"])).toBeCloseTo(1 - shareOf(["noisy", "clean"]), 12);
  });

  test("a model compared with itself has difference 0", () => {
    const error = ({ a, b }: { a: Float64Array; b: Float64Array }) => meanAbsoluteError(a, b);
    const same = pairedComparison({ a: [1, 2, 3], b: [2, 2, 2] }, [error, error], { seed: 4, nResamples: 20 });
    expect(same.difference).toMatchObject({ value: 0, lower: 0, upper: 0 });
    expect(same.shareSecondLarger).toBe(0.5);
  });
});
