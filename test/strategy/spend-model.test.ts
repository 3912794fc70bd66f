import { describe, expect, test } from "vitest";
import { bernoulli, createRandom, gamma, normalQuantile } from "../../src/numeric/index.js";
import { mean, standardDeviation } from "../../src/numeric/stats.js";
import { detectableRise, detectableRises, sampleSizeForRise } from "../../src/strategy/experiments/detectable-rise.js";
import { SPEND_RISES, type SpendRise, spendModel } from "../../src/strategy/experiments/spend-model.js";

const random = createRandom(11);
const level = Array.from({ length: 4000 }, () => gamma(random, 0.8, 0.01));
const draw = () => level.map((own) => (bernoulli(random, own / (own + 80)) ? gamma(random, 1.5, 1.5 / own) : 0));
const spendBefore = draw();
const spend = draw();

/** The spend of 400,000 customers of the test group, drawn from the history with the rise made by hand. */
function raised(rise: SpendRise, by: number) {
  const own = createRandom(3).fork(rise);
  const buyers = spend.filter((amount) => amount > 0);
  const won = (by * buyers.length) / (spend.length - buyers.length);
  const rows = Array.from({ length: 400_000 }, () => Math.floor(own.uniform() * spend.length));
  const amounts = rows.map((row) => {
    if (rise === "larger purchases") return spend[row] * (1 + by);
    return spend[row] === 0 && bernoulli(own, won) ? buyers[Math.floor(own.uniform() * buyers.length)] : spend[row];
  });
  return { amounts, past: rows.map((row) => spendBefore[row]) };
}

describe.each(SPEND_RISES)("spend that rises by %s", (rise) => {
  const by = 0.4;
  const { amounts, past } = raised(rise, by);
  const covariance = (x: readonly number[], y: readonly number[]) => {
    const [mx, my] = [mean(x), mean(y)];
    return x.reduce((sum, value, i) => sum + (value - mx) * (y[i] - my), 0) / x.length;
  };
  const arms = { test: 1500, control: 500 };

  test("has the mean, variance and covariance of simulated customers", () => {
    const { test: own } = spendModel({ spend, spendBefore }, { rise, winsorizeAt: 1 }).moments(by, arms);
    expect(own.mean / mean(amounts)).toBeCloseTo(1, 2);
    expect(own.variance / standardDeviation(amounts) ** 2).toBeCloseTo(1, 1);
    expect(own.covariance / covariance(amounts, past)).toBeCloseTo(1, 1);
  });

  test("is capped at the quantile of both groups, in their sizes", () => {
    const sample = [...amounts.slice(0, 300_000), ...raised(rise, 0).amounts.slice(0, 100_000)].sort((a, b) => a - b);
    const cap = sample[Math.floor(0.95 * sample.length)];
    const capped = amounts.map((amount) => Math.min(amount, cap));
    const { test: own } = spendModel({ spend, spendBefore }, { rise, winsorizeAt: 0.95 }).moments(by, arms);
    expect(own.mean / mean(capped)).toBeCloseTo(1, 2);
    expect(own.variance / standardDeviation(capped) ** 2).toBeCloseTo(1, 1);
    expect(own.covariance / covariance(capped, past)).toBeCloseTo(1, 1);
  });

  test("is detected from the size that the customers needed say", () => {
    const model = spendModel({ spend, spendBefore }, { rise, winsorizeAt: 0.99 });
    const options = { alpha: 0.05, power: 0.8 };
    const n = Number(sampleSizeForRise(model, 0.1, options));
    const equal = (customers: number) => ({ test: customers, control: customers });
    expect(detectableRise(model, equal(n), options)).toBeLessThanOrEqual(0.1);
    expect(detectableRise(model, equal(n - 1), options)).toBeGreaterThan(0.1);
  });

  test("needs at least the customers of the formula with one variance for both groups", () => {
    const model = spendModel({ spend }, { rise, winsorizeAt: 1 });
    const inErrors = (normalQuantile(0.975) + normalQuantile(0.8)) * standardDeviation(spend, { ddof: 1 });
    const needed = (relativeEffect: number) =>
      Number(sampleSizeForRise(model, relativeEffect, { alpha: 0.05, power: 0.8 })) /
      (2 * (inErrors / (relativeEffect * mean(spend))) ** 2);
    expect(needed(0.3)).toBeGreaterThan(1.05);
    expect(needed(1e-6)).toBeCloseTo(1, 4);
  });
});

test("where everybody buys, no more can", () => {
  const model = spendModel({ spend: [1, 2, 3, 4] }, { rise: "more buyers", winsorizeAt: 1 });
  const options = { alpha: 0.05, power: 0.8 };
  expect(model.largestRise).toBe(0);
  expect(detectableRise(model, { test: 9, control: 9 }, options)).toBeNull();
  expect(sampleSizeForRise(model, 0.1, options)).toBeNull();
});

test("a rise is seen either way from where it is too large to be more buyers", () => {
  const options = { alpha: 0.05, power: 0.8 };
  const arms = { test: 100, control: 100 };
  const of = (spend: readonly number[]) => (rise: SpendRise) => spendModel({ spend }, { rise, winsorizeAt: 1 });
  const equal = (values: readonly number[]) => {
    const model = of(values);
    const [buyers, purchases] = SPEND_RISES.map((rise) => detectableRise(model(rise), arms, options));
    return { buyers, purchases, either: detectableRises(model, arms, options).eitherWay };
  };
  const usual = equal([0, 0, 0, 0, 0, 10, 12]);
  expect(usual.either).toBe(Math.max(Number(usual.buyers), Number(usual.purchases)));
  const most = equal([0, ...new Array(19).fill(10), 11]);
  expect(most.buyers).toBeNull();
  expect(most.either).toBe(Math.max(1 / 20, Number(most.purchases)));
  // Purchases that grow with past spend are seen at smaller rises than more buyers can make, whom past spend does not show.
  const columns = { spend: [0, 1, 2, 9], spendBefore: [0, 2, 1, 9] };
  const loyal = (rise: SpendRise) => spendModel(columns, { rise, winsorizeAt: 1 });
  const few = { test: 30, control: 30 };
  const { byRise, eitherWay } = detectableRises(loyal, few, options);
  expect(byRise["more buyers"]).toBeNull();
  expect(byRise["larger purchases"]).toBeLessThan(1 / 3);
  expect(eitherWay).toBe(loyal("more buyers").largestRise);
  expect(eitherWay).toBeCloseTo(1 / 3, 12);
  const hopeless = detectableRises(of([0, 0, 0, 0, 0, 0, 0, 0, 0, 9]), { test: 2, control: 2 }, options).eitherWay;
  expect(hopeless).toBeNull();
});
