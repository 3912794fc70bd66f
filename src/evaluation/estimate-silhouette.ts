import { requireKnownOptions } from "../errors.js";
import { type Matrix, takeRows } from "../matrix/index.js";
import { createRandom, mean, requireInteger } from "../numeric/index.js";
import { clusterData } from "./cluster-data.js";
import { euclideanSums, silhouetteOf, silhouetteSamples } from "./silhouette-samples.js";
import { MAX_COMPARED, stratifiedSample } from "./stratified-sample.js";

/** A mean silhouette with its standard deviation. */
export interface SilhouetteEstimate {
  readonly score: number;
  /** Standard deviation of `score` over the draws of the sample; 0 if all rows were used. */
  readonly standardDeviation: number;
  readonly nRows: number;
  readonly nSampled: number;
}

/** Parts that are left out in turn. */
const N_PARTS = 30;

/**
 * Estimates the mean silhouette: exact up to `maxRows` rows, above that from a sample in which every cluster is drawn
 * in proportion to its size but never fewer than 50 rows, so that small clusters are not lost. Each cluster's mean
 * counts by its true size. The standard deviation is a jackknife's, which leaves out a thirtieth of the drawn rows in
 * turn, both as rows that are judged and as those they are judged by.
 *
 * @param options.maxRows Rows at most for which all pairs are compared; defaults to 10,000.
 * @param options.seed Seeds the draw.
 * @throws {RangeError} If the lengths differ, a value is not finite, or there are not from 2 to n - 1 clusters.
 *
 * @example
 * estimateSilhouette({ nRows: 4, nCols: 1, data: Float64Array.of(0, 1, 5, 6) }, [0, 0, 1, 1], { seed: 7 }).score.toFixed(3);
 * // "0.798"
 */
export function estimateSilhouette(
  X: Matrix,
  labels: ArrayLike<number>,
  options: { maxRows?: number; seed: number },
): SilhouetteEstimate {
  requireKnownOptions("compute estimateSilhouette", options, { maxRows: true, seed: true });
  const { maxRows = MAX_COMPARED, seed } = options;
  requireInteger("estimateSilhouette", "maxRows", maxRows, 2);
  const random = createRandom(seed);
  const { nRows } = X;
  const { clusterOf, nClusters, sizes } = clusterData("estimateSilhouette", X, labels);
  if (nRows <= maxRows) {
    return { score: mean(silhouetteSamples(X, clusterOf)), standardDeviation: 0, nRows, nSampled: nRows };
  }
  const members = Array.from({ length: nClusters }, (): number[] => []);
  clusterOf.forEach((cluster, row) => {
    members[cluster].push(row);
  });
  const rows: number[] = [];
  const clusters: number[] = [];
  const parts: number[] = []; // N_PARTS for rows of clusters that are taken whole: they vary with no draw
  let nVarying = 0;
  stratifiedSample(members, { most: maxRows, random }).forEach((drawn, cluster) => {
    const { length } = members[cluster];
    const whole = drawn.length === length;
    nVarying += whole ? 0 : length;
    drawn.forEach((row, place) => {
      rows.push(row);
      clusters.push(cluster);
      parts.push(whole ? N_PARTS : place % N_PARTS);
    });
  });
  const sample = sumsByPart(takeRows(X, rows), clusters, parts, sizes);
  const estimates = Array.from({ length: N_PARTS }, (_, part) => meanSilhouette(sample, part));
  const nDrawn = parts.filter((part) => part < N_PARTS).length;
  // Delete-a-group jackknife, with the correction for drawing without replacement (Kott 2001; Cochran 1977, ch. 2).
  const center = mean(estimates);
  const squares = estimates.reduce((total, estimate) => total + (estimate - center) ** 2, 0);
  const spread = ((N_PARTS - 1) / N_PARTS) * squares * (1 - nDrawn / nVarying);
  return { score: meanSilhouette(sample), standardDeviation: Math.sqrt(spread), nRows, nSampled: rows.length };
}

interface SampleSums {
  readonly clusters: readonly number[];
  readonly parts: readonly number[];
  /** Distances from each row to the rows of each cluster and part, shape (m × nClusters × (N_PARTS + 1)). */
  readonly sums: Float64Array;
  /** Rows of each cluster and part. */
  readonly counts: Float64Array;
  /** `sums` and `counts` of all parts together, shape (m × nClusters) and (nClusters,). */
  readonly wholeSums: Float64Array;
  readonly wholeCounts: Float64Array;
  /** Each cluster's share of all rows. */
  readonly shares: Float64Array;
}

function sumsByPart(X: Matrix, clusters: readonly number[], parts: readonly number[], sizes: Uint32Array): SampleSums {
  const cells = Uint32Array.from(clusters, (cluster, i) => cluster * (N_PARTS + 1) + parts[i]);
  const counts = new Float64Array(sizes.length * (N_PARTS + 1));
  for (const cell of cells) ++counts[cell];
  const nRows = sizes.reduce((a, b) => a + b, 0);
  const shares = Float64Array.from(sizes, (size) => size / nRows);
  const sums = euclideanSums(X, cells, counts.length);
  return { clusters, parts, sums, counts, wholeSums: ofAllParts(sums), wholeCounts: ofAllParts(counts), shares };
}

function ofAllParts(cells: Float64Array): Float64Array {
  return Float64Array.from({ length: cells.length / (N_PARTS + 1) }, (_, cluster) => {
    let total = 0;
    for (let part = 0; part <= N_PARTS; ++part) total += cells[cluster * (N_PARTS + 1) + part];
    return total;
  });
}

/** Returns the mean of the clusters' mean silhouettes, weighted by their true sizes, without one part of the sample. */
function meanSilhouette(
  { clusters, parts, sums, counts, wholeSums, wholeCounts, shares }: SampleSums,
  leftOut?: number,
): number {
  const nClusters = shares.length;
  const without = (cells: Float64Array, row: number, cluster: number) =>
    leftOut === undefined ? 0 : cells[(row * nClusters + cluster) * (N_PARTS + 1) + leftOut];
  const sizes = wholeCounts.map((count, cluster) => count - without(counts, 0, cluster));
  const means = new Float64Array(nClusters);
  const distances = new Float64Array(nClusters);
  clusters.forEach((own, i) => {
    if (parts[i] === leftOut) return;
    for (let c = 0; c < nClusters; ++c) distances[c] = wholeSums[i * nClusters + c] - without(sums, i, c);
    means[own] += silhouetteOf(distances, sizes, own) / sizes[own];
  });
  return means.reduce((total, own, cluster) => total + own * shares[cluster], 0);
}
