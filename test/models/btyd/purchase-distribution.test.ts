import { expect, test } from "vitest";
import {
  probabilityNoOrder,
  purchaseDistribution,
  purchaseDistributionOfNewCustomer,
} from "../../../src/models/btyd/index.js";
import { betaGeoWith, modifiedBetaGeoWith, nbdWith, paretoNbdWith } from "../../golden/models-with.js";

const horizon = { value: 13, unit: "weeks" } as const;
const model = betaGeoWith({ r: 0.24, alpha: 4.4, a: 0.8, b: 2.4 });
const histories = { x: [0, 4, 4], t_x: [0, 10, 38], T: [39, 39, 39] };

test("each row is answered for itself, and longer answers begin like shorter ones", () => {
  const alone = [0, 1, 2].map((i) => {
    const one = { x: [histories.x[i]], t_x: [histories.t_x[i]], T: [histories.T[i]] };
    return purchaseDistribution(model, one, { horizon, most: 4 })[0];
  });
  const together = purchaseDistribution(model, histories, { horizon, most: 4 });
  expect(together).toEqual(alone);
  const none = probabilityNoOrder(model, histories, horizon);
  together.forEach((distribution, i) => {
    expect(none[i]).toBeCloseTo(distribution[0], 14);
  });
  const longer = purchaseDistribution(model, histories, { horizon, most: 40 });
  for (const [i, distribution] of together.entries()) {
    for (const [n, p] of distribution.entries()) expect(longer[i][n]).toBeCloseTo(p, 13);
  }
});

test("no order comes of having left, or of being there without one", () => {
  // Of the NBD nobody leaves: P(0) = ((alpha + T) / (alpha + T + t))^(r + x).
  const nbd = nbdWith({ r: 0.4, alpha: 12 });
  expect(probabilityNoOrder(nbd, histories, horizon)[1]).toBeCloseTo((51 / 64) ** 4.4, 13);
  // And where dropout is certain, only those who left are silent.
  const gone = betaGeoWith({ r: 400, alpha: 1, a: 1e7, b: 1e-3 });
  expect(probabilityNoOrder(gone, { x: [1], t_x: [1], T: [30] }, horizon)[0]).toBeCloseTo(1, 9);
});

test("a new customer of the modified model may have left with the first purchase", () => {
  const a = 1;
  const b = 3;
  const [stays] = purchaseDistributionOfNewCustomer(betaGeoWith({ r: 2, alpha: 1e-9, a, b: b + 1 }), {
    horizon,
    most: 0,
  });
  const [modified] = purchaseDistributionOfNewCustomer(modifiedBetaGeoWith({ r: 2, alpha: 1e-9, a, b }), {
    horizon,
    most: 0,
  });
  expect(stays).toBeLessThan(1e-9);
  expect(modified).toBeCloseTo(a / (a + b), 9);
});

test("covariates of a new customer scale the rates, under every model that has them", () => {
  const at = (z: number) => ({ horizon, most: 5, covariates: { z } });
  const plain = { horizon, most: 5 };
  const pareto = { r: 0.55, alpha: 10.6, s: 0.6, beta: 11.7 };
  const cases = [
    [
      { ...model, coefficients: { lambda: { z: 0.5 }, a: { z: 0.2 }, b: { z: -0.3 } } },
      betaGeoWith({ r: 0.24, alpha: 4.4 * Math.exp(-1), a: 0.8 * Math.exp(0.4), b: 2.4 * Math.exp(-0.6) }),
    ],
    [
      { ...paretoNbdWith(pareto), coefficients: { lambda: { z: 0.5 }, mu: { z: -0.2 } } },
      paretoNbdWith({ ...pareto, alpha: 10.6 * Math.exp(-1), beta: 11.7 * Math.exp(0.4) }),
    ],
    [
      { ...nbdWith({ r: 0.4, alpha: 12 }), coefficients: { lambda: { z: 0.5 } } },
      nbdWith({ r: 0.4, alpha: 12 * Math.exp(-1) }),
    ],
  ] as const;
  for (const [withCovariates, scaled] of cases) {
    const wanted = purchaseDistributionOfNewCustomer(scaled, plain);
    purchaseDistributionOfNewCustomer(withCovariates, at(2)).forEach((p, n) => {
      expect(p).toBeCloseTo(wanted[n], 13);
    });
    expect(() => purchaseDistributionOfNewCustomer(withCovariates, plain)).toThrow(/lack the covariates "z"/);
    expect(() => purchaseDistributionOfNewCustomer(withCovariates, at(Number.NaN))).toThrow(/covariate "z" is NaN/);
  }
});

test("purchaseDistribution rejects a most that is not a count", () => {
  for (const most of [-1, 1.5, Number.NaN, Infinity]) {
    const message = `Cannot compute purchaseDistribution: most is ${most}; expected an integer of at least 0`;
    expect(() => purchaseDistribution(model, histories, { horizon, most })).toThrow(message);
    expect(() => purchaseDistributionOfNewCustomer(model, { horizon, most })).toThrow(message);
  }
});
