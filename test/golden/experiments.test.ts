import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { normalQuantile } from "../../src/numeric/index.js";
import { mean, standardDeviation } from "../../src/numeric/stats.js";
import {
  cupedAdjust,
  planExperiment,
  planExperimentByFigures,
  sampleSizeForProportions,
  winsorize,
} from "../../src/strategy/index.js";
import { type Trusted, trustKnown } from "../features/trust.js";
import { hasRealData } from "../real-data.js";

// Customers per arm to see 5 % more in 90 days, measured with NumPy and SciPy on the same customers: those with an order
// before the 90 days began, their spend in them, and in the 90 days before. Standard deviations divide by n - 1.

const sets = [
  {
    name: "cdnow",
    asOf: "1998-06-30",
    customers: 23_570,
    mean: 8.99,
    standardDeviation: 44.41,
    correlation: 0.6175,
    perArm: 153_142,
    perArmCuped: 94_747,
    winsorized: 66_456,
    winsorizedCuped: 50_040,
    rate: 0.1401,
    perArmRate: 39_355,
  },
  {
    name: "online-retail",
    asOf: "2011-12-09",
    customers: 3370,
    mean: 846.25,
    standardDeviation: 5007.29,
    correlation: 0.6013,
    perArm: 219_839,
    perArmCuped: 140_344,
    winsorized: 28_050,
    winsorizedCuped: 14_744,
    rate: 0.57,
    perArmRate: 4690,
  },
] as const;

/** Spend in the 90 days up to a day, and in the 90 before, of customers with an order before both ended. */
async function spendOf({ engine }: Trusted, asOf: string) {
  const columns = await engine.columns(
    `SELECT sum(CASE WHEN ordered_on > DATE '${asOf}' - 90 THEN amount ELSE 0 END)::DOUBLE AS after,
       sum(CASE WHEN ordered_on > DATE '${asOf}' - 180 AND ordered_on <= DATE '${asOf}' - 90 THEN amount ELSE 0 END)::DOUBLE
         AS before
     FROM orders WHERE ordered_on <= DATE '${asOf}'
     GROUP BY customer_id HAVING min(ordered_on) <= DATE '${asOf}' - 90 ORDER BY customer_id`,
  );
  return columns as Readonly<Record<"after" | "before", Float64Array>>;
}

/** Customers per arm to see 5 % more with the variance of the history in both arms, as these figures were made. */
function need(y: Float64Array, correlation = 0): number {
  const spread = standardDeviation(y, { ddof: 1 }) * Math.sqrt(1 - correlation ** 2);
  const z = normalQuantile(0.975) + normalQuantile(0.8);
  return Math.ceil(2 * ((z * spread) / (0.05 * mean(y))) ** 2);
}

describe.skipIf(!hasRealData).each(sets)("experiments on 90 days of $name", (set) => {
  let trusted: Trusted;
  let y: Float64Array;
  let x: Float64Array;
  beforeAll(async () => {
    trusted = await trustKnown(set.name);
    ({ after: y, before: x } = await spendOf(trusted, set.asOf));
  });
  afterAll(() => trusted?.close());

  test("customers, mean and standard deviation of the spend", () => {
    expect(y).toHaveLength(set.customers);
    expect(mean(y)).toBeCloseTo(set.mean, 2);
    expect(standardDeviation(y, { ddof: 1 })).toBeCloseTo(set.standardDeviation, 2);
  });

  test("customers per arm for spend, and with the spend before", () => {
    const { correlation } = cupedAdjust(y, x);
    expect(correlation).toBeCloseTo(set.correlation, 4);
    expect(need(y)).toBe(set.perArm);
    expect(need(y, correlation)).toBe(set.perArmCuped);
  });

  test("a plan has the variances of both arms: purchases 5 % larger have 1.1025 times that of the history", () => {
    const { measures } = planExperiment({ spend: y, spendBefore: x });
    const planned = measures.filter(({ measure }) => measure === "spend").map(({ rises }) => rises[1].neededPerArm);
    // What past spend explains is taken out with the coefficient of both arms, which is between those of each.
    const explained = (2.05 ** 2 / 2) * cupedAdjust(y, x).correlation ** 2;
    const wanted = [2.1025, 2.1025 - explained].map((variances) => (variances / 2) * set.perArm);
    for (const [i, each] of planned.entries()) expect(Number(each) / wanted[i]).toBeCloseTo(1, 4);
    expect(planned).toHaveLength(2);
  });

  test("customers per arm for winsorized spend, and with the spend before", () => {
    const cut = winsorize(y).values;
    expect(need(cut)).toBe(set.winsorized);
    expect(need(cut, cupedAdjust(cut, winsorize(x).values).correlation)).toBe(set.winsorizedCuped);
  });

  test("the adjusted spend has the variance that the correlation promises", () => {
    const { values, correlation, varianceReduction } = cupedAdjust(y, x);
    expect(mean(values)).toBeCloseTo(mean(y), 6);
    expect(varianceReduction).toBe(correlation ** 2);
    const ratio = (standardDeviation(values, { ddof: 1 }) / standardDeviation(y, { ddof: 1 })) ** 2;
    expect(ratio).toBeCloseTo(1 - correlation ** 2, 9);
  });

  test("customers per arm for conversion", () => {
    const rate = y.filter((spend) => spend > 0).length / y.length;
    expect(rate).toBeCloseTo(set.rate, 4);
    expect(sampleSizeForProportions({ rate, relativeEffect: 0.05 })).toBe(set.perArmRate);
  });
});

describe.skipIf(!hasRealData)("Online Retail's customers", () => {
  let trusted: Trusted;
  beforeAll(async () => {
    trusted = await trustKnown("online-retail");
  });
  afterAll(() => trusted?.close());

  test("spend after a cut that past spend explains by 47 %", async () => {
    const { after, before } = await spendOf(trusted, "2011-12-09");
    const [y, x] = [winsorize(after).values, winsorize(before).values];
    const { correlation, varianceReduction } = cupedAdjust(y, x);
    expect(correlation).toBeCloseTo(0.6887, 4);
    expect(varianceReduction).toBeCloseTo(0.47, 2);
  });
});

// The printed figures of Cohen 1988, "Statistical power analysis for the behavioral sciences", table 2.4.1, are for t
// tests and so larger by one or two: 393, 63 and 25 (their normal limits) are the usual textbook numbers.
test.each([
  [0.2, 393],
  [0.5, 63],
  [0.8, 25],
])("an effect of %d standard deviations needs %d per arm", (effect, perArm) => {
  // A rise so small leaves the variance as it is.
  const relativeEffect = 1e-7;
  const spend = { mean: 1, standardDeviation: relativeEffect / effect };
  const plan = planExperimentByFigures({ rate: 0.5, spend }, { customers: 4, relativeEffect, reliableFrom: 2 });
  expect(plan.measures[1].rises[1].neededPerArm).toBe(perArm);
});
