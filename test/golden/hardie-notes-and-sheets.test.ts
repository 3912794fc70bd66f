// Hardie's spreadsheets and notes for the BG/NBD (brucehardie.com) with CDNOW's parameters, and the numbers by which
// pymc-marketing (test_beta_geo.py) and lifetimes (test_estimation.py) show that extreme histories stay finite.
import { describe, expect, test } from "vitest";
import {
  expectedPurchases,
  expectedPurchasesOfNewCustomer,
  type Horizon,
  probabilityAlive,
  probabilityNoOrder,
  purchaseDistributionOfNewCustomer,
} from "../../src/models/btyd/index.js";
import { betaGeoLikelihood } from "../../src/models/btyd/models/beta-geo-likelihood.js";
import { expectClose } from "./close.js";
import { betaGeoWith, paretoNbdWith } from "./models-with.js";

const weeks = (value: number): Horizon => ({ value, unit: "weeks" });

describe("BG/NBD with .243 4.414 .793 2.426", () => {
  const model = betaGeoWith({ r: 0.243, alpha: 4.414, a: 0.793, b: 2.426 });
  const customer = { x: [2], t_x: [30.43], T: [38.86] };

  test("sheet: 1.226 purchases in 39 weeks after x = 2, t_x = 30.43, T = 38.86", () => {
    expect(expectedPurchases(model, customer, weeks(39))[0]).toBeCloseTo(1.22603, 5);
    expect(probabilityAlive(model, customer)[0]).toBeCloseTo(0.7266, 4);
  });

  test("note on counts: P(X(39) = 0), P(X(2) = 10) and P(X(30) = 11 … 20)", () => {
    const distribution = (t: number, most: number) =>
      purchaseDistributionOfNewCustomer(model, { horizon: weeks(t), most });
    expect(distribution(39, 0)[0]).toBeCloseTo(0.5737864, 7);
    expect(distribution(2, 10)[10] / 1.07869e-7).toBeCloseTo(1, 5);
    expectClose(
      distribution(30, 20).slice(11),
      [
        ...[0.0019995214, 0.0015170236, 0.001163315, 0.0009003148, 0.0007023638],
        ...[0.0005517902, 0.0004361913, 0.0003467171, 0.0002769613, 0.000222226],
      ],
      5.1e-11,
    );
  });
});

test("BG/NBD sheet: E[X(t)] of a new customer, with the sheet's unrounded parameters", () => {
  const model = betaGeoWith({ r: 0.242595, alpha: 4.413602, a: 0.792922, b: 2.425907 });
  const expected = [0.1429, 1, 3, 31.8571, 32].map((t) => expectedPurchasesOfNewCustomer(model, weeks(t)));
  expectClose(expected, [0.0078, 0.0532, 0.1506, 1.0405, 1.0437], 5.1e-5);
  // The sheet prints 1.8576 at 78 weeks: so far has its hypergeometric series come after 150 terms (2005, eq. 9).
  const { r, alpha, a, b } = model.parameters;
  const sheet = (terms: number) => {
    let term = 1;
    let F = 1;
    for (let n = 0; n < terms - 1; ++n)
      F += term *= (((r + n) * (b + n)) / ((a + b - 1 + n) * (1 + n))) * (78 / (alpha + 78));
    return ((a + b - 1) / (a - 1)) * (1 - (alpha / (alpha + 78)) ** r * F);
  };
  expect(sheet(150)).toBeCloseTo(1.8576, 5);
  expect(expectedPurchasesOfNewCustomer(model, weeks(78))).toBeCloseTo(1.857962, 6);
  expect(sheet(2000)).toBeCloseTo(1.857962, 6);
});

test("pymc-marketing: the BG/NBD log-likelihood at x = 0 and x = 200 with T = 40", () => {
  const logLikelihood = betaGeoLikelihood("after each repeat purchase");
  const at = (x: number, t_x: number) =>
    logLikelihood(x, t_x, 40, Float64Array.of(0.25, 4, 0.8, 2.5), new Float64Array(4));
  expect(at(0, 0)).toBeCloseTo(-0.59947382, 8);
  expect(at(200, 38)).toBeCloseTo(100.7957, 4);
});

test("lifetimes: Pareto/NBD at x = 132 and 133 with T = t_x = 200, where naive formulas underflow", () => {
  const model = paretoNbdWith({ r: 0.55, alpha: 10.58, s: 0.61, beta: 11.67 });
  const expected = expectedPurchases(model, { x: [132, 133], t_x: [200, 200], T: [200, 200] }, weeks(10));
  expectClose(expected, [6.2060517889632418, 6.2528722475748113], 1e-12);
});

test("lifetimes: Pareto/NBD P(alive) of very frequent buyers is finite", () => {
  const model = paretoNbdWith({ r: 0.5143, alpha: 2.8845, s: 0.2856, beta: 14.1087 });
  const histories = {
    x: [221, 254, 161, 204],
    t_x: [103.42857, 97.14286, 94.71429, 98.57143],
    T: [103.57143, 97.28571, 98, 99.42857],
  };
  // The values are this project's own; the published test asks only for finite ones.
  expectClose(probabilityAlive(model, histories), [0.999596, 0.999558, 0.749488, 0.994255], 1e-6);
  for (const p of probabilityNoOrder(model, histories, weeks(13))) expect(0 < p && p < 1).toBe(true);
});
