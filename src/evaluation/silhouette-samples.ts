import { requireKnownOptions } from "../errors.js";
import type { Matrix } from "../matrix/index.js";
import { argsort } from "../numeric/index.js";
import { clusterData } from "./cluster-data.js";

/** Options of a silhouette. */
export interface SilhouetteOptions {
  /**
   * "euclidean" if a row holds a point's coordinates, "precomputed" if it holds its distances to all rows; defaults to
   * "euclidean".
   */
  metric?: "euclidean" | "precomputed";
}

/**
 * Returns each row's silhouette (Rousseeuw 1987): (b - a) / max(a, b), where a is its mean distance to the rest of its
 * cluster and b that to the nearest other cluster. In [-1, 1]; 0 for a row that is alone in its cluster.
 *
 * Exact, from all pairs: time grows with the square of the rows, memory with rows × clusters.
 *
 * @param X Shape (n × d), without missing values.
 * @param labels A number per row that names its cluster, shape (n,).
 * @throws {RangeError} If the lengths differ, a value is not finite, or there are not from 2 to n - 1 clusters.
 *
 * @example
 * silhouetteSamples({ nRows: 3, nCols: 1, data: Float64Array.of(0, 1, 5) }, [0, 0, 1]); // [0.8, 0.75, 0]
 */
export function silhouetteSamples(X: Matrix, labels: ArrayLike<number>, options: SilhouetteOptions = {}): Float64Array {
  requireKnownOptions("compute silhouetteSamples", options, { metric: true });
  const { metric = "euclidean" } = options;
  const { clusterOf, nClusters, sizes } = clusterData("silhouetteSamples", X, labels);
  const sums = metric === "precomputed" ? givenSums(X, clusterOf, nClusters) : euclideanSums(X, clusterOf, nClusters);
  return clusterOf.reduce((silhouettes, own, i) => {
    silhouettes[i] = silhouetteOf(sums.subarray(i * nClusters, (i + 1) * nClusters), sizes, own);
    return silhouettes;
  }, new Float64Array(X.nRows));
}

/** Returns a row's silhouette from its summed distances to each cluster, those to its own among them. */
export function silhouetteOf(sums: Float64Array, sizes: ArrayLike<number>, own: number): number {
  if (sizes[own] <= 1) return 0;
  let nearest = Number.POSITIVE_INFINITY;
  for (let c = 0; c < sums.length; ++c) if (c !== own && sizes[c]) nearest = Math.min(nearest, sums[c] / sizes[c]);
  const within = sums[own] / (sizes[own] - 1);
  const wider = Math.max(within, nearest);
  return wider > 0 ? (nearest - within) / wider : 0;
}

/**
 * Returns the sum of the distances from each row to each cluster, shape (n × nClusters), row-major.
 *
 * Rows are taken cluster by cluster, and their columns apart, so that the inner loops run through memory.
 */
export function euclideanSums({ nRows, nCols, data }: Matrix, clusterOf: Uint32Array, nClusters: number): Float64Array {
  const rows = argsort(clusterOf);
  const starts = new Uint32Array(nClusters + 1);
  for (const cluster of clusterOf) ++starts[cluster + 1];
  for (let c = 0; c < nClusters; ++c) starts[c + 1] += starts[c];
  const none = new Float64Array(nRows);
  const columns = Array.from({ length: 3 * Math.ceil(nCols / 3) }, (_, d) =>
    d < nCols ? Float64Array.from(rows, (row) => data[row * nCols + d]) : none,
  );
  const byCluster = Array.from({ length: nClusters }, () => new Float64Array(nRows));
  const distances = new Float64Array(nRows);
  for (let i = 0; i < nRows; ++i) {
    squaredDistancesTo(columns, i, distances);
    const own = clusterOf[rows[i]];
    const toOwn = byCluster[own];
    for (let c = 0; c <= own; ++c) {
      let total = 0;
      const end = Math.min(i, starts[c + 1]);
      for (let j = starts[c]; j < end; ++j) {
        const distance = Math.sqrt(distances[j]);
        total += distance;
        toOwn[j] += distance;
      }
      byCluster[c][i] += total;
    }
  }
  const sums = new Float64Array(nRows * nClusters);
  rows.forEach((row, i) => {
    for (let c = 0; c < nClusters; ++c) sums[row * nClusters + c] = byCluster[c][i];
  });
  return sums;
}

/** Fills in the squared distances from row i to those before it. Three columns at a time spare passes through memory. */
function squaredDistancesTo(columns: readonly Float64Array[], i: number, distances: Float64Array): void {
  for (let d = 0; d < columns.length; d += 3) {
    const [a, b, c] = [columns[d], columns[d + 1], columns[d + 2]];
    const x = a[i];
    const y = b[i];
    const z = c[i];
    if (d === 0) distances.fill(0, 0, i);
    for (let j = 0; j < i; ++j) {
      const p = a[j] - x;
      const q = b[j] - y;
      const r = c[j] - z;
      distances[j] += p * p + q * q + r * r;
    }
  }
}

function givenSums({ nRows, nCols, data }: Matrix, clusterOf: Uint32Array, nClusters: number): Float64Array {
  if (nRows !== nCols) {
    throw new RangeError(
      `Cannot compute silhouetteSamples: distances are ${nRows} × ${nCols}; expected a square matrix`,
    );
  }
  const sums = new Float64Array(nRows * nClusters);
  for (let i = 0; i < nRows; ++i) {
    if (data[i * nCols + i] !== 0) {
      throw new RangeError(
        `Cannot compute silhouetteSamples: row ${i} has distance ${data[i * nCols + i]} to itself; expected 0`,
      );
    }
    for (let j = 0; j < nRows; ++j) sums[i * nClusters + clusterOf[j]] += data[i * nCols + j];
  }
  return sums;
}
