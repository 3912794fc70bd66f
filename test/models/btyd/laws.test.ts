// What must hold for every model of purchases, whatever its parameters.
import { describe, expect, test } from "vitest";
import {
  expectedPurchases,
  expectedPurchasesOfNewCustomer,
  type Horizon,
  type PurchaseModel,
  probabilityAlive,
  probabilityNoOrder,
  purchaseDistribution,
  purchaseDistributionOfNewCustomer,
  simulateHistories,
} from "../../../src/models/btyd/index.js";
import {
  betaGeoBetaBinomialWith,
  betaGeoWith,
  modifiedBetaGeoWith,
  nbdWith,
  paretoNbdWith,
} from "../../golden/models-with.js";

const models: [string, PurchaseModel][] = [
  ["NBD", nbdWith({ r: 0.4, alpha: 12 })],
  ["BG/NBD", betaGeoWith({ r: 0.24, alpha: 4.4, a: 0.8, b: 2.4 })],
  ["BG/NBD with a = 1", betaGeoWith({ r: 2, alpha: 20, a: 1, b: 0.2 })],
  ["BG/NBD with a near 1", betaGeoWith({ r: 2, alpha: 20, a: 1 + 1e-9, b: 0.5 })],
  ["BG/NBD without dropout", betaGeoWith({ r: 0.7, alpha: 9, a: 1e-8, b: 1e8 })],
  ["MBG/NBD", modifiedBetaGeoWith({ r: 0.52, alpha: 6.2, a: 0.9, b: 1.6 })],
  ["Pareto/NBD", paretoNbdWith({ r: 0.55, alpha: 10.6, s: 0.6, beta: 11.7 })],
  ["Pareto/NBD with s = 1", paretoNbdWith({ r: 3, alpha: 10.6, s: 1, beta: 40 })],
  ["Pareto/NBD without dropout", paretoNbdWith({ r: 0.7, alpha: 9, s: 1e-8, beta: 1e8 })],
  ["BG/BB", betaGeoBetaBinomialWith({ alpha: 1.2, beta: 0.75, gamma: 0.66, delta: 2.8 })],
];
const histories = { x: [0, 1, 4, 12, 3, 6], t_x: [0, 3, 20, 38, 39, 7], T: [39, 39, 39, 39, 39, 39] };

