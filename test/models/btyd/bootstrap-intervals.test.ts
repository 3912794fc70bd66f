import { expect, test } from "vitest";
import {
  bootstrapIntervals,
  expectedPurchases,
  expectedSpend,
  fitBetaGeo,
  fitGammaGamma,
  simulateHistories,
  simulateSpend,
} from "../../../src/models/btyd/index.js";
import { betaGeoWith, gammaGammaWith } from "../../golden/models-with.js";

const weeks = (value: number) => ({ value, unit: "weeks" }) as const;
const truth = betaGeoWith({ r: 0.8, alpha: 6, a: 0.8, b: 2.5 });
const ages = Float64Array.from({ length: 300 }, (_, i) => 30 + (i % 12));

test("intervals of outcomes cover what comes, in total and per customer, about as often as they say", () => {
  let totals = 0;
  let customers = 0;
  const rounds = 20;
  for (let seed = 0; seed < rounds; ++seed) {
    const drawn = simulateHistories(truth, ages, { seed, horizon: weeks(20) });
    const purchases = fitBetaGeo(drawn, { unit: "weeks" });
    const intervals = bootstrapIntervals({ purchases }, drawn, {
      horizon: weeks(20),
      seed: 100 + seed,
      replicates: 40,
      level: 0.8,
    });
    const total = drawn.future.reduce((sum, k) => sum + k, 0);
    if (intervals.total.lower <= total && total <= intervals.total.upper) ++totals;
    customers += drawn.future.filter((k, i) => intervals.lower[i] <= k && k <= intervals.upper[i]).length / ages.length;
  }
  // 80 % of 20 is 16, with a standard deviation of 1.8.
  expect(totals).toBeGreaterThanOrEqual(11);
  expect(totals).toBeLessThanOrEqual(19);
  // Counts are whole, so their intervals cover more.
  expect(customers / rounds).toBeGreaterThan(0.78);
});

test("intervals of expectations hold the parameters' uncertainty alone, and shrink with more customers", () => {
  const width = (copies: number) => {
    const many = Float64Array.from({ length: 300 * copies }, (_, i) => ages[i % 300]);
    const drawn = simulateHistories(truth, many, { seed: 5 });
    const purchases = fitBetaGeo(drawn, { unit: "weeks" });
    const options = { horizon: weeks(20), seed: 1, replicates: 40 };
    const mean = bootstrapIntervals({ purchases }, drawn, { ...options, of: "expectation" });
    const outcome = bootstrapIntervals({ purchases }, drawn, options);
    expect(mean.expected).toEqual(expectedPurchases(purchases, drawn, weeks(20)));
    expect(mean.total.upper - mean.total.lower).toBeLessThan(outcome.total.upper - outcome.total.lower);
    return (mean.total.upper - mean.total.lower) / mean.total.expected;
  };
  expect(width(8)).toBeLessThan(0.6 * width(1));
});

test("with a spend model the intervals are of money; one seed gives one answer", () => {
  const drawn = simulateHistories(truth, ages, { seed: 5 });
  const m_x = simulateSpend(gammaGammaWith({ p: 4, q: 3.5, v: 20 }), drawn.x, { seed: 6 });
  const purchases = fitBetaGeo(drawn, { unit: "weeks" });
  const spend = fitGammaGamma({ x: drawn.x, m_x });
  const options = { horizon: weeks(20), seed: 1, replicates: 20 };
  const found = bootstrapIntervals({ purchases, spend }, { ...drawn, m_x }, options);
  const value = expectedSpend(spend, { x: drawn.x, m_x });
  const wanted = expectedPurchases(purchases, drawn, weeks(20)).map((n, i) => n * value[i]);
  expect(found.expected).toEqual(wanted);
  expect(found.total.lower).toBeLessThan(found.total.expected);
  expect(found.total.upper).toBeGreaterThan(found.total.expected);
  expect(bootstrapIntervals({ purchases, spend }, { ...drawn, m_x }, options)).toEqual(found);
  expect(bootstrapIntervals({ purchases, spend }, { ...drawn, m_x }, { ...options, seed: 2 })).not.toEqual(found);
});

test("a row with a count stands for so many customers in the total", () => {
  const purchases = truth;
  const one = { x: [2], t_x: [20], T: [30] };
  const options = { horizon: weeks(20), seed: 1, replicates: 60 };
  const many = bootstrapIntervals({ purchases }, { ...one, counts: [50] }, options);
  const rows = { x: new Array(50).fill(2), t_x: new Array(50).fill(20), T: new Array(50).fill(30) };
  const single = bootstrapIntervals({ purchases }, rows, options);
  expect(many.total.expected).toBeCloseTo(single.total.expected, 9);
  expect(many.expected[0]).toBeCloseTo(single.expected[0], 12);
  expect(many.total.upper).toBeGreaterThan(10 * many.upper[0]);
});

test("bad options are refused", () => {
  const histories = { x: [2], t_x: [20], T: [30] };
  const run = (options: object) => () =>
    bootstrapIntervals({ purchases: truth }, histories, { horizon: weeks(20), seed: 1, ...options });
  expect(run({ seed: undefined })).toThrow(/seed is undefined, a whole number from 0 is needed/);
  expect(run({ level: 1 })).toThrow("Cannot bootstrap: level is 1, a share in (0, 1) is needed");
  expect(run({ replicates: 1 })).toThrow("Cannot bootstrap: replicates is 1, a whole number from 2 is needed");
  expect(() =>
    bootstrapIntervals({ purchases: truth, spend: gammaGammaWith({ p: 1, q: 2, v: 1 }) }, histories, {
      horizon: weeks(2),
      seed: 1,
    }),
  ).toThrow(TypeError);
});
