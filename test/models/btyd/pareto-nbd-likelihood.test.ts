import { expect, test } from "vitest";
import {
  type DeathIntegral,
  integrateDeath,
  paretoNbdLikelihood,
} from "../../../src/models/btyd/models/pareto-nbd-likelihood.js";
import { integrate, logGamma } from "../../../src/numeric/special-functions.js";

const death = (): DeathIntegral => ({ log: 0, logAlpha: 0, perAlpha: 0, logBeta: 0, perBeta: 0 });

test.each([
  // k, alpha, s, beta, t_x, T
  [0.55, 10.6, 0.6, 11.7, 0, 38.86],
  [2.55, 10.6, 0.6, 11.7, 30.43, 38.86],
  [26.55, 10.6, 0.6, 11.7, 1, 31],
  [300, 2.9, 0.29, 14.1, 90, 103],
  [0.5, 400, 2, 0.01, 0, 500],
  [0.5, 0.01, 5, 300, 0, 500],
  [8, 7, 0.001, 7, 3, 1000],
  [40, 200, 0.5, 0.02, 0.5, 200],
  // Wide, but hardly falling.
  [0.0856, 2.222, 6.228, 180.5, 21, 216],
  [0.0665, 134, 5.01, 957, 0, 1096],
])(
  "the death integral is that of a fine rule at k = %d, alpha = %d, s = %d, beta = %d",
  (k, alpha, s, beta, t_x, T) => {
    const found = death();
    integrateDeath(k, alpha, s, beta, t_x, T, found);
    const top = -k * Math.log(alpha + t_x) - (s + 1) * Math.log(beta + t_x);
    const smaller = Math.min(alpha, beta);
    const fine = integrate(
      (y) => {
        const t = Math.exp(y) - smaller;
        return Math.exp(y - k * Math.log(alpha + t) - (s + 1) * Math.log(beta + t) - top);
      },
      Math.log(smaller + t_x),
      Math.log(smaller + T),
      400,
    );
    expect(found.log).toBeCloseTo(Math.log(s * fine) + top, 10);
  },
);

test("the log-likelihood is the papers' difference of hypergeometric functions, where that is usable", () => {
  // Fader & Hardie 2005, note on the Pareto/NBD likelihood, eq. 15 with alpha <= beta, the series summed plainly.
  const [r, alpha, s, beta, x, t_x, T] = [0.55, 8, 0.61, 11.67, 3, 17, 39];
  const F = (a: number, b: number, c: number, z: number) => {
    let term = 1;
    let sum = 1;
    for (let n = 0; n < 400; ++n) sum += term *= (((a + n) * (b + n)) / ((c + n) * (1 + n))) * z;
    return sum;
  };
  const k = r + s + x;
  const part = (t: number) => F(k, r + x, k + 1, (beta - alpha) / (beta + t)) / (beta + t) ** k;
  const wanted =
    logGamma(r + x) -
    logGamma(r) +
    r * Math.log(alpha) +
    s * Math.log(beta) +
    Math.log(1 / ((alpha + T) ** (r + x) * (beta + T) ** s) + (s / k) * (part(t_x) - part(T)));
  expect(paretoNbdLikelihood()(x, t_x, T, Float64Array.of(r, alpha, s, beta), new Float64Array(4))).toBeCloseTo(
    wanted,
    11,
  );
});

test("extremes stay finite: no dropout, no purchases, thousands of purchases, no time", () => {
  const likelihood = paretoNbdLikelihood();
  const slopes = new Float64Array(4);
  for (const p of [
    [0.7, 9, 1e-9, 1e9],
    [1e-9, 1e-9, 1e-9, 1e-9],
    [1e9, 1e9, 1e9, 1e9],
    [0.5, 1e-9, 5, 1e9],
  ]) {
    for (const [x, t_x, T] of [
      [0, 0, 0],
      [0, 0, 1e6],
      [5000, 1, 1e5],
      [5000, 1e5, 1e5],
      [1, 1e-9, 1e5],
    ]) {
      const value = likelihood(x, t_x, T, Float64Array.from(p), slopes);
      expect(Number.isFinite(value), `${p} at ${x} ${t_x} ${T}`).toBe(true);
      expect(slopes.every(Number.isFinite), `slopes of ${p} at ${x} ${t_x} ${T}`).toBe(true);
    }
  }
});
