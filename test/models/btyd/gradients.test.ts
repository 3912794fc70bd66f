import { expect, test } from "vitest";
import type { HistoryLikelihood } from "../../../src/models/btyd/fit/fit-histories.js";
import { betaGeoBetaBinomial } from "../../../src/models/btyd/models/beta-geo-beta-binomial.js";
import { betaGeoLikelihood } from "../../../src/models/btyd/models/beta-geo-likelihood.js";
import { nbd } from "../../../src/models/btyd/models/nbd.js";
import { paretoNbdLikelihood } from "../../../src/models/btyd/models/pareto-nbd-likelihood.js";

const histories: [x: number, t_x: number, T: number][] = [
  ...([
    [0, 0, 40],
    [1, 3, 40],
    [1, 40, 40],
    [5, 12, 30],
    [26, 30.857, 31],
    [60, 20, 200],
  ] as [number, number, number][]),
  ...([
    [0, 0, 0.5],
    [200, 38, 40],
    [3, 0.01, 1000],
  ] as [number, number, number][]),
];
const points = [
  [0.25, 4, 0.8, 2.5],
  [2, 30, 0.05, 9],
  [0.6, 0.5, 3, 50],
  [8, 12, 1, 0.3],
];

/** The largest miss of a likelihood's slopes against central differences, relative to their size. */
function worstMiss(
  likelihood: HistoryLikelihood,
  size: number,
  rows: readonly (readonly [number, number, number])[],
): number {
  let worst = 0;
  const slopes = new Float64Array(size);
  const unused = new Float64Array(size);
  for (const point of points) {
    for (const [x, t_x, T] of rows) {
      const at = (j: number, step: number) => {
        const p = Float64Array.from(point.slice(0, size), (value, k) => value * (k === j ? Math.exp(step) : 1));
        return likelihood(x, t_x, T, p, unused);
      };
      likelihood(x, t_x, T, Float64Array.from(point.slice(0, size)), slopes);
      for (let j = 0; j < size; ++j) {
        // Richardson's combination of two central differences, so that the check is finer than the claim.
        const difference = (h: number) => (at(j, h) - at(j, -h)) / (2 * h);
        const slope = (4 * difference(5e-4) - difference(1e-3)) / 3;
        worst = Math.max(worst, Math.abs(slopes[j] - slope) / Math.max(1, Math.abs(slope)));
      }
    }
  }
  return worst;
}

test.each([
  ["NBD", nbd.createLikelihood(), 2],
  ["BG/NBD", betaGeoLikelihood("after each repeat purchase"), 4],
  ["MBG/NBD", betaGeoLikelihood("after every purchase"), 4],
  ["Pareto/NBD", paretoNbdLikelihood(), 4],
])("the slopes of the %s log-likelihood are its differences, to 1e-6", (_, likelihood, size) => {
  expect(worstMiss(likelihood, size, histories)).toBeLessThan(1e-6);
});

test("the slopes of the BG/BB log-likelihood are its differences, to 1e-6", () => {
  const rows = [
    [0, 0, 6],
    [1, 1, 6],
    [2, 5, 6],
    [6, 6, 6],
    [3, 10, 40],
  ] as const;
  expect(worstMiss(betaGeoBetaBinomial.createLikelihood(), 4, rows)).toBeLessThan(1e-6);
});
