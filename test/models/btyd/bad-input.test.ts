import { describe, expect, test } from "vitest";
import {
  continuousDiscountRate,
  customerLifetimeValue,
  discountedExpectedPurchases,
  discountedExpectedRenewals,
  expectedPurchases,
  expectedPurchasesOfNewCustomer,
  expectedSpend,
  fitBetaGeo,
  fitBetaGeoBetaBinomial,
  fitGammaGamma,
  fitModifiedBetaGeo,
  fitNbd,
  fitParetoNbd,
  fitShiftedBetaGeometric,
  holdoutTable,
  likelihoodRatioTest,
  probabilityAlive,
  purchaseDistribution,
  retentionRate,
  simulateHistories,
  simulateSpend,
  trackPurchases,
} from "../../../src/models/btyd/index.js";
import { betaGeoBetaBinomialWith, betaGeoWith, gammaGammaWith, paretoNbdWith } from "../../golden/models-with.js";

const weeks = { unit: "weeks" } as const;
const bg = betaGeoWith({ r: 0.24, alpha: 4.4, a: 0.8, b: 2.4 });
const pareto = paretoNbdWith({ r: 0.55, alpha: 10.6, s: 0.6, beta: 11.7 });
const one = { x: [1], t_x: [3], T: [9] };

describe.each([
  ["BG/NBD", fitBetaGeo],
  ["MBG/NBD", fitModifiedBetaGeo],
  ["Pareto/NBD", fitParetoNbd],
  ["NBD", fitNbd],
])("fitting %s", (title, fitModel) => {
  test.each([
    [{ x: [1, 2], t_x: [3], T: [9, 9] }, "lengths differ, x has 2 and t_x has 1; pass one value per customer"],
    [{ x: [], t_x: [], T: [] }, "there are no customers; expected at least one"],
    [{ x: [1, 2], t_x: [3, 10], T: [9, 9] }, "t_x is 10 and T is 9 in row 1; expected 0 <= t_x <= T"],
    [{ x: [1, Number.NaN], t_x: [3, 3], T: [9, 9] }, "x is NaN in row 1; expected an integer of at least 0"],
    [{ x: [1.5], t_x: [3], T: [9] }, "x is 1.5 in row 0; expected an integer of at least 0"],
    [{ x: [1], t_x: [Number.NaN], T: [9] }, "t_x is NaN and T is 9 in row 0; expected 0 <= t_x <= T"],
    [
      { x: [1], t_x: [3], T: [Number.POSITIVE_INFINITY] },
      "T is Infinity in row 0; expected a finite number of at least 0",
    ],
    [{ x: [0], t_x: [3], T: [9] }, "x is 0 and t_x is 3 in row 0; expected t_x = 0 exactly where x is 0"],
    [{ x: [2], t_x: [0], T: [9] }, "x is 2 and t_x is 0 in row 0; expected t_x = 0 exactly where x is 0"],
    [{ ...one, counts: [0] }, "counts is 0 in row 0; expected a number greater than 0"],
    [{ x: [0, 0], t_x: [0, 0], T: [9, 8] }, "no customer has a repeat purchase; expected at least one"],
  ])("refuses %j", (histories, problem) => {
    expect(() => fitModel(histories, weeks)).toThrow(new RangeError(`Cannot fit ${title}: ${problem}`));
  });
});

test("customers of the last day, with T = 0, are no bad input", () => {
  const newest = { x: [0], t_x: [0], T: [0] };
  expect(probabilityAlive(pareto, newest)[0]).toBe(1);
  const horizon = { value: 26, ...weeks };
  expect(expectedPurchases(pareto, newest, horizon)[0]).toBeCloseTo(
    expectedPurchasesOfNewCustomer(pareto, horizon),
    12,
  );
});

