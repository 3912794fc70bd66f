import { describe, expect, test } from "vitest";
import { adjustedRandScore } from "../../src/evaluation/index.js";
import { matrixFromColumns, matrixFromRows, takeRows } from "../../src/matrix/index.js";
import { createRandom, integer, normal } from "../../src/numeric/random.js";
import { assignClusters, clusterStability, fitKmeans } from "../../src/segmentation/index.js";
import { blobs } from "./blobs.js";

/** Rows without structure. */
function cloud(nRows: number, seed: number) {
  const random = createRandom(seed);
  return matrixFromRows(Array.from({ length: nRows }, () => [normal(random), normal(random)]));
}

describe("the stability of clusters", () => {
  test("is the mean adjusted Rand index of refits on rows drawn again, predicted on all rows", () => {
    const points = cloud(150, 3);
    const fit = fitKmeans(points, { k: 4, seed: 1 });
    const random = createRandom(99);
    const scores = Array.from({ length: 400 }, (_, seed) => {
      const drawn = Array.from({ length: points.nRows }, () => integer(random, points.nRows));
      const { centroids } = fitKmeans(takeRows(points, drawn), { k: 4, seed, nInit: 3 });
      return adjustedRandScore(fit.labels, assignClusters(points, centroids));
    });
    const mean = scores.reduce((a, b) => a + b, 0) / scores.length;
    const deviation = Math.sqrt(scores.reduce((total, score) => total + (score - mean) ** 2, 0) / scores.length);
    const { score, nRows } = clusterStability(points, fit, { seed: 7, refits: 400 });
    expect(nRows).toBe(150);
    // Two means of 400 each, three standard deviations of their difference.
    expect(Math.abs(score - mean)).toBeLessThan(3 * deviation * Math.sqrt(2 / 400));
    expect(score).toBeLessThan(0.9);
  });

  test("is 1 where clusters are far apart", () => {
    const points = blobs(3, 40, 5);
    expect(clusterStability(points, fitKmeans(points, { k: 3, seed: 1 }), { seed: 7, refits: 20 }).score).toBe(1);
  });

  test("is that of 100 refits of three starts each, unless others are asked for", () => {
    const points = cloud(60, 8);
    const fit = fitKmeans(points, { k: 6, seed: 1 });
    const own = clusterStability(points, fit, { seed: 7 });
    expect(own).toEqual(clusterStability(points, fit, { seed: 7, refits: 100, nInit: 3 }));
    expect(own).not.toEqual(clusterStability(points, fit, { seed: 7, refits: 99 }));
    expect(own).not.toEqual(clusterStability(points, fit, { seed: 7, nInit: 1 }));
    expect(own).not.toEqual(clusterStability(points, fit, { seed: 8 }));
  });

  test("is of all rows up to 50,000, above that of as many drawn ones, which have the labels that they had", () => {
    const column = (nRows: number) =>
      matrixFromColumns({ x: Float64Array.from({ length: nRows }, (_, i) => 100 * (i % 2) + (i % 7)) });
    const stabilityOf = (nRows: number, maxRows?: number) => {
      const points = column(nRows);
      const fit = fitKmeans(points, { k: 2, seed: 1, nInit: 1 });
      return clusterStability(points, fit, { seed: 7, refits: 1, nInit: 1, ...(maxRows ? { maxRows } : {}) });
    };
    expect(stabilityOf(50_000)).toEqual({ score: 1, nRows: 50_000 });
    expect(stabilityOf(50_001)).toEqual({ score: 1, nRows: 50_000 });
    expect(stabilityOf(500, 100)).toEqual({ score: 1, nRows: 100 });
  });
});
