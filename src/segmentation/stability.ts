import { adjustedRandScore } from "../evaluation/index.js";
import { type Matrix, takeRows } from "../matrix.js";
import { createRandom, integer } from "../random.js";
import { mean } from "../stats.js";
import { assignClusters } from "./assign-clusters.js";
import { fitKmeans, type KmeansFit } from "./kmeans.js";

/** How the stability of clusters is judged. */
export interface StabilityOptions {
  readonly seed: number;
  /** Samples that are drawn and fitted; defaults to 100. */
  readonly refits?: number;
  /** k-means starts of each refit; defaults to 3. */
  readonly restarts?: number;
  /** Rows of a sample at most, so that time stays bounded; defaults to 10,000. */
  readonly maxRows?: number;
}

/**
 * Whether the same clusters come back when the customers are drawn again, with replacement: the mean adjusted Rand
 * index (Hubert & Arabie 1985) between the fit and refits, each refit predicted on all rows, or on `maxRows` drawn
 * ones if there are more. 1 is the same division every time, 0 is chance.
 */
export function clusterStability(
  points: Matrix,
  { centroids, labels }: Pick<KmeansFit, "centroids" | "labels">,
  { seed, refits = 100, restarts = 3, maxRows = 10_000 }: StabilityOptions,
): number {
  const random = createRandom(seed).fork(centroids.nRows);
  const { nRows } = points;
  const size = Math.min(nRows, maxRows);
  const judged = nRows > maxRows ? drawRows(random, nRows, size) : undefined;
  const judgedPoints = judged ? takeRows(points, judged) : points;
  const judgedLabels = judged ? Int32Array.from(judged, (row) => labels[row]) : labels;
  const scores = Array.from({ length: refits }, (_, refit) => {
    const drawn = takeRows(points, drawRows(random, nRows, size));
    const fit = fitKmeans(drawn, { k: centroids.nRows, seed: seed + refit, restarts });
    return adjustedRandScore(judgedLabels, assignClusters(judgedPoints, fit.centroids));
  });
  return mean(scores);
}

function drawRows(random: ReturnType<typeof createRandom>, nRows: number, size: number): Uint32Array {
  return Uint32Array.from({ length: size }, () => integer(random, nRows));
}
