import { requireKnownOptions } from "../errors.js";
import {
  asFloats,
  checkedWeights,
  quantileOfSorted,
  requireInteger,
  requireLabels,
  requireProbabilities,
  requireRows,
} from "../numeric/index.js";
import { type WeightOptions, weightOptions } from "./weight-options.js";

/** Options of binning probabilities. */
export interface BinOptions extends WeightOptions {
  /** Maximum number of bins; empty ones are omitted. Defaults to 10. */
  nBins?: number;
  /** "uniform" for bins of equal width, "quantile" for bins of equal numbers of rows; defaults to "quantile". */
  strategy?: "uniform" | "quantile";
}

/** Sums over the rows of each bin that has any weight. */
export interface ProbabilityBins {
  readonly counts: Uint32Array;
  readonly weights: Float64Array;
  readonly sumTrue: Float64Array;
  readonly sumProb: Float64Array;
  /** The bin of each row, shape (n,). */
  readonly binOfRow: Uint32Array;
  readonly rowWeights: Float64Array | undefined;
}

/** Checks labels and probabilities for `caller`, and sums them by bin. */
export function probabilityBins(
  caller: string,
  yTrue: ArrayLike<number>,
  yProb: ArrayLike<number>,
  options: BinOptions,
): ProbabilityBins {
  requireKnownOptions(`compute ${caller}`, options, { ...weightOptions, nBins: true, strategy: true });
  const { nBins = 10, strategy = "quantile", sampleWeight } = options;
  requireRows(caller, { yTrue, yProb });
  requireLabels(caller, { yTrue });
  requireProbabilities(caller, { yProb });
  requireInteger(caller, "nBins", nBins, 1);
  if (strategy !== "uniform" && strategy !== "quantile") {
    throw new RangeError(`Cannot compute ${caller}: strategy is "${strategy}"; expected "uniform" or "quantile"`);
  }
  const rowWeights = checkedWeights(caller, sampleWeight, yTrue.length);
  const edges = strategy === "uniform" ? evenEdges(nBins) : quantileEdges(yProb, nBins);
  const raw = { counts: new Uint32Array(nBins), weights: new Float64Array(nBins) };
  const sums = { sumTrue: new Float64Array(nBins), sumProb: new Float64Array(nBins) };
  const binOfRow = new Uint32Array(yTrue.length);
  for (let i = 0; i < yTrue.length; ++i) {
    const bin = edgesBelow(edges, yProb[i]);
    const weight = rowWeights ? rowWeights[i] : 1;
    binOfRow[i] = bin;
    ++raw.counts[bin];
    raw.weights[bin] += weight;
    sums.sumTrue[bin] += weight * yTrue[i];
    sums.sumProb[bin] += weight * yProb[i];
  }
  const kept = Array.from(raw.weights.keys()).filter((bin) => raw.weights[bin] > 0);
  const place = new Uint32Array(nBins);
  kept.forEach((bin, at) => {
    place[bin] = at;
  });
  return {
    counts: Uint32Array.from(kept, (bin) => raw.counts[bin]),
    weights: Float64Array.from(kept, (bin) => raw.weights[bin]),
    sumTrue: Float64Array.from(kept, (bin) => sums.sumTrue[bin]),
    sumProb: Float64Array.from(kept, (bin) => sums.sumProb[bin]),
    binOfRow: binOfRow.map((bin) => place[bin]),
    rowWeights,
  };
}

/** Returns the inner edges of bins of equal width. */
function evenEdges(nBins: number): Float64Array {
  return Float64Array.from({ length: nBins - 1 }, (_, i) => (i + 1) * (1 / nBins));
}

function quantileEdges(yProb: ArrayLike<number>, nBins: number): Float64Array {
  const sorted = asFloats(yProb).slice().sort();
  return evenEdges(nBins).map((p) => quantileOfSorted(sorted, p));
}

/** Returns the number of edges below the value: a value on an edge belongs to the bin that the edge closes. */
function edgesBelow(edges: Float64Array, value: number): number {
  let low = 0;
  let high = edges.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (edges[middle] < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
