import { daviesBouldinIndex, estimateSilhouette } from "../../evaluation/index.js";
import type { Matrix } from "../../matrix/index.js";
import { mean } from "../../numeric/index.js";
import { fitKmeans } from "../kmeans/kmeans.js";
import type { KmeansFit } from "../kmeans/kmeans-fit.js";
import { fitMiniBatchKmeans } from "../kmeans/mini-batch-kmeans.js";
import { silhouetteVerdict } from "./silhouette-verdict.js";
import { bootstrapRefits } from "./stability.js";

/** Measures of one number of clusters. */
export interface AssessedClusterCount {
  readonly k: number;
  readonly inertia: number;
  readonly silhouette: number;
  /** Standard deviation of the silhouette over the draws of its sample; 0 if it is exact. */
  readonly silhouetteDeviation: number;
  readonly silhouetteVerdict: "good" | "acceptable" | "poor";
  readonly daviesBouldin: number;
  /** Share of the customers in the smallest cluster. */
  readonly smallestShare: number;
  /** Mean adjusted Rand index of bootstrap refits against the fit. */
  readonly stability: number;
  /** Customers that the refits were made of and judged on: all, or a random part of many. */
  readonly stabilityRows: number;
  /** By cluster, before they are made unique. */
  readonly names: readonly string[];
}

/** Options of {@link assessClusterCount}. */
export interface AssessOptions {
  readonly seed: number;
  readonly nameClusters: (labels: Int32Array) => readonly string[];
  readonly miniBatchAbove: number;
  readonly nInit: number;
  readonly refits: number;
  /** Called after each fit and each refit, so that others have their turn; rejects to stop. */
  readonly pause: () => Promise<void>;
}

/** Fits `k` clusters and measures them. */
export async function assessClusterCount(
  points: Matrix,
  k: number,
  { seed, nameClusters, miniBatchAbove, nInit, refits, pause }: AssessOptions,
): Promise<{ readonly fit: KmeansFit; readonly measures: AssessedClusterCount }> {
  const fitClusters = points.nRows > miniBatchAbove ? fitMiniBatchKmeans : fitKmeans;
  const fit = fitClusters(points, { k, seed, nInit });
  await pause();
  const silhouette = estimateSilhouette(points, fit.labels, { seed });
  await pause();
  const { nRows: stabilityRows, agreements } = bootstrapRefits(points, fit, { seed, refits });
  const agreed: number[] = [];
  for (const agreement of agreements) {
    agreed.push(agreement);
    await pause();
  }
  const sizes = new Uint32Array(k);
  for (const label of fit.labels) ++sizes[label];
  const measures = {
    k,
    inertia: fit.inertia,
    silhouette: silhouette.score,
    silhouetteDeviation: silhouette.standardDeviation,
    silhouetteVerdict: silhouetteVerdict(silhouette.score),
    daviesBouldin: daviesBouldinIndex(points, fit.labels),
    smallestShare: Math.min(...sizes) / points.nRows,
    stability: mean(agreed),
    stabilityRows,
    names: nameClusters(fit.labels),
  };
  return { fit, measures };
}
