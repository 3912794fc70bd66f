import { expect, test } from "vitest";
import { maximizeLikelihood } from "../../../src/models/btyd/fit/fit.js";

/** A log-likelihood in one log-parameter, with its slope. */
const likelihoodOf = (value: (p: number) => number, slope: (p: number) => number) => ({
  customers: 1,
  total: (point: Float64Array, gradient: Float64Array) => {
    gradient[0] = slope(point[0]);
    return value(point[0]);
  },
});

test("maximizeLikelihood: a sample whose best parameters lie far out does not decide where all customers are fitted", () => {
  const hill = (p: number) => Math.exp((-p * p) / 2);
  // All customers have a second, lower maximum where the sample has its only one.
  const all = likelihoodOf(
    (p) => hill(p) + hill(p - 6) / 2,
    (p) => -p * hill(p) - ((p - 6) * hill(p - 6)) / 2,
  );
  const sample = likelihoodOf(
    (p) => -((p - 6) ** 2) / 2,
    (p) => 6 - p,
  );
  const best = maximizeLikelihood(all, [Float64Array.of(0.5)], sample);
  expect(best.point[0]).toBeCloseTo(0, 6);
  expect(best.logLikelihood).toBeCloseTo(1, 6);
});
