import { type ClusterMasses, divideRows } from "./divide-rows.js";
import type { KmeansFit } from "./kmeans-fit.js";
import type { NodeMasses, PointTree } from "./point-tree.js";
import { squaredDistance } from "./squared-distance.js";

/** Stopping rules of Lloyd's algorithm. */
export interface LloydOptions {
  readonly maxIterations: number;
  /** Summed squared moves of the centroids that count as none. */
  readonly leastMove: number;
}

/** Runs Lloyd's algorithm. Changes `centroids`, shape (k × d), in place. */
export function lloyd(
  tree: PointTree,
  masses: NodeMasses,
  centroids: Float64Array,
  { maxIterations, leastMove }: LloydOptions,
): KmeansFit {
  const { points, rows } = tree;
  const { nRows, nCols: d, data, columnNames } = points;
  const k = centroids.length / d;
  const held: ClusterMasses = { weights: new Float64Array(k), sums: new Float64Array(k * d) };
  const labels = new Int32Array(nRows);
  let converged = false;
  let iterations = 0;
  while (iterations < maxIterations && !converged) {
    ++iterations;
    divideRows(tree, masses, centroids, held);
    if (held.weights.includes(0)) {
      divideRows(tree, masses, centroids, held, labels);
      relocateEmpty(tree, masses, centroids, held, labels);
    }
    let moved = 0;
    for (let at = 0; at < centroids.length; ++at) {
      const weight = held.weights[Math.floor(at / d)];
      if (weight === 0) continue;
      const mean = held.sums[at] / weight;
      moved += (mean - centroids[at]) ** 2;
      centroids[at] = mean;
    }
    converged = moved <= leastMove;
  }
  divideRows(tree, masses, centroids, held, labels);
  let inertia = 0;
  for (let i = 0; i < nRows; ++i) {
    const weight = masses.rowWeights ? masses.rowWeights[i] : 1;
    inertia += weight * squaredDistance(data, i, centroids, labels[rows[i]], d);
  }
  const named = { nRows: k, nCols: d, data: centroids, ...(columnNames ? { columnNames } : {}) };
  return { centroids: named, labels, inertia, iterations, converged };
}

/** Moves each empty cluster to the row that is farthest from its centroid, as scikit-learn does. */
function relocateEmpty(
  { points, rows }: PointTree,
  { rowWeights }: NodeMasses,
  centroids: Float64Array,
  { weights, sums }: ClusterMasses,
  labels: Int32Array,
): void {
  const { nRows, nCols: d, data } = points;
  const taken = new Set<number>();
  for (let c = 0; c < weights.length; ++c) {
    if (weights[c] > 0) continue;
    let farthest = -1;
    let row = -1;
    for (let i = 0; i < nRows; ++i) {
      if (taken.has(i) || rowWeights?.[i] === 0) continue;
      const distance = squaredDistance(data, i, centroids, labels[rows[i]], d);
      if (distance > farthest || (distance === farthest && rows[i] < rows[row])) [farthest, row] = [distance, i];
    }
    if (row < 0) return;
    taken.add(row);
    const weight = rowWeights ? rowWeights[row] : 1;
    const from = labels[rows[row]];
    for (let j = 0; j < d; ++j) {
      sums[from * d + j] -= weight * data[row * d + j];
      sums[c * d + j] = weight * data[row * d + j];
    }
    weights[from] -= weight;
    weights[c] = weight;
    // What fractions leave over is no row.
    if (weights[from] < 1e-12 * weight) weights[from] = 0;
  }
}
