import type { Matrix } from "../matrix/index.js";
import { requireFinite } from "../numeric/index.js";

/** Checks rows and labels for `caller`; numbers the clusters from 0 in order of first appearance. */
export function clusterData(caller: string, X: Matrix, labels: ArrayLike<number>) {
  if (labels.length !== X.nRows) {
    throw new RangeError(
      `Cannot compute ${caller}: labels has ${labels.length} values for ${X.nRows} rows; expected one per row`,
    );
  }
  requireFinite(caller, { X: X.data, labels });
  const numbers = new Map<number, number>();
  const clusterOf = new Uint32Array(X.nRows);
  for (let i = 0; i < X.nRows; ++i) {
    const known = numbers.get(labels[i]);
    clusterOf[i] = known ?? numbers.size;
    if (known === undefined) numbers.set(labels[i], numbers.size);
  }
  const nClusters = numbers.size;
  if (!(2 <= nClusters && nClusters < X.nRows)) {
    throw new RangeError(
      `Cannot compute ${caller}: there are ${nClusters} clusters of ${X.nRows} rows; expected between 2 and ${X.nRows - 1} clusters`,
    );
  }
  const sizes = new Uint32Array(nClusters);
  for (const cluster of clusterOf) ++sizes[cluster];
  return { clusterOf, nClusters, sizes };
}

/** Returns the mean of each cluster's rows, shape (nClusters × nCols), row-major. */
export function centroidsOf({ nRows, nCols, data }: Matrix, clusterOf: Uint32Array, sizes: Uint32Array): Float64Array {
  const centroids = new Float64Array(sizes.length * nCols);
  for (let i = 0; i < nRows; ++i) {
    for (let j = 0; j < nCols; ++j) centroids[clusterOf[i] * nCols + j] += data[i * nCols + j];
  }
  return centroids.map((total, cell) => total / sizes[Math.floor(cell / nCols)]);
}
