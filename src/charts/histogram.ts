import { requireKnownOptions } from "../errors.js";
/** Histogram of a feature. */
export interface Histogram {
  /** Log: equal bins of the logarithm of positive values; zeros are counted separately. */
  readonly scale: "linear" | "log";
  /** Bin edges, ascending: one more than counts. */
  readonly edges: readonly number[];
  readonly counts: readonly number[];
  /** Zeros, not in any bin of a logarithmic scale. */
  readonly zeros: number;
  /** Missing values (NaN). */
  readonly missing: number;
}

/** Ratio of maximum to median of positive values from which the scale is logarithmic. */
const HEAVY_TAIL = 12;

/**
 * Bins a feature for {@link featureDistributionChart}. Few distinct integers get one bin each, heavy tails get logarithmic
 * bins, and missing values are counted separately.
 *
 * @param values Shape (n,); NaN is missing.
 *
 * @example
 * histogram([1, 1, 2, 3, NaN]).counts; // [2, 1, 1]
 */
export function histogram(values: ArrayLike<number>, options: { bins?: number } = {}): Histogram {
  requireKnownOptions("compute a histogram", options, { bins: true });
  const { bins = 20 } = options;
  if (!(bins >= 1 && bins <= 200)) {
    throw new RangeError(`Cannot bin values: bins is ${bins}; expected 1 to 200`);
  }
  const present = Float64Array.from(values)
    .filter((value) => Number.isFinite(value))
    .sort();
  const missing = values.length - present.length;
  if (present.length === 0) return { scale: "linear", edges: [0, 1], counts: [0], zeros: 0, missing };
  const positive = present.filter((value) => value > 0);
  const low = present[0];
  const high = present[present.length - 1];
  const isLog = low >= 0 && positive.length > 0 && high / positive[positive.length >> 1] >= HEAVY_TAIL;
  const used = isLog ? positive : present;
  const edges = isLog ? logEdges(used, bins) : linearEdges(present, low, high, bins);
  return {
    scale: isLog ? "log" : "linear",
    edges,
    counts: count(used, edges),
    zeros: present.length - used.length,
    missing,
  };
}

function linearEdges(present: Float64Array, low: number, high: number, bins: number): number[] {
  const isWhole = high - low < bins && present.every(Number.isInteger);
  return isWhole ? equalEdges(low - 0.5, high + 0.5, high - low + 1) : equalEdges(low, high, bins);
}

/** Returns logarithmic edges; integers get integer edges, so that no bin is empty by construction. */
function logEdges(positive: Float64Array, bins: number): number[] {
  const low = positive[0];
  const high = positive[positive.length - 1];
  if (!positive.every(Number.isInteger)) {
    return equalEdges(Math.log10(low), Math.log10(high), bins).map((power) => 10 ** power);
  }
  const ratio = ((high + 1) / low) ** (1 / bins);
  const edges = [low];
  while (edges[edges.length - 1] <= high) {
    const last = edges[edges.length - 1];
    edges.push(Math.max(last + 1, Math.round(last * ratio)));
  }
  return edges;
}

function equalEdges(low: number, high: number, bins: number): number[] {
  const width = (high - low) / bins || 1;
  return Array.from({ length: bins + 1 }, (_, i) => low + i * width);
}

/** Counts sorted values per bin; a value on an edge belongs to the bin above, the last bin includes its upper edge. */
function count(sorted: Float64Array, edges: readonly number[]): number[] {
  const counts = new Array<number>(edges.length - 1).fill(0);
  let bin = 0;
  for (const value of sorted) {
    while (bin < counts.length - 1 && value >= edges[bin + 1]) ++bin;
    ++counts[bin];
  }
  return counts;
}
