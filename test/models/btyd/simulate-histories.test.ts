import { expect, test } from "vitest";
import { simulateHistories, simulateSpend } from "../../../src/models/btyd/index.js";
import { betaGeoWith, gammaGammaWith, modifiedBetaGeoWith, nbdWith } from "../../golden/models-with.js";

const ages = Float64Array.from({ length: 4000 }, (_, i) => 20 + (i % 20));
const model = betaGeoWith({ r: 0.8, alpha: 6, a: 0.9, b: 2.5 });
const mean = (values: ArrayLike<number>) => Array.from(values).reduce((a, b) => a + b, 0) / values.length;

test("one seed gives one world, another seed another", () => {
  const horizon = { value: 10, unit: "weeks" } as const;
  expect(simulateHistories(model, ages, { seed: 3, horizon })).toEqual(
    simulateHistories(model, ages, { seed: 3, horizon }),
  );
  expect(simulateHistories(model, ages, { seed: 4 }).x).not.toEqual(simulateHistories(model, ages, { seed: 3 }).x);
  const spend = gammaGammaWith({ p: 4, q: 3.5, v: 20 });
  expect(simulateSpend(spend, [2, 3], { seed: 3 })).toEqual(simulateSpend(spend, [2, 3], { seed: 3 }));
  expect(simulateSpend(spend, [2, 3], { seed: 4 })).not.toEqual(simulateSpend(spend, [2, 3], { seed: 3 }));
});

test("what comes after T does not change what came before", () => {
  const now = simulateHistories(model, ages, { seed: 3 });
  const later = simulateHistories(modifiedBetaGeoWith(model.parameters), ages, { seed: 3 });
  expect(now.future.every((count) => count === 0)).toBe(true);
  for (const { x, t_x, T } of [now, later]) {
    for (let i = 0; i < x.length; ++i) {
      expect(x[i] === 0 ? t_x[i] === 0 : 0 < t_x[i] && t_x[i] <= T[i]).toBe(true);
    }
  }
  // Under the modified model some leave with their first purchase, and the others buy as before.
  expect(mean(later.alive)).toBeLessThan(mean(now.alive) - 0.1);
  expect(Array.from(now.T)).toEqual(Array.from(ages));
});

test("each row has its own covariates, which come back with the histories", () => {
  const twice = { ...nbdWith({ r: 2, alpha: 20 }), coefficients: { lambda: { busy: Math.log(4) } } };
  const covariates = { busy: Array.from(ages, (_, i) => i % 2) };
  const drawn = simulateHistories(twice, ages, { seed: 5, covariates });
  expect(drawn.covariates).toBe(covariates);
  const rate = (kind: number) => {
    const rows = Array.from(ages.keys()).filter((i) => i % 2 === kind);
    return mean(rows.map((i) => drawn.x[i])) / mean(rows.map((i) => ages[i]));
  };
  expect(rate(1) / rate(0)).toBeCloseTo(4, 0);
  expect(rate(0)).toBeCloseTo(0.1, 2);
  expect("covariates" in simulateHistories(model, ages, { seed: 5 })).toBe(false);
});

test("spend is a mean over purchases: 0 without any, p v / (q - 1) on average, and steadier the more there are", () => {
  const spend = gammaGammaWith({ p: 4, q: 6, v: 20 });
  const means = (x: number) => simulateSpend(spend, new Float64Array(6000).fill(x), { seed: 6 });
  expect(new Set(means(0))).toEqual(new Set([0]));
  const spreadOf = (values: Float64Array) => mean(values.map((value) => (value - mean(values)) ** 2));
  for (const x of [1, 8]) {
    // Variance: that of the scale between customers, p² v² / ((q - 1)² (q - 2)), and of x purchases within.
    const wanted = (80 ** 2 / (25 * 4)) * (1 + 5 / (4 * x));
    expect(mean(means(x))).toBeCloseTo(16, 0);
    expect(spreadOf(means(x)) / wanted).toBeGreaterThan(0.85);
    expect(spreadOf(means(x)) / wanted).toBeLessThan(1.15);
  }
});
