import { expect, test } from "vitest";
import {
  fitBetaGeo,
  fitGammaGamma,
  fitModifiedBetaGeo,
  fitNbd,
  fitParetoNbd,
  simulateHistories,
} from "../../../src/models/btyd/index.js";
import { betaGeoWith, modifiedBetaGeoWith, nbdWith, paretoNbdWith } from "../../golden/models-with.js";

const weeks = { unit: "weeks" } as const;
const ages = Float64Array.from({ length: 4600 }, (_, i) => 20 + (i % 30) + i / 5000);
const dropout = { r: 0.6, alpha: 6, a: 0.9, b: 2.5 };
const cases = [
  ["NBD", fitNbd, nbdWith({ r: 0.7, alpha: 9 })],
  ["BG/NBD", fitBetaGeo, betaGeoWith(dropout)],
  ["MBG/NBD", fitModifiedBetaGeo, modifiedBetaGeoWith(dropout)],
  ["Pareto/NBD", fitParetoNbd, paretoNbdWith({ r: 0.8, alpha: 8, s: 0.6, beta: 12 })],
] as const;

test.each(cases)(
  "%s: the order of rows does not matter, though the fit begins with a part of them",
  (_, fitModel, truth) => {
    const drawn = simulateHistories(truth, ages, { seed: 12 });
    // Repeat buyers first: every so many rows are then other rows.
    const order = Array.from(ages.keys()).sort((i, j) => drawn.x[j] - drawn.x[i]);
    const pick = (values: ArrayLike<number>) => order.map((i) => values[i]);
    const one = fitModel(drawn, weeks);
    const other = fitModel({ x: pick(drawn.x), t_x: pick(drawn.t_x), T: pick(drawn.T) }, weeks);
    expect(other.logLikelihood).toBeCloseTo(one.logLikelihood, 7);
    expect(one.converged && other.converged).toBe(true);
    expectSame(other.parameters, one.parameters);
  },
);

function expectSame(found: object, wanted: object) {
  for (const [name, value] of Object.entries(wanted)) {
    expect((found as Record<string, number>)[name] / value, name).toBeCloseTo(1, 5);
  }
}

test.each(cases)("%s: counts are customers, a row twice is a row with a count of 2", (_, fitModel, truth) => {
  const some = simulateHistories(truth, ages.slice(0, 900), { seed: 12 });
  const twice = (values: Float64Array) => [...values, ...values];
  const counted = fitModel({ x: some.x, t_x: some.t_x, T: some.T, counts: new Float64Array(900).fill(2) }, weeks);
  const repeated = fitModel({ x: twice(some.x), t_x: twice(some.t_x), T: twice(some.T) }, weeks);
  expect(counted.customers).toBe(1800);
  expect(counted.logLikelihood).toBeCloseTo(repeated.logLikelihood, 7);
  expect(counted.logLikelihood).toBeCloseTo(2 * fitModel(some, weeks).logLikelihood, 7);
  expectSame(counted.standardErrors!, repeated.standardErrors!);
});

test("a fit without standard errors has none of its coefficients either", () => {
  const truth = { ...nbdWith({ r: 1e8, alpha: 1e9 }), coefficients: { lambda: { z: 0.5 } } };
  const some = ages.slice(0, 1500);
  const histories = simulateHistories(truth, some, { seed: 1, covariates: { z: Array.from(some, (_, i) => i % 2) } });
  const fit = fitNbd(histories, weeks);
  expect([fit.standardErrors, fit.coefficientErrors]).toEqual([null, null]);
  expect(fit.coefficients["lambda"]["z"]).toBeCloseTo(0.5, 1);
});

test("a fit reports convergence", () => {
  expect(fitGammaGamma({ x: [1], m_x: [10] })).toMatchObject({ converged: false });
  const { converged, gradientNorm } = fitBetaGeo(
    simulateHistories(betaGeoWith(dropout), ages.slice(0, 900), { seed: 12 }),
    weeks,
  );
  expect(converged).toBe(true);
  expect(gradientNorm).toBeLessThan(1e-5);
});