test("fits report missing columns by name", () => {
  const others = { frequency: [1], recency: [3], T: [9] } as unknown as typeof one;
  expect(() => fitBetaGeo(others, weeks)).toThrow(new TypeError("Cannot fit BG/NBD: x is missing; expected an array"));
});

test("fits reject a missing unit of time", () => {
  expect(() => fitBetaGeo(one, {} as { unit: "weeks" })).toThrow(
    'Cannot fit BG/NBD: unit is undefined; expected "days" or "weeks"',
  );
});

test("rejects covariates that are missing, unknown, constant or not numeric, by name", () => {
  const histories = { x: [1, 2], t_x: [3, 4], T: [9, 9] };
  const withValues = (age: number[]) => ({ ...histories, covariates: { age } });
  expect(() => fitBetaGeo(withValues([1, Number.NaN]), weeks)).toThrow(/covariate "age" is NaN in row 1/);
  expect(() => fitBetaGeo(withValues([3, 3]), weeks)).toThrow(/covariate "age" is 3 in every row/);
  expect(() => fitBetaGeo(withValues([3, 4]), { ...weeks, covariates: { lambda: ["aeg"] } })).toThrow(
    'Cannot fit BG/NBD: there is no covariate "aeg"; the histories have age',
  );
  expect(() => fitBetaGeo(withValues([3, 4]), { ...weeks, covariates: { dropout: ["age", "age"] } })).toThrow(
    'Cannot fit BG/NBD: covariate "age" is named twice in dropout; remove one',
  );
  const misspelt = { lamda: ["age"] } as object;
  expect(() => fitBetaGeo(withValues([3, 4]), { ...weeks, covariates: misspelt })).toThrow(
    "Cannot fit BG/NBD: covariates.lamda is not a group; expected lambda or dropout",
  );
  expect(() => fitNbd(withValues([3, 4]), { ...weeks, covariates: { dropout: ["age"] } })).toThrow(
    "Cannot fit NBD: covariates age act on dropout, which the NBD does not have; use a model with dropout",
  );
  expect(() => fitNbd(withValues([3, 4]), { ...weeks, covariates: { lambda: ["aeg"] } })).toThrow(
    'Cannot fit NBD: there is no covariate "aeg"; the histories have age',
  );
  expect(() => fitBetaGeoBetaBinomial({ ...withValues([3, 4]), t_x: [3, 4] })).toThrow(
    "Cannot fit BG/BB: covariates age are not supported; remove them from the histories",
  );
  const model = { ...bg, coefficients: { lambda: { age: 1 } } };
  expect(() =>
    expectedPurchasesOfNewCustomer(model, { value: 1, unit: "weeks" }, { covariates: { age: Number.NaN } }),
  ).toThrow('Cannot expect purchases: covariate "age" is NaN; expected a finite number');
  expect(() => simulateHistories(model, [3, 4], { seed: 1, covariates: { age: [1] } })).toThrow(
    'Cannot simulate histories: covariate "age" has 1 values; expected 2, one per customer',
  );
  expect(() => simulateHistories(model, [3, 4], { seed: 1, covariates: { age: [1, Number.NaN] } })).toThrow(
    'Cannot simulate histories: covariate "age" is NaN in row 1; expected a finite number',
  );
  expect(() => expectedPurchases(model, one, { value: 1, unit: "weeks" })).toThrow(
    'Cannot expect purchases: the histories lack the covariates "age"; the model was fitted with them',
  );
});

