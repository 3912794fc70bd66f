import type { NodeMasses, PointTree } from "./point-tree.js";

/** Weight and weighted sums of each cluster's rows. */
export interface ClusterMasses {
  /** Shape (k,). */
  readonly weights: Float64Array;
  /** Shape (k × d). */
  readonly sums: Float64Array;
}

/**
 * Gives each row to its nearest centroid, of two as near to the first, by the filtering algorithm (Kanungo et al.
 * 2002): a centroid that is farther than another from every corner of a box is no candidate inside it, and a box with
 * one candidate is given away whole. Rows are looked at only where clusters meet.
 *
 * @param centroids Shape (k × d), row-major.
 * @param into Filled with what each cluster then holds.
 * @param labels Filled with each row's cluster, in the order the rows had before the tree.
 */
export function divideRows(
  tree: PointTree,
  masses: NodeMasses,
  centroids: Float64Array,
  into: ClusterMasses,
  labels?: Int32Array,
): void {
  const { points, rows, first, end, right, low, high } = tree;
  const { nCols: d, data } = points;
  const k = into.weights.length;
  const { rowWeights } = masses;
  into.weights.fill(0);
  into.sums.fill(0);
  // A node's candidates lie after its parent's.
  const candidates = new Int32Array(k * 64);
  for (let c = 0; c < k; ++c) candidates[c] = c;

  const giveNode = (node: number, c: number): void => {
    into.weights[c] += masses.weights[node];
    for (let j = 0; j < d; ++j) into.sums[c * d + j] += masses.sums[node * d + j];
    if (labels) for (let i = first[node]; i < end[node]; ++i) labels[rows[i]] = c;
  };

  const giveRows = (node: number, from: number, to: number): void => {
    for (let i = first[node]; i < end[node]; ++i) {
      let nearest = Number.POSITIVE_INFINITY;
      let own = 0;
      for (let at = from; at < to; ++at) {
        const c = candidates[at];
        let distance = 0;
        for (let j = 0; j < d; ++j) {
          const gap = data[i * d + j] - centroids[c * d + j];
          distance += gap * gap;
        }
        if (distance < nearest) {
          nearest = distance;
          own = c;
        }
      }
      const weight = rowWeights ? rowWeights[i] : 1;
      into.weights[own] += weight;
      for (let j = 0; j < d; ++j) into.sums[own * d + j] += weight * data[i * d + j];
      if (labels) labels[rows[i]] = own;
    }
  };

  const visit = (node: number, from: number, to: number): void => {
    const box = node * d;
    let best = 0;
    let nearest = Number.POSITIVE_INFINITY;
    for (let at = from; at < to; ++at) {
      const c = candidates[at];
      let distance = 0;
      for (let j = 0; j < d; ++j) {
        const gap = (low[box + j] + high[box + j]) / 2 - centroids[c * d + j];
        distance += gap * gap;
      }
      if (distance < nearest) {
        nearest = distance;
        best = c;
      }
    }
    let kept = to;
    for (let at = from; at < to; ++at) {
      const c = candidates[at];
      // The corner that lies farthest towards c: where even it is nearer to the best, so is the whole box.
      let excess = 0;
      for (let j = 0; j < d; ++j) {
        const [z, own] = [centroids[c * d + j], centroids[best * d + j]];
        const corner = z > own ? high[box + j] : low[box + j];
        excess += (z - own) * (z + own - 2 * corner);
      }
      if (c === best || excess <= 0) candidates[kept++] = c;
    }
    if (kept === to + 1) giveNode(node, best);
    else if (right[node]) {
      visit(node + 1, to, kept);
      visit(right[node], to, kept);
    } else giveRows(node, to, kept);
  };
  visit(0, 0, k);
}
