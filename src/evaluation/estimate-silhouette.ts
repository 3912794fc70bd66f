import { requireWhole } from "../checks.js";
import { type Matrix, takeRows } from "../matrix.js";
import { createRandom, shuffled } from "../random.js";
import { mean, variance } from "../stats.js";
import { clusterData } from "./cluster-data.js";
import { silhouetteSamples } from "./silhouette-samples.js";

/** A mean silhouette and how sure it is. */
export interface SilhouetteEstimate {
  readonly score: number;
  /** Standard deviation of `score` over the draws of the sample; 0 if all rows were used. */
  readonly standardDeviation: number;
  readonly nRows: number;
  readonly nSampled: number;
}

/** Rows of a cluster that the sample holds at least, if the cluster has them. */
const LEAST_PER_CLUSTER = 50;

/**
 * The mean silhouette: exact up to `maxRows` rows, above that from a sample in which every cluster is drawn in
 * proportion to its size but never fewer than 50 rows, so that small clusters are not lost. Each cluster's mean
 * counts by its true size.
 *
 * @param options.maxRows Rows at most for which all pairs are compared; defaults to 10,000.
 * @param options.seed Seeds the draw.
 * @throws {RangeError} If the lengths differ, a value is not finite, or there are not from 2 to n - 1 clusters.
 */
export function estimateSilhouette(
  X: Matrix,
  labels: ArrayLike<number>,
  { maxRows = 10_000, seed }: { maxRows?: number; seed: number },
): SilhouetteEstimate {
  requireWhole("estimateSilhouette", "maxRows", maxRows, 2);
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
  const drawn = members.map((rows, cluster) => {
    const wanted = Math.max(LEAST_PER_CLUSTER, Math.round((maxRows * rows.length) / nRows));
    return rows.length <= wanted ? rows : shuffled(random.fork(cluster), rows).slice(0, wanted);
  });
  const sampled = drawn.flat();
  const silhouettes = silhouetteSamples(
    takeRows(X, sampled),
    sampled.map((row) => clusterOf[row]),
  );
  let score = 0;
  let scoreVariance = 0;
  let from = 0;
  drawn.forEach((rows, cluster) => {
    const own = silhouettes.subarray(from, from + rows.length);
    from += rows.length;
    const share = sizes[cluster] / nRows;
    score += share * mean(own);
    // A stratified mean with the correction for drawing without replacement (Cochran 1977, eq. 5.6).
    const left = 1 - rows.length / sizes[cluster];
    if (left > 0) scoreVariance += (share * share * left * variance(own, { ddof: 1 })) / rows.length;
  });
  return { score, standardDeviation: Math.sqrt(scoreVariance), nRows, nSampled: sampled.length };
}