test("rejects a horizon that is negative, infinite or in an unknown unit", () => {
  const at = (horizon: unknown) => () => expectedPurchases(bg, one, horizon as { value: number; unit: "weeks" });
  expect(at({ value: -1, unit: "weeks" })).toThrow("horizon is -1 weeks; expected a finite number of at least 0");
  expect(at({ value: Number.NaN, unit: "weeks" })).toThrow(RangeError);
  expect(at({ value: 1, unit: "opportunities" })).toThrow('horizon is in "opportunities" and the model in "weeks"');
  expect(at({ value: 1, unit: "fortnights" })).toThrow('the unit of the horizon is "fortnights"');
  const discrete = betaGeoBetaBinomialWith({ alpha: 1, beta: 1, gamma: 1, delta: 1 });
  expect(() => expectedPurchases(discrete, one, { value: 1.5, unit: "opportunities" })).toThrow(/expected an integer/);
  expect(() => expectedPurchases(discrete, { x: [4], t_x: [3], T: [9] }, { value: 1, unit: "opportunities" })).toThrow(
    "x is 4, t_x is 3 and T is 9 in row 0; expected integers with x <= t_x <= T",
  );
  expect(() => fitBetaGeoBetaBinomial({ x: [1], t_x: [1.5], T: [6] })).toThrow(/expected integers/);
});

test("a horizon counts the same in any unit", () => {
  const value = (horizon: { value: number; unit: "days" | "weeks" | "months" | "years" }) =>
    expectedPurchases(bg, one, horizon)[0];
  expect(value({ value: 14, unit: "days" })).toBeCloseTo(value({ value: 2, unit: "weeks" }), 12);
  expect(value({ value: 24, unit: "months" })).toBeCloseTo(value({ value: 2, unit: "years" }), 12);
  expect(value({ value: 1, unit: "years" })).toBeCloseTo(value({ value: 365.25, unit: "days" }), 12);
});

describe("spend", () => {
  test("fitGammaGamma rejects spend of 0 or less, or excludes and counts it", () => {
    const histories = { x: [1, 2, 3, 0, 4], m_x: [10, 0, 12, 0, -5] };
    expect(() => fitGammaGamma(histories)).toThrow(
      'Cannot fit Gamma-Gamma: m_x is 0 in row 1 and not positive for 2 customers; use withoutSpend: "leave-out" to exclude them',
    );
    const model = fitGammaGamma(histories, { withoutSpend: "leave-out" });
    expect(model.leftOut).toEqual({ withoutPurchases: 1, withoutSpend: 2 });
    const counts = histories.x.map((count) => (count === 0 ? 7 : 2));
    const shared = fitGammaGamma({ ...histories, counts }, { withoutSpend: "leave-out" });
    expect(shared.leftOut).toEqual({ withoutPurchases: 7, withoutSpend: 4 });
    expect(model.customers).toBe(2);
  });

  test("rejects missing spend and customers without purchases", () => {
    expect(() => fitGammaGamma({ x: [1], m_x: [Number.NaN] })).toThrow(/m_x is NaN in row 0/);
    expect(() => fitGammaGamma({ x: [0, 0], m_x: [0, 0] })).toThrow(/no customer has a repeat purchase/);
    expect(() => fitGammaGamma({ x: [], m_x: [] })).toThrow(/no customer has a repeat purchase/);
    expect(() => fitGammaGamma({ x: [1, 2], m_x: [1] })).toThrow(/lengths differ/);
    expect(() => fitGammaGamma({ x: [-1], m_x: [1] })).toThrow(/x is -1 in row 0/);
    expect(() => fitGammaGamma({ x: [1, 2], m_x: [1, 2], counts: [1, 0] })).toThrow(/counts is 0 in row 1/);
    const model = gammaGammaWith({ p: 6, q: 4, v: 15 });
    for (const [x, m_x, problem] of [
      [1, -1, "m_x is -1 in row 0; expected a finite number of at least 0"],
      [1, Infinity, "m_x is Infinity in row 0; expected a finite number of at least 0"],
      [-1, 1, "x is -1 in row 0; expected an integer of at least 0"],
      [1.5, 1, "x is 1.5 in row 0; expected an integer of at least 0"],
      [Number.NaN, 1, "x is NaN in row 0; expected an integer of at least 0"],
    ] as const) {
      expect(() => expectedSpend(model, { x: [x], m_x: [m_x] })).toThrow(`Cannot compute expectedSpend: ${problem}`);
    }
    for (const x of [Number.NaN, -1, 1.5, Infinity]) {
      expect(() => simulateSpend(model, [2, x], { seed: 1 })).toThrow(
        `Cannot simulate spend: x is ${x} in row 1; expected an integer of at least 0`,
      );
    }
  });

  test("with q at most 1 falls back on the mean over the purchases seen, and says so", () => {
    const x = Float64Array.from({ length: 500 }, (_, i) => 1 + (i % 4));
    const m_x = simulateSpend(gammaGammaWith({ p: 4, q: 0.6, v: 5 }), x, { seed: 1 });
    const model = fitGammaGamma({ x, m_x });
    expect(model.parameters.q).toBeLessThan(1);
    expect(model.boundary).toEqual({ code: "infinite_mean_spend", q: model.parameters.q });
    expect(model.populationMeanFrom).toBe("purchases");
    expect(model.populationMean).toBeCloseTo(
      m_x.reduce((sum, m, i) => sum + m * x[i], 0) / x.reduce((a, b) => a + b, 0),
      6,
    );
    const value = expectedSpend(model, { x: [0, 3], m_x: [0, 50] });
    expect(value[0]).toBe(model.populationMean);
    expect(value[1] > 0 && Number.isFinite(value[1])).toBe(true);
  });
});

