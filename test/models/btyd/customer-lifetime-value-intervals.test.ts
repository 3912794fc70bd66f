import { expect, test } from "vitest";
import {
  bootstrapIntervals,
  customerLifetimeValue,
  customerLifetimeValueIntervals,
  type Horizon,
} from "../../../src/models/btyd/index.js";
import { betaGeoBetaBinomialWith, betaGeoWith, gammaGammaWith } from "../../golden/models-with.js";

const models = {
  purchases: betaGeoWith({ r: 0.8, alpha: 6, a: 0.8, b: 2.5 }),
  spend: gammaGammaWith({ p: 6, q: 4, v: 15 }),
};
const histories = {
  x: [0, 1, 4, 9],
  t_x: [0, 12, 28, 29],
  T: [30, 30, 30, 30],
  m_x: [0, 20, 45, 30],
  counts: [200, 60, 40, 20],
};
const horizon: Horizon = { value: 18, unit: "months" };
const options = { horizon, yearlyDiscountRate: 0.15, seed: 4, replicates: 40 };

test("what is expected is the customer lifetime value, and the intervals lie around it", () => {
  const value = { horizon, yearlyDiscountRate: 0.15, margin: 0.3 };
  const found = customerLifetimeValueIntervals(models, histories, { ...value, seed: 4, replicates: 60 });
  const { total } = customerLifetimeValue(models, histories, value);
  total.forEach((wanted, i) => {
    expect(found.expected[i]).toBeCloseTo(wanted, 10);
    expect(found.lower[i]).toBeLessThanOrEqual(wanted);
    expect(found.upper[i]).toBeGreaterThan(wanted);
  });
  const all = total.reduce((sum, worth, i) => sum + histories.counts[i] * worth, 0);
  expect(found.total.expected).toBeCloseTo(all, 8);
  expect(found.total.lower).toBeLessThan(all);
  expect(found.total.upper).toBeGreaterThan(all);
  expect(found).toMatchObject({ level: 0.9, replicates: 60 });
});

test.each(["outcome", "expectation"] as const)(
  "a margin scales the bounds of the %s, and one seed gives one answer",
  (of) => {
    const whole = customerLifetimeValueIntervals(models, histories, { ...options, of });
    const part = customerLifetimeValueIntervals(models, histories, { ...options, of, margin: 0.25 });
    for (const bound of ["lower", "upper"] as const) {
      part[bound].forEach((value, i) => {
        expect(value).toBeCloseTo(0.25 * whole[bound][i], 9);
      });
      expect(part.total[bound]).toBeCloseTo(0.25 * whole.total[bound], 7);
    }
    expect(customerLifetimeValueIntervals(models, histories, { ...options, of })).toEqual(whole);
    expect(customerLifetimeValueIntervals(models, histories, { ...options, of, seed: 5 })).not.toEqual(whole);
  },
);

test("without discount, bounds of the expectation are those of spend in the horizon", () => {
  const resampling = { of: "expectation", seed: 4, replicates: 40 } as const;
  const value = customerLifetimeValueIntervals(models, histories, { ...resampling, horizon, yearlyDiscountRate: 0 });
  const spend = bootstrapIntervals(models, histories, { ...resampling, horizon });
  for (const bound of ["lower", "upper"] as const) {
    value[bound].forEach((found, i) => {
      expect(found).toBeCloseTo(spend[bound][i], 8);
    });
    expect(value.total[bound] / spend.total[bound]).toBeCloseTo(1, 10);
  }
});

test("outcomes are discounted by the month they fall in: on average they come to what is expected", () => {
  // At 900 % a year a payment after 18 months is worth 3 % of itself.
  const many = { ...histories, counts: histories.counts.map((count) => 12 * count) };
  const { total } = customerLifetimeValueIntervals(models, many, {
    ...{ horizon, yearlyDiscountRate: 9, seed: 4, replicates: 30, level: 0.02 },
  });
  expect(Math.abs(total.lower / total.expected - 1)).toBeLessThan(0.03);
});

test("rejects options out of range, by name", () => {
  const run = (bad: object) => () => customerLifetimeValueIntervals(models, histories, { ...options, ...bad });
  const start = "Cannot compute customerLifetimeValueIntervals: ";
  expect(run({ yearlyDiscountRate: -1 })).toThrow(
    `${start}yearlyDiscountRate is -1; expected a finite rate of at least 0`,
  );
  expect(run({ margin: 2 })).toThrow(`${start}margin is 2; expected a share in (0, 1]`);
  expect(run({ seed: undefined })).toThrow(/seed is undefined/);
  expect(run({ level: 0 })).toThrow("Cannot bootstrap: level is 0; expected a share in (0, 1)");
  expect(run({ horizon: { value: 2, unit: "fortnights" } })).toThrow(/the unit of the horizon is "fortnights"/);
  const purchases = betaGeoBetaBinomialWith({ alpha: 1, beta: 1, gamma: 1, delta: 1 });
  expect(() => customerLifetimeValueIntervals({ ...models, purchases }, histories, options)).toThrow(
    `${start}the model counts opportunities; use a model of days or weeks`,
  );
});
