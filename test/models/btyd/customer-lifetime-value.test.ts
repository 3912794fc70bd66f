import { expect, test } from "vitest";
import {
  continuousDiscountRate,
  customerLifetimeValue,
  discountedExpectedPurchases,
  expectedPurchases,
  expectedSpend,
} from "../../../src/models/btyd/index.js";
import { integrate } from "../../../src/numeric/special-functions.js";
import { betaGeoWith, gammaGammaWith, paretoNbdWith } from "../../golden/models-with.js";

const purchases = betaGeoWith({ r: 0.243, alpha: 4.414, a: 0.793, b: 2.426 });
const spend = gammaGammaWith({ p: 6.25, q: 3.74, v: 15.44 });
const histories = { x: [2, 0, 9], t_x: [30, 0, 38], T: [38.9, 38.9, 39], m_x: [22, 0, 80] };
const year = { value: 1, unit: "years" } as const;

test("without discount the value is expected purchases times expected spend, month by month", () => {
  const { total, path, monthEnds, basis } = customerLifetimeValue({ purchases, spend }, histories, {
    horizon: year,
    yearlyDiscountRate: 0,
  });
  const wanted = expectedPurchases(purchases, histories, year).map((n, i) => n * expectedSpend(spend, histories)[i]);
  for (let i = 0; i < 3; ++i) {
    expect(total[i]).toBeCloseTo(wanted[i], 9);
    expect(path.reduce((sum, month) => sum + month[i], 0)).toBeCloseTo(total[i], 9);
  }
  expect(Array.from(monthEnds)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
  expect(basis).toBe("revenue");
});

test("each month is discounted from its end at the yearly rate, and a margin scales everything", () => {
  const value = (options: object) =>
    customerLifetimeValue({ purchases, spend }, histories, { horizon: year, yearlyDiscountRate: 0, ...options });
  const plain = value({});
  const discounted = value({ yearlyDiscountRate: 0.21, margin: 0.3 });
  discounted.path.forEach((month, k) => {
    month.forEach((found, i) => {
      expect(found).toBeCloseTo((0.3 * plain.path[k][i]) / 1.21 ** ((k + 1) / 12), 10);
    });
  });
  expect(discounted.basis).toBe("margin");
  expect(discounted.continuousDiscountRate).toBeCloseTo(Math.log(1.21), 14);
});

test("a horizon of a fractional number of months ends with a short month", () => {
  const options = { horizon: { value: 45.65625, unit: "days" }, yearlyDiscountRate: 0 } as const;
  const { monthEnds, total } = customerLifetimeValue({ purchases, spend }, histories, options);
  expect(Array.from(monthEnds)).toEqual([1, 1.5]);
  const wanted = expectedPurchases(purchases, histories, options.horizon);
  expect(total[0]).toBeCloseTo(wanted[0] * expectedSpend(spend, histories)[0], 10);
});

test("DERT is the integral of discounted expected purchases", () => {
  for (const s of [0.3, 1, 2.5]) {
    const model = paretoNbdWith({ r: 0.56, alpha: 12.6, s, beta: 10.5 });
    const rate = 0.01;
    const one = { x: [4], t_x: [30], T: [40] };
    // By parts: ∫ δ exp(-δt) E(t) dt, over time on the logarithm.
    const wanted = integrate(
      (y) => {
        const t = Math.expm1(y);
        return rate * Math.exp(-rate * t) * expectedPurchases(model, one, { value: t, unit: "weeks" })[0] * (t + 1);
      },
      0,
      Math.log(4000),
      40,
    );
    expect(discountedExpectedPurchases(model, one, { discountRate: rate })[0]).toBeCloseTo(wanted, 9);
  }
});

test("a yearly rate becomes a continuous one per unit of time", () => {
  expect(365.25 * continuousDiscountRate(0.15, "days")).toBeCloseTo(Math.log(1.15), 14);
  expect(continuousDiscountRate(0.15, "weeks")).toBeCloseTo(7 * continuousDiscountRate(0.15, "days"), 15);
});