test("rejects a missing seed", () => {
  expect(() => simulateHistories(bg, [30], {} as { seed: number })).toThrow(/seed is undefined/);
  expect(() => simulateHistories(bg, [-1], { seed: 1 })).toThrow(
    "T is -1 in row 0; expected a finite number of at least 0",
  );
  expect(() => simulateHistories(bg, [1, Infinity], { seed: 1 })).toThrow(
    "T is Infinity in row 1; expected a finite number",
  );
  const discrete = betaGeoBetaBinomialWith({ alpha: 1, beta: 1, gamma: 1, delta: 1 });
  expect(() => simulateHistories(discrete, [6, 2.5], { seed: 1 })).toThrow(
    "Cannot simulate histories: T is 2.5 in row 1; expected an integer number of opportunities",
  );
});

test("rejects rates, margins, counts and cohorts out of range", () => {
  const value = (options: object) => () =>
    customerLifetimeValue(
      { purchases: bg, spend: gammaGammaWith({ p: 6, q: 4, v: 15 }) },
      { ...one, m_x: [5] },
      {
        horizon: { value: 12, unit: "months" },
        yearlyDiscountRate: 0.1,
        ...options,
      },
    );
  expect(value({ yearlyDiscountRate: -0.1 })).toThrow(
    /yearlyDiscountRate is -0.1; expected a finite rate of at least 0/,
  );
  expect(value({ yearlyDiscountRate: undefined })).toThrow(RangeError);
  expect(value({ yearlyDiscountRate: Infinity })).toThrow(/yearlyDiscountRate is Infinity/);
  expect(value({ daysPerMonth: Infinity })).toThrow(
    /daysPerMonth is Infinity; expected a finite number greater than 0/,
  );
  expect(value({ horizon: { value: 12_001, unit: "months" } })).toThrow(
    /horizon is 12001 months; expected at most 12000/,
  );
  expect(value({ margin: 0 })).toThrow(/margin is 0; expected a share in \(0, 1\]/);
  expect(value({ daysPerMonth: 0 })).toThrow(RangeError);
  expect(() => discountedExpectedPurchases(pareto, one, { discountRate: 0 })).toThrow(/discountRate is 0/);
  expect(() => continuousDiscountRate(Number.NaN, "weeks")).toThrow(RangeError);
  expect(() => purchaseDistribution(bg, one, { horizon: { value: 1, unit: "weeks" }, most: -1 })).toThrow(/most is -1/);
  expect(() => fitShiftedBetaGeometric([[100, 120]])).toThrow("cohort 0 has 120 customers after 1 renewals");
  expect(() => fitShiftedBetaGeometric([[100]])).toThrow(/cohort 0 has 1 counts/);
  expect(() => fitShiftedBetaGeometric([])).toThrow(/no cohorts/);
  expect(() => fitShiftedBetaGeometric([[100, 100]])).toThrow(/no customer lapsed/);
  const sbg = fitShiftedBetaGeometric([[100, 60, 50]]);
  expect(() => retentionRate(sbg, 0)).toThrow(/t is 0/);
  expect(() => discountedExpectedRenewals(sbg, 1, { discountRate: 0 })).toThrow(/discountRate is 0/);
  expect(() =>
    trackPurchases(bg, { first: [0], repeats: [] }, { period: { value: 0, unit: "weeks" }, periods: 3 }),
  ).toThrow(RangeError);
  expect(() =>
    trackPurchases(bg, { first: [0], repeats: [] }, { period: { value: 1, unit: "weeks" }, periods: 0 }),
  ).toThrow(RangeError);
  expect(() => discountedExpectedPurchases(bg as unknown as typeof pareto, one, { discountRate: 0.1 })).toThrow(
    new TypeError('Cannot discount purchases: the model is "beta-geo"; expected "pareto-nbd"'),
  );
  expect(() => continuousDiscountRate(Infinity, "weeks")).toThrow(/it is Infinity a year/);
  expect(() => continuousDiscountRate(0.1, "months" as "weeks")).toThrow(
    'unit is "months"; expected "days" or "weeks"',
  );
});

