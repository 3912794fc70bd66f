import type { Matrix } from "../../matrix/index.js";

/** Rows in a leaf at most: small enough to skip much, large enough that a node costs less than its rows. */
const LEAF_ROWS = 16;

/** Rows sorted into nested boxes, each node's rows one after the other. Nodes are in preorder: the left child follows. */
export interface PointTree {
  /** The rows in the order of the tree. */
  readonly points: Matrix;
  /** Place that each row of `points` had before, shape (n,). */
  readonly rows: Uint32Array;
  /** First row of each node. */
  readonly first: Uint32Array;
  /** Row after the last one of each node. */
  readonly end: Uint32Array;
  /** Right child of each node, 0 for a leaf. */
  readonly right: Uint32Array;
  /** Corners of each node's box, shape (nodes × d). */
  readonly low: Float64Array;
  readonly high: Float64Array;
}

/** Sums over the rows of each node. */
export interface NodeMasses {
  /** Weight of each row in the order of the tree; undefined where each counts 1. */
  readonly rowWeights: Float64Array | undefined;
  /** Summed weight of each node's rows. */
  readonly weights: Float64Array;
  /** Weighted sums of each node's rows, shape (nodes × d). */
  readonly sums: Float64Array;
}

/** Builds a k-d tree (Bentley 1975) of boxes that fit their rows tightly, split at the median of the widest side. */
export function buildPointTree({ nRows, nCols: d, data, columnNames }: Matrix): PointTree {
  const rows = Uint32Array.from({ length: nRows }, (_, row) => row);
  // Halving ends at leaves of more than half of LEAF_ROWS, which bounds their number.
  const most = Math.max(1, Math.ceil((4 * nRows) / LEAF_ROWS));
  const [first, end, right] = [new Uint32Array(most), new Uint32Array(most), new Uint32Array(most)];
  const [low, high] = [new Float64Array(most * d), new Float64Array(most * d)];
  let nodes = 0;
  const grow = (from: number, to: number): number => {
    const node = nodes++;
    [first[node], end[node]] = [from, to];
    const box = node * d;
    low.fill(Number.POSITIVE_INFINITY, box, box + d);
    high.fill(Number.NEGATIVE_INFINITY, box, box + d);
    for (let i = from; i < to; ++i) {
      const row = rows[i] * d;
      for (let j = 0; j < d; ++j) {
        const value = data[row + j];
        if (value < low[box + j]) low[box + j] = value;
        if (value > high[box + j]) high[box + j] = value;
      }
    }
    let widest = 0;
    for (let j = 1; j < d; ++j) {
      if (high[box + j] - low[box + j] > high[box + widest] - low[box + widest]) widest = j;
    }
    if (to - from > LEAF_ROWS && high[box + widest] > low[box + widest]) {
      const middle = (from + to) >> 1;
      partition(rows, { from, to: to - 1, middle }, data, widest, d);
      grow(from, middle);
      right[node] = grow(middle, to);
    }
    return node;
  };
  grow(0, nRows);
  const ordered = new Float64Array(nRows * d);
  for (let i = 0; i < nRows; ++i) {
    for (let j = 0; j < d; ++j) ordered[i * d + j] = data[rows[i] * d + j];
  }
  return {
    points: { nRows, nCols: d, data: ordered, ...(columnNames ? { columnNames } : {}) },
    rows,
    first: first.slice(0, nodes),
    end: end.slice(0, nodes),
    right: right.slice(0, nodes),
    low: low.slice(0, nodes * d),
    high: high.slice(0, nodes * d),
  };
}

/**
 * Sums the rows of each node.
 *
 * @param weights Of the rows in the order they had before the tree; each counts 1 without.
 */
export function weighNodes({ points, rows, first, end, right }: PointTree, weights?: Float64Array): NodeMasses {
  const { nCols: d, data } = points;
  const rowWeights = weights && Float64Array.from(rows, (row) => weights[row]);
  const totals = new Float64Array(first.length);
  const sums = new Float64Array(first.length * d);
  // Children come after their parent.
  for (let node = first.length - 1; node >= 0; --node) {
    if (right[node]) {
      const [a, b] = [node + 1, right[node]];
      totals[node] = totals[a] + totals[b];
      for (let j = 0; j < d; ++j) sums[node * d + j] = sums[a * d + j] + sums[b * d + j];
      continue;
    }
    for (let i = first[node]; i < end[node]; ++i) {
      const weight = rowWeights ? rowWeights[i] : 1;
      totals[node] += weight;
      for (let j = 0; j < d; ++j) sums[node * d + j] += weight * data[i * d + j];
    }
  }
  return { rowWeights, weights: totals, sums };
}

/**
 * Hoare's selection by the values of one column: afterwards no value before `middle` is above, and none after it
 * below, the one at `middle`.
 */
function partition(
  rows: Uint32Array,
  { from, to, middle }: { readonly from: number; readonly to: number; readonly middle: number },
  data: Float64Array,
  column: number,
  d: number,
): void {
  let left = from;
  let right = to;
  while (left < right) {
    const pivot = data[rows[(left + right) >> 1] * d + column];
    let i = left;
    let j = right;
    while (i <= j) {
      while (data[rows[i] * d + column] < pivot) ++i;
      while (data[rows[j] * d + column] > pivot) --j;
      if (i > j) break;
      const swapped = rows[i];
      rows[i++] = rows[j];
      rows[j--] = swapped;
    }
    if (middle <= j) right = j;
    else if (middle >= i) left = i;
    else return;
  }
}
