// Simulate with known parameters, fit, and find them again within their standard errors.
import { expect, test } from "vitest";
import {
  expectedPurchases,
  expectedPurchasesOfNewCustomer,
  fitBetaGeo,
  fitBetaGeoBetaBinomial,
  fitGammaGamma,
  fitModifiedBetaGeo,
  fitNbd,
  fitParetoNbd,
  likelihoodRatioTest,
  simulateHistories,
  simulateSpend,
} from "../../../src/models/btyd/index.js";
import { createRandom, normal } from "../../../src/numeric/random.js";
import {
  betaGeoBetaBinomialWith,
  betaGeoWith,
  gammaGammaWith,
  modifiedBetaGeoWith,
  nbdWith,
  paretoNbdWith,
} from "../../golden/models-with.js";

const ages = Float64Array.from({ length: 6000 }, (_, i) => 30 + (i % 30));
const weeks = { unit: "weeks" } as const;

/** Expects every parameter within 3.5 standard errors of the truth, and the errors to be usable ones. */
function expectRecovered(
  { parameters, standardErrors }: { parameters: object; standardErrors: object | null },
  truth: Readonly<Record<string, number>>,
): void {
  for (const [name, value] of Object.entries(truth)) {
    const error = (standardErrors as Record<string, number>)[name];
    expect(error, name).toBeLessThan(value);
    expect(Math.abs((parameters as Record<string, number>)[name] - value) / error, name).toBeLessThan(3.5);
  }
}

test("BG/NBD", () => {
  const truth = { r: 0.6, alpha: 6, a: 0.9, b: 2.5 };
  const fit = fitBetaGeo(simulateHistories(betaGeoWith(truth), ages, { seed: 1 }), weeks);
  expectRecovered(fit, truth);
  expect(fit.boundary).toBe(null);
});

test("MBG/NBD", () => {
  const truth = { r: 0.6, alpha: 6, a: 0.9, b: 2.5 };
  expectRecovered(fitModifiedBetaGeo(simulateHistories(modifiedBetaGeoWith(truth), ages, { seed: 2 }), weeks), truth);
});

test("Pareto/NBD", () => {
  const truth = { r: 0.8, alpha: 8, s: 0.6, beta: 12 };
  expectRecovered(fitParetoNbd(simulateHistories(paretoNbdWith(truth), ages, { seed: 3 }), weeks), truth);
});

test("NBD with covariates of the purchase rate", () => {
  const coefficients = { lambda: { channel: -0.7, income: 0.4 } };
  const truth = { ...nbdWith({ r: 0.7, alpha: 9 }), coefficients };
  const random = createRandom(31);
  const covariates = {
    channel: Array.from(ages, (_, i) => i % 2),
    income: Array.from(ages, () => normal(random)),
    // Not used, and so it may be the same everywhere.
    country: Array.from(ages, () => 3),
  };
  const histories = simulateHistories(truth, ages, { seed: 32, covariates });
  const fit = fitNbd(histories, { ...weeks, covariates: { lambda: ["channel", "income"] } });
  expectRecovered(fit, truth.parameters);
  for (const [name, value] of Object.entries(coefficients.lambda)) {
    const error = fit.coefficientErrors!["lambda"][name];
    expect(Math.abs(fit.coefficients["lambda"][name] - value) / error, name).toBeLessThan(3.5);
    expect(error).toBeLessThan(0.1);
  }
  const rate = (channel: number) =>
    expectedPurchasesOfNewCustomer(fit, { value: 10, unit: "weeks" }, { covariates: { channel, income: 0 } });
  expect(rate(1) / rate(0)).toBeCloseTo(Math.exp(fit.coefficients["lambda"]["channel"]), 12);
});

test("NBD; and on its data the models with dropout see none", () => {
  const truth = { r: 0.7, alpha: 9 };
  const histories = simulateHistories(nbdWith(truth), ages.slice(0, 3000), { seed: 4 });
  const nbd = fitNbd(histories, weeks);
  expectRecovered(nbd, truth);
  for (const fitModel of [fitBetaGeo, fitModifiedBetaGeo, fitParetoNbd]) {
    const larger = fitModel(histories, weeks);
    expect(likelihoodRatioTest(nbd, larger).pValue).toBeGreaterThan(0.05);
    expect(larger.logLikelihood).toBeGreaterThan(nbd.logLikelihood - 0.01);
  }
});

