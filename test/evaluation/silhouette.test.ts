import { describe, expect, test } from "vitest";
import { estimateSilhouette, silhouetteScore } from "../../src/evaluation/index.js";
import { matrixFromRows } from "../../src/matrix/index.js";
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

  test("rejects a missing seed", () => {
    // @ts-expect-error a seed is required
    expect(() => estimateSilhouette(X, LABELS, {})).toThrow("seed is undefined");
  });
});
