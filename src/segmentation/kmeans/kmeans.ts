import { type OptionNames, requireKnownOptions } from "../../errors.js";
import { columnOf, type Matrix } from "../../matrix/index.js";
import { checkedWeights, createRandom, mean, requireFinite, requireInteger, variance } from "../../numeric/index.js";
import { withKmeansCard } from "./kmeans-card.js";
import type { KmeansFit } from "./kmeans-fit.js";
import { lloyd } from "./lloyd.js";
import { plusPlusCentroids } from "./plus-plus-centroids.js";
import { buildPointTree, type PointTree, weighNodes } from "./point-tree.js";

/** Options for k-means. */
export interface KmeansOptions {
  /** Number of clusters. */
  readonly k: number;
  /** Seeds the starts. */
  readonly seed: number;
  /** Starts from new k-means++ centroids, of which the one with the lowest inertia is kept; defaults to 10. */
  readonly nInit?: number;
  /** Defaults to 300. */
  readonly maxIterations?: number;
  /** Stops when the centroids' summed squared moves fall below this share of the columns' mean variance; defaults to 1e-4. */
  readonly tolerance?: number;
  /** How much each row counts, shape (n,); 1 each without. */
  readonly sampleWeight?: ArrayLike<number> | undefined;
  /** The one start, shape (k × d), instead of k-means++. */
  readonly initialCentroids?: Matrix | undefined;
}

const kmeansOptions: OptionNames<KmeansOptions> = {
  k: true,
  seed: true,
  nInit: true,
  maxIterations: true,
  tolerance: true,
  sampleWeight: true,
  initialCentroids: true,
};

/**
 * Fits k-means (MacQueen 1967) by Lloyd's algorithm, with distances filtered through a k-d tree (Kanungo et al. 2002),
 * from k-means++ starts (Arthur & Vassilvitskii 2007). A cluster that runs empty moves to the row that is farthest from
 * its centroid. Memory is linear in the rows.
 *
 * @param points Shape (n × d), without missing values, on comparable scales.
 * @throws {RangeError} If there are fewer rows than clusters, a value is not finite, or an option is out of range.
 *
 * @example
 * fitKmeans(matrixFromColumns({ x: [0, 1, 10, 11] }), { k: 2, seed: 7 }).inertia; // 1
 */
export function fitKmeans(points: Matrix, options: KmeansOptions): KmeansFit {
  requireKnownOptions("fit k-means", options, kmeansOptions);
  requireFinite("fitKmeans", { points: points.data });
  return fitKmeansOnTree(buildPointTree(points), points, options);
}

/** Runs {@link fitKmeans} on a tree of the points, whose values must be finite. */
export function fitKmeansOnTree(
  tree: PointTree,
  points: Matrix,
  { k, seed, nInit = 10, maxIterations = 300, tolerance = 1e-4, sampleWeight, initialCentroids }: KmeansOptions,
): KmeansFit {
  const caller = "fitKmeans";
  requireInteger(caller, "k", k, 1);
  requireInteger(caller, "nInit", nInit, 1);
  requireInteger(caller, "maxIterations", maxIterations, 1);
  const { nRows, nCols } = points;
  if (nRows < k)
    throw new RangeError(
      `Cannot compute ${caller}: there are ${nRows} rows; lower k = ${k} to at most the number of rows`,
    );
  if (!(tolerance >= 0))
    throw new RangeError(`Cannot compute ${caller}: tolerance is ${tolerance}; expected a number, at least 0`);
  if (initialCentroids && (initialCentroids.nRows !== k || initialCentroids.nCols !== nCols)) {
    throw new RangeError(
      `Cannot compute ${caller}: initialCentroids is ${initialCentroids.nRows} × ${initialCentroids.nCols}; expected ${k} × ${nCols}`,
    );
  }
  const weights = checkedWeights(caller, sampleWeight, nRows);
  const random = createRandom(seed);
  const spread = meanVariance(points);
  if (!Number.isFinite(spread)) {
    throw new RangeError(`Cannot compute ${caller}: squares of the values overflow; scale the columns first`);
  }
  const masses = weighNodes(tree, weights);
  // Sums of the same rows in other boxes differ by their last digits.
  const leastMove = Math.max(tolerance, 1e-24) * spread;
  let best: KmeansFit | undefined;
  for (let start = 0; start < (initialCentroids ? 1 : nInit); ++start) {
    const from = initialCentroids?.data.slice() ?? plusPlusCentroids(tree, masses, k, random.fork(start));
    const fit = lloyd(tree, masses, from, { maxIterations, leastMove });
    if (!best || fit.inertia < best.inertia) best = fit;
  }
  return withKmeansCard("k-means", best as KmeansFit, seed);
}

/** Mean over the columns of their variances. */
function meanVariance(points: Matrix): number {
  return mean(Array.from({ length: points.nCols }, (_, column) => variance(columnOf(points, column))));
}