describe.each(models)("%s", (_, model) => {
  const ahead = (value: number): Horizon => ({ value, unit: model.unit });

  test("probabilities lie in [0, 1] and expectations at 0 or above", () => {
    for (const values of [probabilityAlive(model, histories), probabilityNoOrder(model, histories, ahead(13))]) {
      for (const p of values) expect(p >= 0 && p <= 1).toBe(true);
    }
    for (const value of expectedPurchases(model, histories, ahead(13))) expect(value >= 0).toBe(true);
  });

  test("a horizon of 0 has no purchases", () => {
    expect(Array.from(expectedPurchases(model, histories, ahead(0)))).toEqual([0, 0, 0, 0, 0, 0]);
    for (const p of probabilityNoOrder(model, histories, ahead(0))) expect(p).toBeCloseTo(1, 14);
    expect(expectedPurchasesOfNewCustomer(model, ahead(0))).toBe(0);
  });

  test("a longer horizon holds more purchases, and fewer customers without any", () => {
    const spans = [1, 4, 13, 52, 520];
    const expected = spans.map((t) => expectedPurchases(model, histories, ahead(t)));
    const none = spans.map((t) => probabilityNoOrder(model, histories, ahead(t)));
    for (let k = 1; k < spans.length; ++k) {
      for (let i = 0; i < 6; ++i) {
        expect(expected[k][i]).toBeGreaterThan(expected[k - 1][i]);
        expect(none[k][i]).toBeLessThan(none[k - 1][i]);
      }
    }
  });

  test("P(any order) is at most the expected orders, and equal in the limit of short horizons", () => {
    for (const span of [1, 13, 520]) {
      const none = probabilityNoOrder(model, histories, ahead(span));
      expectedPurchases(model, histories, ahead(span)).forEach((orders, i) => {
        expect(orders / (1 - none[i])).toBeGreaterThanOrEqual(1 - 1e-9);
      });
    }
    if (model.unit === "opportunities") return;
    const none = probabilityNoOrder(model, histories, ahead(1e-4));
    expectedPurchases(model, histories, ahead(1e-4)).forEach((orders, i) => {
      if (orders > 1e-12) expect(orders / (1 - none[i])).toBeCloseTo(1, 3);
    });
  });

  test("the distribution of counts sums to 1 and has the expected mean", () => {
    const most = 1000;
    const known = purchaseDistribution(model, histories, { horizon: ahead(13), most });
    const expected = expectedPurchases(model, histories, ahead(13));
    const none = probabilityNoOrder(model, histories, ahead(13));
    const all = [...known, purchaseDistributionOfNewCustomer(model, { horizon: ahead(39), most })];
    const means = [...expected, expectedPurchasesOfNewCustomer(model, ahead(39))];
    all.forEach((distribution, i) => {
      expect(distribution.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 9);
      expect(distribution.reduce((sum, p, n) => sum + n * p, 0)).toBeCloseTo(means[i], 7);
      if (i < 6) expect(distribution[0]).toBeCloseTo(none[i], 12);
    });
  });

  test("simulated customers are alive, buy and stay away as often as the model says", () => {
    const n = 20_000;
    const T = new Array<number>(n).fill(30);
    const drawn = simulateHistories(model, T, { seed: 11, horizon: ahead(20) });
    const mean = (values: ArrayLike<number>) => Array.from(values).reduce((a, b) => a + b, 0) / n;
    const within = (found: number, wanted: number, spread: number) =>
      expect(Math.abs(found - wanted)).toBeLessThan((4.5 * spread) / Math.sqrt(n) + 1e-9);
    const deviation = (values: ArrayLike<number>) =>
      Math.sqrt(mean(Array.from(values, (v) => v * v)) - mean(values) ** 2);
    within(mean(drawn.x), expectedPurchasesOfNewCustomer(model, ahead(30)), deviation(drawn.x));
    within(mean(drawn.future), mean(expectedPurchases(model, drawn, ahead(20))), deviation(drawn.future));
    within(mean(drawn.future.map((k) => Number(k === 0))), mean(probabilityNoOrder(model, drawn, ahead(20))), 0.5);
    // probabilityAlive of the BG/BB looks at the next opportunity, one beyond what `alive` tells.
    if (model.kind !== "beta-geo-beta-binomial") within(mean(drawn.alive), mean(probabilityAlive(model, drawn)), 0.5);
    // And not only on average: the same among those who came back often.
    const often = Array.from(drawn.x.keys()).filter((i) => drawn.x[i] >= 3);
    const pick = (values: ArrayLike<number>) => Array.from(often, (i) => values[i]);
    const someone = { x: pick(drawn.x), t_x: pick(drawn.t_x), T: pick(drawn.T) };
    const silent = pick(drawn.future).filter((k) => k === 0).length / often.length;
    const wanted = probabilityNoOrder(model, someone, ahead(20)).reduce((a, b) => a + b, 0) / often.length;
    expect(often.length).toBeGreaterThan(100);
    expect(Math.abs(silent - wanted)).toBeLessThan(2.25 / Math.sqrt(often.length));
  });
});

test("without dropout every model is the NBD", () => {
  const weeks = { value: 13, unit: "weeks" } as const;
  const nbd = expectedPurchases(nbdWith({ r: 0.7, alpha: 9 }), histories, weeks);
  for (const [name, model] of models.filter(([name]) => name.endsWith("without dropout"))) {
    expectedPurchases(model, histories, weeks).forEach((value, i) => {
      expect(value, name).toBeCloseTo(nbd[i], 4);
    });
  }
});

test("the BG/NBD expectation is the papers' hypergeometric one, where that is usable", () => {
  // Fader, Hardie & Lee 2005, eq. 9, the series summed plainly.
  const [r, alpha, a, b, t] = [0.243, 4.414, 0.793, 2.426, 52];
  let term = 1;
  let F = 1;
  for (let n = 0; n < 3000; ++n) F += term *= (((r + n) * (b + n)) / ((a + b - 1 + n) * (1 + n))) * (t / (alpha + t));
  const wanted = ((a + b - 1) / (a - 1)) * (1 - (alpha / (alpha + t)) ** r * F);
  const model = betaGeoWith({ r, alpha, a, b });
  expect(expectedPurchasesOfNewCustomer(model, { value: t, unit: "weeks" })).toBeCloseTo(wanted, 11);
});
