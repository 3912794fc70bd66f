import type { Matrix } from "../matrix.js";
import type { Random } from "../random.js";
import { squaredDistance } from "./squared-distance.js";

/**
 * Greedy k-means++ starts (Arthur & Vassilvitskii 2007): each further centroid is the best of 2 + floor(ln k) rows
 * drawn with chances in proportion to their squared distance from the centroids so far. Shape (k × d), row-major.
 */
export function plusPlusCentroids(
  { nRows, nCols, data }: Matrix,
  k: number,
  weights: Float64Array | undefined,
  random: Random,
): Float64Array {
  const centroids = new Float64Array(k * nCols);
  const take = (centroid: number, row: number) =>
    centroids.set(data.subarray(row * nCols, (row + 1) * nCols), centroid * nCols);
  const trials = 2 + Math.floor(Math.log(k));
  const nearest = new Float64Array(nRows).fill(Number.POSITIVE_INFINITY);
  let candidate = new Float64Array(nRows);
  let best = new Float64Array(nRows);
  take(0, draw(weights ?? new Float64Array(nRows).fill(1), random));
  let total = lower(0, nearest);
  for (let centroid = 1; centroid < k; ++centroid) {
    const chances = weights ? nearest.map((distance, row) => distance * weights[row]) : nearest;
    let bestTotal = Number.POSITIVE_INFINITY;
    let bestRow = 0;
    // Where all rows lie on centroids, any row is as good as another.
    for (let trial = 0; trial < (total > 0 ? trials : 1); ++trial) {
      const row = total > 0 ? draw(chances, random) : Math.floor(random.uniform() * nRows);
      take(centroid, row);
      candidate.set(nearest);
      const left = lower(centroid, candidate);
      if (left < bestTotal) {
        [bestTotal, bestRow] = [left, row];
        [best, candidate] = [candidate, best];
      }
    }
    take(centroid, bestRow);
    nearest.set(best);
    total = bestTotal;
  }
  return centroids;

  /** Lowers each row's squared distance to that of one more centroid; the weighted sum of what is left. */
  function lower(centroid: number, distances: Float64Array): number {
    let sum = 0;
    for (let i = 0; i < nRows; ++i) {
      const distance = squaredDistance(data, i, centroids, centroid, nCols);
      if (distance < distances[i]) distances[i] = distance;
      sum += weights ? weights[i] * distances[i] : distances[i];
    }
    return sum;
  }
}

/** A row, with chances in proportion to `chances`. */
function draw(chances: Float64Array, random: Random): number {
  let total = 0;
  for (let i = 0; i < chances.length; ++i) total += chances[i];
  let left = random.uniform() * total;
  let last = 0;
  for (let i = 0; i < chances.length; ++i) {
    if (chances[i] <= 0) continue;
    last = i;
    left -= chances[i];
    if (left < 0) return i;
  }
  return last;
}
