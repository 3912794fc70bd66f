import { describe, expect, test } from "vitest";
import { gammaGammaLikelihood } from "../../../src/models/btyd/models/gamma-gamma.js";

const spend = [20, 35, 8];
const v = 30;
const likelihoodOf = (x: readonly number[], point: readonly number[], counts = x.map(() => 1)) => {
  const likelihood = gammaGammaLikelihood(
    Float64Array.from(x),
    Float64Array.from(spend.slice(0, x.length)),
    Float64Array.from(counts),
  );
  const gradient = new Float64Array(3);
  const value = likelihood(Float64Array.from(point, Math.log), gradient);
  return { value, gradient };
};

// From 100,000 purchases on, what depends on x alone is not kept.
describe.each([
  ["few purchases", [3, 1, 60]],
  ["very many purchases", [100_000, 99_999, 250_000]],
  ["few and very many purchases", [3, 250_000, 3]],
])("the Gamma-Gamma likelihood of %s", (_, x) => {
  test("is log v - 2 log m - (x + 1) log(1 + v / (x m)) where p = q = 1", () => {
    // Fader & Hardie 2013, note 25, eq. 1a with p = q = 1.
    const of = (i: number) => Math.log(v) - 2 * Math.log(spend[i]) - (x[i] + 1) * Math.log1p(v / (x[i] * spend[i]));
    const wanted = of(0) + 2 * of(1) + of(2);
    expect(likelihoodOf(x, [1, 1, v], [1, 2, 1]).value / wanted).toBeCloseTo(1, 10);
  });

  test.each([[[1, 1, v]], [[6.3, 3.7, 15.4]]])("has the slopes of its differences at p, q, v = %j", (point) => {
    const { gradient } = likelihoodOf(x, point);
    for (const [j, slope] of gradient.entries()) {
      const at = (step: number) =>
        likelihoodOf(
          x,
          point.map((value, k) => (k === j ? value * Math.exp(step) : value)),
        ).value;
      expect((at(1e-4) - at(-1e-4)) / 2e-4).toBeCloseTo(slope, 3);
    }
  });
});
