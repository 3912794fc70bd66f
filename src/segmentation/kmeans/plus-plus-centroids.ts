import type { Random } from "../../numeric/index.js";
import type { NodeMasses, PointTree } from "./point-tree.js";
import { squaredDistance } from "./squared-distance.js";

/**
 * Draws greedy k-means++ starts (Arthur & Vassilvitskii 2007): each further centroid is the best of 2 + floor(ln k)
 * rows drawn with chances in proportion to their squared distance from the centroids so far. Shape (k × d), row-major.
 * Boxes that are farther from a new centroid than their rows are from those so far are not opened.
 */
export function plusPlusCentroids(
  tree: PointTree,
  { rowWeights, weights }: NodeMasses,
  k: number,
  random: Random,
): Float64Array {
  const { points, first, end, right, low, high } = tree;
  const { nRows, nCols: d, data } = points;
  const centroids = new Float64Array(k * d);
  const nTrials = 2 + Math.floor(Math.log(k));
  /** Each row's squared distance to the nearest centroid so far; per node their largest and their weighted sum. */
  const nearest = new Float64Array(nRows).fill(Number.POSITIVE_INFINITY);
  const largest = new Float64Array(first.length).fill(Number.POSITIVE_INFINITY);
  const left = new Float64Array(first.length);
  const weightOf = (i: number) => (rowWeights ? rowWeights[i] : 1);

  /** The weighted sum that a centroid on `row` leaves in a node; `keep` notes it. */
  const leaves = (node: number, row: number, keep: boolean): number => {
    let apart = 0;
    for (let j = 0; j < d; ++j) {
      const x = data[row * d + j];
      const gap = Math.max(low[node * d + j] - x, x - high[node * d + j], 0);
      apart += gap * gap;
    }
    if (apart >= largest[node]) return left[node];
    let sum = 0;
    let most = 0;
    if (right[node]) {
      sum = leaves(node + 1, row, keep) + leaves(right[node], row, keep);
      most = Math.max(largest[node + 1], largest[right[node]]);
    } else {
      for (let i = first[node]; i < end[node]; ++i) {
        const distance = Math.min(nearest[i], squaredDistance(data, i, data, row, d));
        if (keep) nearest[i] = distance;
        if (distance > most) most = distance;
        sum += weightOf(i) * distance;
      }
    }
    if (keep) {
      left[node] = sum;
      largest[node] = most;
    }
    return sum;
  };

  /** A row, with chances in proportion to what nodes and rows hold. */
  const draw = (nodes: Float64Array, rowChance: (i: number) => number): number => {
    let rest = random.uniform() * nodes[0];
    let node = 0;
    while (right[node]) {
      const inLeft = nodes[node + 1];
      if (rest < inLeft || nodes[right[node]] === 0) ++node;
      else {
        rest -= inLeft;
        node = right[node];
      }
    }
    let row = first[node];
    for (let i = first[node]; i < end[node]; ++i) {
      const chance = rowChance(i);
      if (chance <= 0) continue;
      row = i;
      rest -= chance;
      if (rest < 0) break;
    }
    return row;
  };

  for (let c = 0; c < k; ++c) {
    let row = 0;
    // Where all rows lie on centroids, any row is as good as another.
    if (c === 0 || left[0] === 0) row = draw(weights, weightOf);
    else {
      let least = Number.POSITIVE_INFINITY;
      for (let trial = 0; trial < nTrials; ++trial) {
        const drawn = draw(left, (i) => weightOf(i) * nearest[i]);
        const sum = leaves(0, drawn, false);
        if (sum < least) [least, row] = [sum, drawn];
      }
    }
    leaves(0, row, true);
    centroids.set(data.subarray(row * d, (row + 1) * d), c * d);
  }
  return centroids;
}
