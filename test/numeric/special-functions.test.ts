import { expect, test } from "vitest";
import {
  digamma,
  digammaDifference,
  gaussLegendre,
  integrate,
  logGamma,
  logRisingFactorial,
  regularizedUpperGamma,
  scaledUpperGamma,
} from "../../src/numeric/special-functions.js";

const relative = (found: number, wanted: number) => Math.abs(found / wanted - 1);

test("logGamma and digamma at points of the tables (Abramowitz & Stegun 6.1, 6.3)", () => {
  const factorial = 3628800;
  expect(logGamma(1)).toBeCloseTo(0, 14);
  expect(logGamma(0.5)).toBeCloseTo(Math.log(Math.PI) / 2, 14);
  expect(relative(logGamma(11), Math.log(factorial))).toBeLessThan(1e-15);
  expect(relative(logGamma(1e-300), 300 * Math.LN10)).toBeLessThan(1e-14);
  const EULER = 0.5772156649015329;
  expect(digamma(1)).toBeCloseTo(-EULER, 14);
  expect(digamma(0.5)).toBeCloseTo(-EULER - 2 * Math.LN2, 14);
  expect(digamma(100)).toBeCloseTo(4.600161852738087, 14);
});

test("logRisingFactorial and digammaDifference equal differences, and keep precision for large z", () => {
  for (const [z, a] of [
    [0.3, 2.5],
    [9.9, 0.4],
    [10.1, 7],
    [300, 4000],
  ]) {
    expect(logRisingFactorial(z, a)).toBeCloseTo(logGamma(z + a) - logGamma(z), 9);
    expect(digammaDifference(z, a)).toBeCloseTo(digamma(z + a) - digamma(z), 12);
  }
  // Of z (z + 1) (z + 2) for z = 1e12.
  expect(relative(logRisingFactorial(1e12, 3), 36 * Math.LN10 + 3e-12)).toBeLessThan(1e-15);
  expect(relative(digammaDifference(1e12, 3), 3e-12)).toBeLessThan(1e-11);
});

test("regularizedUpperGamma is the tail of chi-square (percentiles of the usual tables)", () => {
  for (const [df, value, tail] of [
    [1, 3.841458820694124, 0.05],
    [2, 9.210340371976182, 0.01],
    [5, 1.145476226061769, 0.95],
    [10, 29.58829844507442, 0.001],
    [100, 124.34211340400408, 0.05],
  ]) {
    expect(regularizedUpperGamma(df / 2, value / 2)).toBeCloseTo(tail, 12);
  }
  expect(regularizedUpperGamma(2, 0)).toBe(1);
});

test("scaledUpperGamma has its closed forms, its recurrence, and stays finite for huge orders", () => {
  expect(scaledUpperGamma(1, 0.3)).toBeCloseTo(1, 13);
  expect(relative(scaledUpperGamma(3, 2.5), 2.5 ** 2 + 2 * 2.5 + 2)).toBeLessThan(1e-13);
  // exp(1) E1(1).
  expect(scaledUpperGamma(0, 1)).toBeCloseTo(0.5963473623231941, 13);
  for (const [a, z] of [
    [0.4, 0.24],
    [-0.6, 0.24],
    [-7.3, 12],
    [0.5, 1e-6],
  ]) {
    // Γ(a + 1, z) = a Γ(a, z) + zᵃ exp(-z) (DLMF 8.8.2).
    expect(relative(scaledUpperGamma(a + 1, z), a * scaledUpperGamma(a, z) + z ** a)).toBeLessThan(1e-11);
  }
  // For a far below 0 it tends to zᵃ / (z - a).
  expect(relative(scaledUpperGamma(-1e8, 1), 1 / (1 + 1e8))).toBeLessThan(1e-7);
});

test("the Gauss-Legendre rule integrates polynomials exactly", () => {
  const { nodes, weights } = gaussLegendre(5);
  const moment = (k: number) => nodes.reduce((sum, x, i) => sum + weights[i] * x ** k, 0);
  for (let k = 0; k < 10; ++k) expect(moment(k)).toBeCloseTo(k % 2 ? 0 : 2 / (k + 1), 14);
  expect(integrate(Math.exp, 0, 3, 2)).toBeCloseTo(Math.expm1(3), 12);
});
