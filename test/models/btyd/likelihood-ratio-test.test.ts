import { expect, test } from "vitest";
import { likelihoodRatioTest } from "../../../src/models/btyd/index.js";

const fit = { customers: 100, converged: true, gradientNorm: 0, boundary: null };

test("likelihoodRatioTest: parameters and coefficients beyond those of the smaller model are its degrees of freedom", () => {
  const smaller = {
    ...fit,
    logLikelihood: -500,
    parameters: { r: 1, alpha: 1 },
    coefficients: { lambda: { mail: 1 } },
  };
  const larger = {
    ...fit,
    logLikelihood: -500 + 11.070497693516351 / 2,
    parameters: { r: 1, alpha: 1, a: 1, b: 1 },
    coefficients: { lambda: { mail: 1, app: 1 }, a: { mail: 1 }, b: { mail: 1 } },
  };
  const { statistic, degreesOfFreedom, pValue } = likelihoodRatioTest(smaller, larger);
  expect(degreesOfFreedom).toBe(5);
  expect(statistic).toBeCloseTo(11.070497693516351, 9);
  // The 95 % point of chi-square at 5 degrees of freedom.
  expect(pValue).toBeCloseTo(0.05, 9);
});

test("likelihoodRatioTest: a larger model may be lower by a millionth of the log-likelihood, which fits reach", () => {
  const smaller = { ...fit, logLikelihood: -500, parameters: { r: 1, alpha: 1 } };
  const lowerBy = (gap: number) =>
    likelihoodRatioTest(smaller, { ...smaller, logLikelihood: -500 - gap, parameters: { r: 1, alpha: 1, a: 1, b: 1 } });
  expect(lowerBy(4.9e-4)).toEqual({ statistic: 0, degreesOfFreedom: 2, pValue: 1 });
  expect(() => lowerBy(5.1e-4)).toThrow("the log-likelihood of the larger model is lower by 0.00051");
});
