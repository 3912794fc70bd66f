import { describe, expect, test } from "vitest";
import { estimateSilhouette, silhouetteSamples, silhouetteScore } from "../../src/evaluation/index.js";
import { stratifiedSample } from "../../src/evaluation/stratified-sample.js";
import { matrixFromRows, takeRows } from "../../src/matrix/index.js";
import { mean } from "../../src/numeric/index.js";
import { createRandom, normal } from "../../src/numeric/random.js";

const random = createRandom(6);
const LABELS = Array.from({ length: 3000 }, (_, i) => (i < 2000 ? 0 : i < 2980 ? 1 : 2));
const X = matrixFromRows(LABELS.map((label) => [normal(random) + 4 * label, normal(random)]));

describe("estimateSilhouette", () => {
  test("the estimate is exact up to maxRows", () => {
    const exact = { score: silhouetteScore(X, LABELS), standardDeviation: 0, nRows: 3000, nSampled: 3000 };
    expect(estimateSilhouette(X, LABELS, { seed: 1 })).toEqual(exact);
  });

  test("above maxRows the estimate is within four standard deviations and represents small clusters", () => {
    const exact = silhouetteScore(X, LABELS);
    for (const seed of [1, 2, 3, 4, 5]) {
      const estimate = estimateSilhouette(X, LABELS, { seed, maxRows: 500 });
      expect(Math.abs(estimate.score - exact)).toBeLessThan(4 * estimate.standardDeviation);
      expect(estimate.standardDeviation).toBeLessThan(0.02);
      expect(estimate.nSampled).toBe(333 + 163 + 20); // all 20 rows of the smallest
    }
  });

  test("its standard deviation is that of the estimates", () => {
    const estimates = Array.from({ length: 60 }, (_, seed) => estimateSilhouette(X, LABELS, { seed, maxRows: 200 }));
    const scores = estimates.map(({ score }) => score);
    const center = scores.reduce((a, b) => a + b) / 60;
    const spread = Math.sqrt(scores.reduce((total, score) => total + (score - center) ** 2, 0) / 59);
    const said = estimates.reduce((total, { standardDeviation }) => total + standardDeviation, 0) / 60;
    expect(spread / said).toBeGreaterThan(0.7);
    expect(spread / said).toBeLessThan(1.4);
  });

  test("its standard deviation shrinks with the rows that are left undrawn: a tenth leaves a third of it", () => {
    const few = { ...X, nRows: 400, data: X.data.slice(0, 400 * X.nCols) };
    const labels = Array.from({ length: 400 }, (_, i) => Number(few.data[i * X.nCols] > 0));
    const estimates = Array.from({ length: 60 }, (_, seed) => estimateSilhouette(few, labels, { seed, maxRows: 360 }));
    const scores = estimates.map(({ score }) => score);
    const center = scores.reduce((a, b) => a + b) / 60;
    const spread = Math.sqrt(scores.reduce((total, score) => total + (score - center) ** 2, 0) / 59);
    const said = estimates.reduce((total, { standardDeviation }) => total + standardDeviation, 0) / 60;
    expect(spread / said).toBeGreaterThan(0.7);
    expect(spread / said).toBeLessThan(1.4);
  });

  test("its standard deviation is a jackknife's over thirty parts, times the share of rows that are left undrawn", () => {
    const [labels, most, seed] = [LABELS.slice(1600), 700, 3];
    const points = { ...X, nRows: labels.length, data: X.data.slice(1600 * X.nCols) };
    const estimate = estimateSilhouette(points, labels, { seed, maxRows: most });
    const members = [0, 1, 2].map((own) => labels.flatMap((label, row) => (label === own ? [row] : [])));
    const drawn = stratifiedSample(members, { most, random: createRandom(seed) });
    const scoreWithout = (part: number) => {
      // All 20 rows of the smallest cluster are used every time.
      const kept = drawn.map((rows, own) => (own === 2 ? rows : rows.filter((_, place) => place % 30 !== part)));
      const silhouettes = silhouetteSamples(
        takeRows(points, kept.flat()),
        kept.flatMap((rows, own) => rows.map(() => own)),
      );
      let from = 0;
      return kept.reduce((sum, rows, own) => {
        const these = silhouettes.subarray(from, from + rows.length);
        from += rows.length;
        return sum + (mean(these) * members[own].length) / labels.length;
      }, 0);
    };
    expect(estimate.score).toBeCloseTo(scoreWithout(-1), 12);
    const parts = Array.from({ length: 30 }, (_, part) => scoreWithout(part));
    const undrawn = 1 - (drawn[0].length + drawn[1].length) / (members[0].length + members[1].length);
    const jackknife = (29 / 30) * parts.reduce((sum, part) => sum + (part - mean(parts)) ** 2, 0);
    expect(undrawn).toBeCloseTo(0.5, 2);
    expect(estimate.standardDeviation).toBeCloseTo(Math.sqrt(jackknife * undrawn), 12);
  });

  test("rejects a missing seed", () => {
    // @ts-expect-error a seed is required
    expect(() => estimateSilhouette(X, LABELS, {})).toThrow("seed is undefined");
  });
});
