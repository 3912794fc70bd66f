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
import { standardDeviation } from "../../../src/numeric/stats.js";
import { betaGeoWith, gammaGammaWith, nbdWith } from "../../golden/models-with.js";

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

test("spend to come is that of the customer, as far as it is known, not that of the population", () => {
  const spend = gammaGammaWith({ p: 4, q: 3.5, v: 20 });
  const histories = { x: [20], t_x: [29], T: [30], m_x: [500], counts: [600] };
  const options = { horizon: weeks(50), seed: 3, replicates: 30, level: 0.02 };
  const { total, expected } = bootstrapIntervals({ purchases: truth, spend }, histories, options);
  // The population spends 32 on a purchase, this customer 486.
  const each = expectedSpend(spend, { x: [20], m_x: [500] })[0];
  expect(expected[0] / each).toBeCloseTo(expectedPurchases(truth, histories, weeks(50))[0], 10);
  expect(Math.abs(total.lower / total.expected - 1)).toBeLessThan(0.03);
});

test("the spend model is refitted in every replicate", () => {
  const purchases = nbdWith({ r: 6, alpha: 60 });
  const spend = gammaGammaWith({ p: 0.6, q: 1.9, v: 20 });
  const histories = { x: ages.map(() => 0), t_x: ages.map(() => 0), T: ages };
  const options = { horizon: weeks(20), seed: 3, replicates: 100, of: "expectation", level: 0.68 } as const;
  const width = ({ total }: { total: { lower: number; upper: number; expected: number } }) =>
    (total.upper - total.lower) / 2 / total.expected;
  const counted = width(bootstrapIntervals({ purchases }, histories, options));
  const valued = width(bootstrapIntervals({ purchases, spend }, { ...histories, m_x: ages }, options));
  // How uncertain the mean of so few buyers is, found without the intervals.
  const x = simulateHistories(purchases, ages, { seed: 90 }).x;
  const means = Array.from({ length: 60 }, (_, seed) => {
    const { populationMean } = fitGammaGamma({ x, m_x: simulateSpend(spend, x, { seed }) });
    return Math.log(populationMean / spend.populationMean);
  });
  const alone = standardDeviation(means);
  expect(valued / Math.hypot(counted, alone)).toBeGreaterThan(0.75);
  expect(valued / Math.hypot(counted, alone)).toBeLessThan(1.35);
  expect(alone).toBeGreaterThan(1.2 * counted);
});

test("covariates act on the simulated customers, on the fits to them and on what they do next", () => {
  const purchases = { ...truth, coefficients: { lambda: { channel: -2 } } };
  const covariates = { channel: [0, 1] };
  const two = { x: [2, 2], t_x: [25, 25], T: [30, 30], covariates, counts: [300, 60] };
  const options = { horizon: weeks(20), seed: 8, replicates: 60, of: "expectation" } as const;
  const found = bootstrapIntervals({ purchases }, two, options);
  expect(found.expected).toEqual(expectedPurchases(purchases, two, weeks(20)));
  for (const i of [0, 1]) {
    expect(found.lower[i]).toBeLessThan(found.expected[i]);
    expect(found.upper[i]).toBeGreaterThan(found.expected[i]);
  }
  const width = (i: number) => (found.upper[i] - found.lower[i]) / found.expected[i];
  expect(found.lower[0]).toBeGreaterThan(found.upper[1]);
  // Of the channel that few came by, less is known.
  expect(width(1)).toBeGreaterThan(width(0));
  const spread = <T>(values: readonly T[]) => values.flatMap((value, i) => new Array<T>(two.counts[i]).fill(value));
  const rows = { x: spread(two.x), t_x: spread(two.t_x), T: spread(two.T) };
  const alone = bootstrapIntervals(
    { purchases },
    { ...rows, covariates: { channel: spread(covariates.channel) } },
    options,
  );
  expect([alone.lower[0], alone.lower[300]]).toEqual(Array.from(found.lower));
  expect(alone.total.upper).toBeCloseTo(found.total.upper, 8);
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

test("rejects invalid options", () => {
  const histories = { x: [2], t_x: [20], T: [30] };
  const run = (options: object) => () =>
    bootstrapIntervals({ purchases: truth }, histories, { horizon: weeks(20), seed: 1, ...options });
  expect(run({ seed: undefined })).toThrow(/seed is undefined; expected an integer of at least 0/);
  expect(run({ level: 1 })).toThrow("Cannot bootstrap: level is 1; expected a share in (0, 1)");
  expect(run({ of: "mean" })).toThrow('Cannot bootstrap: of is "mean"; expected "outcome" or "expectation"');
  expect(run({ replicates: 1 })).toThrow("Cannot bootstrap: replicates is 1; expected an integer of at least 2");
  expect(() =>
    bootstrapIntervals({ purchases: truth, spend: gammaGammaWith({ p: 1, q: 2, v: 1 }) }, histories, {
      horizon: weeks(2),
      seed: 1,
    }),
  ).toThrow(TypeError);
});

test("the total of a row that stands for several customers holds each of them once", () => {
  // Rates are nearly the same for all, so that a customer buys 10,000 times within a few percent.
  const purchases = nbdWith({ r: 1e7, alpha: 1e5 });
  const many = { x: [10_000], t_x: [100], T: [100], counts: [3] };
  const { expected, lower, upper, total } = bootstrapIntervals({ purchases }, many, {
    horizon: weeks(100),
    seed: 3,
    replicates: 20,
  });
  expect(expected[0] / 10_000).toBeCloseTo(1, 2);
  expect([lower[0] / 10_000, upper[0] / 10_000]).toEqual([expect.closeTo(1, 1), expect.closeTo(1, 1)]);
  for (const value of [total.expected, total.lower, total.upper]) expect(value / 30_000).toBeCloseTo(1, 1);
});
