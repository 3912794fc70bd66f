import { requireKnownOptions } from "../../errors.js";
import { adjustedRandScore } from "../../evaluation/index.js";
import { type Matrix, takeRows } from "../../matrix/index.js";
import { createRandom, integer, mean, type Random, shuffled } from "../../numeric/index.js";
import { fitKmeansOnTree } from "../kmeans/kmeans.js";
import type { KmeansFit } from "../kmeans/kmeans-fit.js";
import { buildPointTree } from "../kmeans/point-tree.js";

/** Options for measuring the stability of clusters. */
export interface StabilityOptions {
  readonly seed: number;
  /** Samples that are drawn and fitted; defaults to 100. */
  readonly refits?: number;
  /** k-means starts of each refit; defaults to 3, which may end in a worse division and then speaks against the fit. */
  readonly nInit?: number;
  /** Rows at most for which the refits are made of all, so that time stays bounded; defaults to 50,000. */
  readonly maxRows?: number;
}

/** Stability of clusters. */
export interface ClusterStability {
  /** Mean adjusted Rand index of the refits against the fit. */
  readonly score: number;
  /** Rows that were drawn from and judged on. */
  readonly nRows: number;
}

/**
 * Measures whether the same clusters return when the customers are resampled with replacement: the mean adjusted Rand
 * index (Hubert & Arabie 1985) between the fit and refits, each refit predicted on all rows. Of more than `maxRows`,
 * that many drawn ones stand for all, which says a little less than the truth: fewer rows make refits differ more. 1 is
 * the same division every time, 0 is chance.
 *
 * @param fit Of these points.
 *
 * @example
 * const points = matrixFromColumns({ x: [0, 1, 2, 50, 51, 52] });
 * clusterStability(points, fitKmeans(points, { k: 2, seed: 7 }), { seed: 7, refits: 20 }).score > 0.9; // true
 */
export function clusterStability(
  points: Matrix,
  fit: Pick<KmeansFit, "centroids" | "labels">,
  options: StabilityOptions,
): ClusterStability {
  const known = { seed: true, refits: true, nInit: true, maxRows: true } as const;
  requireKnownOptions("compute clusterStability", options, known);
  const { nRows, agreements } = bootstrapRefits(points, fit, options);
  return { score: mean([...agreements]), nRows };
}

/** Yields the refits of {@link clusterStability} one by one: a refit is made when its agreement is requested. */
export function bootstrapRefits(
  points: Matrix,
  { centroids, labels }: Pick<KmeansFit, "centroids" | "labels">,
  { seed, refits = 100, nInit = 3, maxRows = 50_000 }: StabilityOptions,
): { readonly nRows: number; readonly agreements: Iterable<number> } {
  const k = centroids.nRows;
  // Named, so that no stream is one of those that starts of k-means are drawn from.
  const random = createRandom(seed).fork(`bootstrap of ${k}`);
  const sampled = points.nRows > maxRows;
  const rows = Uint32Array.from({ length: points.nRows }, (_, row) => row);
  const kept = sampled ? shuffled(random, rows).slice(0, maxRows) : rows;
  const judged = sampled ? takeRows(points, kept) : points;
  const judgedLabels = sampled ? Int32Array.from(kept, (row) => labels[row]) : labels;
  const tree = buildPointTree(judged);
  function* agreements() {
    for (let refit = 0; refit < refits; ++refit) {
      // A row drawn twice is a row that counts twice.
      const sampleWeight = timesDrawn(random, judged.nRows);
      const seedOfRefit = Math.floor(random.uniform() * 2 ** 52);
      const again = fitKmeansOnTree(tree, judged, { k, seed: seedOfRefit, nInit, sampleWeight });
      yield adjustedRandScore(judgedLabels, again.labels);
    }
  }
  return { nRows: judged.nRows, agreements: agreements() };
}

function timesDrawn(random: Random, nRows: number): Float64Array {
  const times = new Float64Array(nRows);
  for (let draw = 0; draw < nRows; ++draw) ++times[integer(random, nRows)];
  return times;
}
