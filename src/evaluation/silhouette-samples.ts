import type { Matrix } from "../matrix.js";
import { clusterData } from "./cluster-data.js";

/** What the rows of a silhouette are. */
export interface SilhouetteOptions {
  /**
   * "euclidean" if a row holds a point's coordinates, "precomputed" if it holds its distances to all rows; defaults to
   * "euclidean".
   */
  metric?: "euclidean" | "precomputed";
}

/**
 * Each row's silhouette (Rousseeuw 1987): (b - a) / max(a, b), where a is its mean distance to the rest of its
 * cluster and b that to the nearest other cluster. In [-1, 1]; 0 for a row that is alone in its cluster.
 *
 * Exact, from all pairs: time grows with the square of the rows, memory with rows × clusters.
 *
 * @param X Shape (n × d), without missing values.
 * @param labels A number per row that names its cluster, shape (n,).
 * @throws {RangeError} If the lengths differ, a value is not finite, or there are not from 2 to n - 1 clusters.
 */
export function silhouetteSamples(
  X: Matrix,
  labels: ArrayLike<number>,
  { metric = "euclidean" }: SilhouetteOptions = {},
): Float64Array {
  const { clusterOf, nClusters, sizes } = clusterData("silhouetteSamples", X, labels);
  const sums = metric === "precomputed" ? givenSums(X, clusterOf, nClusters) : euclideanSums(X, clusterOf, nClusters);
  return clusterOf.reduce((silhouettes, own, i) => {
    silhouettes[i] = silhouetteOf(sums.subarray(i * nClusters, (i + 1) * nClusters), sizes, own);
    return silhouettes;
  }, new Float64Array(X.nRows));
}

/** A row's silhouette from its summed distances to each cluster, those to its own among them. */
export function silhouetteOf(sums: Float64Array, sizes: ArrayLike<number>, own: number): number {
  if (sizes[own] <= 1) return 0;
  let nearest = Number.POSITIVE_INFINITY;
  for (let c = 0; c < sums.length; ++c) if (c !== own && sizes[c]) nearest = Math.min(nearest, sums[c] / sizes[c]);
  const within = sums[own] / (sizes[own] - 1);
  const wider = Math.max(within, nearest);
  return wider > 0 ? (nearest - within) / wider : 0;
}

/** Sum of the distances from each row to each cluster, shape (n × nClusters), row-major. */
export function euclideanSums({ nRows, nCols, data }: Matrix, clusterOf: Uint32Array, nClusters: number): Float64Array {
  const sums = new Float64Array(nRows * nClusters);
  for (let i = 0; i < nRows; ++i) {
    const atI = i * nCols;
    const ownSums = i * nClusters;
    const own = clusterOf[i];
    for (let j = 0; j < i; ++j) {
      let squares = 0;
      for (let d = 0, atJ = j * nCols; d < nCols; ++d) {
        const gap = data[atI + d] - data[atJ + d];
        squares += gap * gap;
      }
      const distance = Math.sqrt(squares);
      sums[ownSums + clusterOf[j]] += distance;
      sums[j * nClusters + own] += distance;
    }
  }
  return sums;
}

function givenSums({ nRows, nCols, data }: Matrix, clusterOf: Uint32Array, nClusters: number): Float64Array {
  if (nRows !== nCols) {
    throw new RangeError(`Cannot compute silhouetteSamples: distances are ${nRows} × ${nCols}, a square is needed`);
  }
  const sums = new Float64Array(nRows * nClusters);
  for (let i = 0; i < nRows; ++i) {
    if (data[i * nCols + i] !== 0) {
      throw new RangeError(
        `Cannot compute silhouetteSamples: row ${i} is ${data[i * nCols + i]} away from itself, 0 is needed`,
      );
    }
    for (let j = 0; j < nRows; ++j) sums[i * nClusters + clusterOf[j]] += data[i * nCols + j];
  }
  return sums;
}
