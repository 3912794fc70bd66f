import type { Matrix } from "../matrix.js";
import type { KmeansFit } from "./kmeans.js";
import { squaredDistance } from "./squared-distance.js";

/** When Lloyd's algorithm ends. */
export interface LloydOptions {
  readonly maxIterations: number;
  /** Summed squared moves of the centroids that count as none. */
  readonly leastMove: number;
}

/** Lloyd's algorithm with Hamerly's bounds. `centroids`, shape (k × d), is changed. */
export function lloyd(
  points: Matrix,
  centroids: Float64Array,
  weights: Float64Array | undefined,
  { maxIterations, leastMove }: LloydOptions,
): KmeansFit {
  const { nRows, nCols, data, columnNames } = points;
  const k = centroids.length / nCols;
  const state = createBounds(nRows, k);
  const sums = new Float64Array(k * nCols);
  const counts = new Float64Array(k);
  const before = new Float64Array(k * nCols);
  let converged = false;
  let settled = false;
  let iterations = 0;
  while (iterations < maxIterations && !converged) {
    ++iterations;
    const changed = assign(points, centroids, state);
    sumUp(points, state.labels, weights, { sums, counts });
    relocateEmpty(points, centroids, weights, { sums, counts, state });
    before.set(centroids);
    for (let c = 0; c < k; ++c) {
      if (counts[c] === 0) continue;
      for (let j = 0; j < nCols; ++j) centroids[c * nCols + j] = sums[c * nCols + j] / counts[c];
    }
    const moved = moveBounds(before, centroids, nCols, state);
    settled = iterations > 1 && !changed;
    converged = settled || moved <= leastMove;
  }
  // Where the labels settled, the centroids are their means already.
  if (!settled) assign(points, centroids, state);
  const labels = Int32Array.from(state.labels);
  let inertia = 0;
  for (let i = 0; i < nRows; ++i) {
    inertia += (weights ? weights[i] : 1) * squaredDistance(data, i, centroids, labels[i], nCols);
  }
  const named = { nRows: k, nCols, data: centroids, ...(columnNames ? { columnNames } : {}) };
  return { centroids: named, labels, inertia, iterations, converged };
}

/** What is known of the distances without computing them. */
interface Bounds {
  readonly labels: Int32Array;
  /** At least each row's distance to its own centroid. */
  readonly upper: Float64Array;
  /** At most each row's distance to any other centroid. */
  readonly lower: Float64Array;
  /** Distance that each centroid moved in the last step. */
  readonly moves: Float64Array;
}

function createBounds(nRows: number, k: number): Bounds {
  return {
    labels: new Int32Array(nRows).fill(-1),
    upper: new Float64Array(nRows).fill(Number.POSITIVE_INFINITY),
    lower: new Float64Array(nRows).fill(Number.NEGATIVE_INFINITY),
    moves: new Float64Array(k),
  };
}

/** Gives each row to its nearest centroid; whether any row changed. */
function assign({ nRows, nCols: d, data }: Matrix, centroids: Float64Array, bounds: Bounds): boolean {
  const { labels, upper, lower, moves } = bounds;
  const k = moves.length;
  const half = halfGaps(centroids, k, d);
  let farthest = 0;
  let second = 0;
  let farthestOf = -1;
  for (let c = 0; c < k; ++c) {
    if (moves[c] > farthest) {
      second = farthest;
      farthest = moves[c];
      farthestOf = c;
    } else if (moves[c] > second) second = moves[c];
  }
  let changed = false;
  for (let i = 0; i < nRows; ++i) {
    const own = labels[i];
    if (own >= 0) {
      upper[i] += moves[own];
      lower[i] -= own === farthestOf ? second : farthest;
      const safe = Math.max(half[own], lower[i]);
      if (upper[i] < safe) continue;
      upper[i] = Math.sqrt(squaredDistance(data, i, centroids, own, d));
      if (upper[i] < safe) continue;
    }
    let nearest = Number.POSITIVE_INFINITY;
    let next = Number.POSITIVE_INFINITY;
    let label = 0;
    for (let c = 0; c < k; ++c) {
      const distance = squaredDistance(data, i, centroids, c, d);
      if (distance < nearest) {
        next = nearest;
        nearest = distance;
        label = c;
      } else if (distance < next) next = distance;
    }
    upper[i] = Math.sqrt(nearest);
    lower[i] = Math.sqrt(next);
    if (label !== own) {
      labels[i] = label;
      changed = true;
    }
  }
  return changed;
}

/** Half the distance from each centroid to the nearest other one: a row nearer than that is nowhere else. */
function halfGaps(centroids: Float64Array, k: number, d: number): Float64Array {
  const half = new Float64Array(k).fill(Number.POSITIVE_INFINITY);
  for (let a = 0; a < k; ++a) {
    for (let b = 0; b < a; ++b) {
      const gap = Math.sqrt(squaredDistance(centroids, a, centroids, b, d)) / 2;
      if (gap < half[a]) half[a] = gap;
      if (gap < half[b]) half[b] = gap;
    }
  }
  return half;
}

interface Sums {
  readonly sums: Float64Array;
  readonly counts: Float64Array;
}

function sumUp(
  { nRows, nCols: d, data }: Matrix,
  labels: Int32Array,
  weights: Float64Array | undefined,
  { sums, counts }: Sums,
): void {
  sums.fill(0);
  counts.fill(0);
  for (let i = 0; i < nRows; ++i) {
    const c = labels[i];
    const weight = weights ? weights[i] : 1;
    counts[c] += weight;
    for (let j = 0; j < d; ++j) sums[c * d + j] += weight * data[i * d + j];
  }
}

/** Moves each empty cluster to the row that is farthest from its centroid, as scikit-learn does. */
function relocateEmpty(
  { nRows, nCols: d, data }: Matrix,
  centroids: Float64Array,
  weights: Float64Array | undefined,
  { sums, counts, state }: Sums & { readonly state: Bounds },
): void {
  const taken = new Set<number>();
  for (let c = 0; c < counts.length; ++c) {
    if (counts[c] > 0) continue;
    let farthest = -1;
    let row = -1;
    for (let i = 0; i < nRows; ++i) {
      if (taken.has(i) || (weights && weights[i] === 0)) continue;
      const distance = squaredDistance(data, i, centroids, state.labels[i], d);
      if (distance > farthest) [farthest, row] = [distance, i];
    }
    if (row < 0) return;
    taken.add(row);
    const weight = weights ? weights[row] : 1;
    const from = state.labels[row];
    for (let j = 0; j < d; ++j) {
      sums[from * d + j] -= weight * data[row * d + j];
      sums[c * d + j] = weight * data[row * d + j];
    }
    counts[from] -= weight;
    counts[c] = weight;
  }
}

/** Notes how far each centroid moved; the sum of the squared moves. */
function moveBounds(before: Float64Array, after: Float64Array, d: number, { moves }: Bounds): number {
  let total = 0;
  for (let c = 0; c < moves.length; ++c) {
    const squared = squaredDistance(before, c, after, c, d);
    moves[c] = Math.sqrt(squared);
    total += squared;
  }
  return total;
}
