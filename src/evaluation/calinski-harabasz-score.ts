import type { Matrix } from "../matrix/index.js";
import { centroidsOf, clusterData } from "./cluster-data.js";

/**
 * Returns the variance between clusters over the variance within, each per degree of freedom (Caliński & Harabasz
 * 1974). Higher is better. 1 if no row differs from its centre.
 *
 * @throws {RangeError} If the lengths differ, a value is not finite, or there are not from 2 to n - 1 clusters.
 *
 * @example
 * calinskiHarabaszScore({ nRows: 4, nCols: 1, data: Float64Array.of(0, 1, 5, 6) }, [0, 0, 1, 1]); // 50
 */
export function calinskiHarabaszScore(X: Matrix, labels: ArrayLike<number>): number {
  const { clusterOf, nClusters, sizes } = clusterData("calinskiHarabaszScore", X, labels);
  const { nRows, nCols, data } = X;
  const centroids = centroidsOf(X, clusterOf, sizes);
  const center = centroidsOf(X, new Uint32Array(nRows), Uint32Array.of(nRows));
  let between = 0;
  let within = 0;
  for (let j = 0; j < nCols; ++j) {
    for (let c = 0; c < nClusters; ++c) between += sizes[c] * (centroids[c * nCols + j] - center[j]) ** 2;
    for (let i = 0; i < nRows; ++i) within += (data[i * nCols + j] - centroids[clusterOf[i] * nCols + j]) ** 2;
  }
  return within > 0 ? (between * (nRows - nClusters)) / (within * (nClusters - 1)) : 1;
}