test("holdoutTable rejects values that are not counts or numbers", () => {
  expect(() => holdoutTable([1], { actual: [1, 2], expected: [1] })).toThrow(/lengths differ/);
  for (const x of [Number.NaN, -1, 1.5, Infinity]) {
    expect(() => holdoutTable([2, x], { actual: [1, 2], expected: [1, 2] })).toThrow(
      `Cannot compute holdoutTable: x is ${x} in row 1; expected an integer of at least 0`,
    );
  }
  expect(() => holdoutTable([1], { actual: [Number.NaN], expected: [1] })).toThrow(
    /actual is NaN in row 0; expected a finite/,
  );
  expect(() => holdoutTable([1], { actual: [1], expected: [-1] })).toThrow(/expected is -1 in row 0/);
  expect(() => holdoutTable([1], { actual: [1], expected: [1] }, { most: 1.5 })).toThrow(/most is 1.5/);
});

test("trackPurchases rejects invalid times and covariates", () => {
  const track = (first: number[], repeats: number[], covariates?: Record<string, number[]>) => () =>
    trackPurchases(
      bg,
      { first, repeats, ...(covariates && { covariates }) },
      { period: { value: 1, unit: "weeks" }, periods: 3 },
    );
  expect(track([0, Number.NaN], [])).toThrow(
    "Cannot track purchases: first is NaN in row 1; expected a finite number of at least 0",
  );
  expect(track([0], [1, -2])).toThrow(
    "Cannot track purchases: repeats is -2 in row 1; expected a finite number of at least 0",
  );
  expect(track([0, 1], [], { age: [3] })).toThrow('covariate "age" has 1 values; expected 2, one per customer');
});

test("likelihoodRatioTest rejects models that are not nested or of other customers", () => {
  const fits = { ...bg, customers: 10, logLikelihood: -100 };
  expect(() => likelihoodRatioTest(fits, { ...fits, customers: 11 })).toThrow(/10 and 11 customers/);
  expect(() => likelihoodRatioTest(fits, { ...fits, logLikelihood: -90 })).toThrow(/4 parameters and the second 4/);
  const larger = { ...fits, coefficients: { lambda: { z: 1 } }, logLikelihood: -110 };
  expect(() => likelihoodRatioTest(fits, larger)).toThrow(/lower by 10/);
});