test("no dropout is seen through covariates of the purchase rate", () => {
  const truth = {
    ...paretoNbdWith({ r: 0.7, alpha: 9, s: 1e-9, beta: 1e9 }),
    coefficients: { lambda: { channel: 0.8 } },
  };
  const some = ages.slice(0, 1500);
  const covariates = { channel: Array.from(some, (_, i) => i % 2) };
  const histories = simulateHistories(truth, some, { seed: 17, covariates });
  const fit = fitParetoNbd(histories, { ...weeks, covariates: { dropout: [] } });
  expect(fit.coefficients["lambda"]["channel"]).toBeCloseTo(0.8, 0);
  // Far above the NBD without covariates, and yet no better than the one with them.
  const { covariates: _, ...without } = histories;
  const nbd = fitNbd(histories, weeks);
  expect(fit.logLikelihood).toBeGreaterThan(fitNbd(without, weeks).logLikelihood + 50);
  expect(fit.logLikelihood).toBeCloseTo(nbd.logLikelihood, 1);
  expect(fit.boundary).toEqual({ code: "no_dropout" });
  expect(nbd.coefficients["lambda"]["channel"]).toBeCloseTo(fit.coefficients["lambda"]["channel"], 3);
  const ahead = { value: 13, unit: "weeks" } as const;
  const wanted = expectedPurchases(nbd, histories, ahead);
  for (const [i, found] of expectedPurchases(fit, histories, ahead).entries()) expect(found).toBeCloseTo(wanted[i], 2);
});

test("BG/BB", () => {
  const truth = { alpha: 1.2, beta: 0.8, gamma: 0.7, delta: 2.8 };
  const simulated = simulateHistories(betaGeoBetaBinomialWith(truth), new Float64Array(12_000).fill(8), { seed: 5 });
  expectRecovered(fitBetaGeoBetaBinomial(simulated), truth);
});

test("Gamma-Gamma", () => {
  const truth = { p: 4, q: 3.5, v: 20 };
  const x = Float64Array.from({ length: 8000 }, (_, i) => i % 5);
  const fit = fitGammaGamma({ x, m_x: simulateSpend(gammaGammaWith(truth), x, { seed: 6 }) });
  expectRecovered(fit, truth);
  expect(fit.leftOut.withoutPurchases).toBe(1600);
});

test("covariates of the BG/NBD and the Pareto/NBD, in purchase rate and dropout", () => {
  const random = createRandom(7);
  const some = ages.slice(0, 3000);
  const covariates = {
    channel: Array.from(some, (_, i) => i % 2),
    income: Array.from(some, () => 100 * normal(random)),
  };
  const truths = [
    {
      ...betaGeoWith({ r: 0.9, alpha: 6, a: 0.8, b: 2 }),
      coefficients: { lambda: { channel: 0.5, income: 0.003 }, a: { channel: 0.6 }, b: { channel: -0.3 } },
    },
    {
      ...paretoNbdWith({ r: 0.9, alpha: 6, s: 0.7, beta: 12 }),
      coefficients: { lambda: { channel: 0.5, income: 0.003 }, mu: { channel: 0.6 } },
    },
  ] as const;
  for (const truth of truths) {
    const histories = simulateHistories(truth, some, { seed: 8, covariates });
    const options = { ...weeks, covariates: { lambda: ["channel", "income"], dropout: ["channel"] } };
    const fit = truth.kind === "beta-geo" ? fitBetaGeo(histories, options) : fitParetoNbd(histories, options);
    expect(fit.converged).toBe(true);
    expectRecovered(fit, truth.parameters);
    for (const [group, effects] of Object.entries(truth.coefficients)) {
      expect(Object.keys(fit.coefficients[group])).toEqual(Object.keys(effects));
      for (const [name, value] of Object.entries(effects)) {
        const error = fit.coefficientErrors![group][name];
        expect(Math.abs(fit.coefficients[group][name] - value) / error, `${group} ${name}`).toBeLessThan(3.5);
      }
    }
    const { covariates: _, ...without } = histories;
    const smaller = truth.kind === "beta-geo" ? fitBetaGeo(without, weeks) : fitParetoNbd(without, weeks);
    const { degreesOfFreedom, pValue } = likelihoodRatioTest(smaller, fit);
    expect(degreesOfFreedom).toBe(truth.kind === "beta-geo" ? 4 : 3);
    expect(pValue).toBeLessThan(1e-10);
  }
});
