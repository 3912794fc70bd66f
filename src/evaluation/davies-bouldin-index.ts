import type { Matrix } from "../matrix/index.js";
import { centroidsOf, clusterData } from "./cluster-data.js";

/**
 * Returns the Davies-Bouldin index, the mean over the clusters of the worst (spread + spread) / distance of two centres
 * (Davies & Bouldin 1979). Lower is better. Pairs of clusters with one centre are left out, as they have no ratio.
 *
 * @throws {RangeError} If the lengths differ, a value is not finite, or there are not from 2 to n - 1 clusters.
 *
 * @example
 * daviesBouldinIndex({ nRows: 4, nCols: 1, data: Float64Array.of(0, 1, 5, 6) }, [0, 0, 1, 1]); // 0.2
 */
export function daviesBouldinIndex(X: Matrix, labels: ArrayLike<number>): number {
  const { clusterOf, nClusters, sizes } = clusterData("daviesBouldinIndex", X, labels);
  const { nRows, nCols, data } = X;
  const centroids = centroidsOf(X, clusterOf, sizes);
  const spreads = new Float64Array(nClusters);
  for (let i = 0; i < nRows; ++i) {
    const cluster = clusterOf[i];
    spreads[cluster] += distance(data, i * nCols, centroids, cluster * nCols, nCols) / sizes[cluster];
  }
  let total = 0;
  for (let a = 0; a < nClusters; ++a) {
    let worst = 0;
    for (let b = 0; b < nClusters; ++b) {
      const apart = distance(centroids, a * nCols, centroids, b * nCols, nCols);
      if (a !== b && apart > 0) worst = Math.max(worst, (spreads[a] + spreads[b]) / apart);
    }
    total += worst;
  }
  return total / nClusters;
}

function distance(a: Float64Array, atA: number, b: Float64Array, atB: number, nCols: number): number {
  let squares = 0;
  for (let j = 0; j < nCols; ++j) squares += (a[atA + j] - b[atB + j]) ** 2;
  return Math.sqrt(squares);
}
