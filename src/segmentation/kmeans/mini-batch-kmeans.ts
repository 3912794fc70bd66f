import { requireKnownOptions } from "../../errors.js";
import { type Matrix, takeRows } from "../../matrix/index.js";
import { createRandom, integer, requireFinite, requireInteger } from "../../numeric/index.js";
import { assignClusters } from "./assign-clusters.js";
import { fitKmeans } from "./kmeans.js";
import { withKmeansCard } from "./kmeans-card.js";
import type { KmeansFit } from "./kmeans-fit.js";
import { squaredDistance } from "./squared-distance.js";

/** Options for mini-batch k-means. */
export interface MiniBatchKmeansOptions {
  /** Number of clusters. */
  readonly k: number;
  /** Seeds the start and the batches. */
  readonly seed: number;
  /** Rows drawn for each step; defaults to 8,192. */
  readonly batchSize?: number;
  /** k-means starts on the first rows drawn; defaults to 10. */
  readonly nInit?: number;
  /** Steps at most; defaults to 300. */
  readonly maxSteps?: number;
  /** Steps without a lower inertia, smoothed over batches, after which it ends; defaults to 10. */
  readonly patience?: number;
}

/** Rows of the sample on which it starts, in batches. */
const START_BATCHES = 3;

/**
 * Fits mini-batch k-means (Sculley 2010), for more rows than {@link fitKmeans} should hold in a tree: it starts where
 * k-means ends on a sample, and then moves each centroid towards the rows of random batches that are nearest to it, by
 * 1 / (rows it has seen so far). All rows are looked at once, at the end. `iterations` are the steps.
 *
 * @param points Shape (n × d), without missing values, on comparable scales.
 * @throws {RangeError} If there are fewer rows than clusters, a value is not finite, or an option is out of range.
 *
 * @example
 * const points = matrixFromColumns({ x: [0, 1, 10, 11] });
 * fitMiniBatchKmeans(points, { k: 2, seed: 7 }).labels.length; // 4
 */
export function fitMiniBatchKmeans(points: Matrix, options: MiniBatchKmeansOptions): KmeansFit {
  requireKnownOptions("fit mini-batch k-means", options, {
    k: true,
    seed: true,
    batchSize: true,
    nInit: true,
    maxSteps: true,
    patience: true,
  });
  const { k, seed, batchSize = 8192, nInit = 10, maxSteps = 300, patience = 10 } = options;
  const caller = "fitMiniBatchKmeans";
  requireInteger(caller, "batchSize", batchSize, 1);
  requireInteger(caller, "maxSteps", maxSteps, 1);
  requireInteger(caller, "patience", patience, 1);
  requireFinite(caller, { points: points.data });
  const { nRows, nCols: d } = points;
  const random = createRandom(seed);
  const draw = (size: number) =>
    takeRows(
      points,
      Uint32Array.from({ length: size }, () => integer(random, nRows)),
    );
  const sample = nRows <= START_BATCHES * batchSize ? points : draw(START_BATCHES * batchSize);
  const start = fitKmeans(sample, { k, seed, nInit });
  const centroids = { ...start.centroids, data: start.centroids.data.slice() };
  const seen = new Float64Array(k);
  for (const label of start.labels) ++seen[label];
  // The newest batches count most, as many as make up all rows.
  const share = Math.min(1, (2 * batchSize) / (nRows + 1));
  let smoothed = Number.NaN;
  let least = Number.POSITIVE_INFINITY;
  let waited = 0;
  let steps = 0;
  while (steps < maxSteps && waited < patience) {
    ++steps;
    const batch = draw(batchSize);
    const labels = assignClusters(batch, centroids);
    const inertia = inertiaOf(batch, centroids, labels) / batchSize;
    labels.forEach((c, i) => {
      ++seen[c];
      for (let j = 0; j < d; ++j)
        centroids.data[c * d + j] += (batch.data[i * d + j] - centroids.data[c * d + j]) / seen[c];
    });
    smoothed = steps === 1 ? inertia : smoothed + share * (inertia - smoothed);
    waited = smoothed < least ? 0 : waited + 1;
    least = Math.min(least, smoothed);
  }
  const labels = assignClusters(points, centroids);
  const inertia = inertiaOf(points, centroids, labels);
  const fit = { centroids, labels, inertia, iterations: steps, converged: waited >= patience };
  return withKmeansCard("mini-batch k-means", fit, seed);
}

function inertiaOf({ nRows, nCols: d, data }: Matrix, centroids: Matrix, labels: Int32Array): number {
  let inertia = 0;
  for (let i = 0; i < nRows; ++i) inertia += squaredDistance(data, i, centroids.data, labels[i], d);
  return inertia;
}
