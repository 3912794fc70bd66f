import { adjustedRandScore } from "../evaluation/index.js";
import { matrixFromRows } from "../matrix.js";
import { alignClusters } from "./align-clusters.js";
import { scaleFeatures } from "./feature-scaler.js";
import { fitKmeans } from "./kmeans.js";
import { predictSegments, type SegmentationModel } from "./segmentation-model.js";

/** How segments fitted on other customers differ from those of a model. */
export interface RefitComparison {
  /** Customers of the refit. */
  readonly customers: number;
  /** Share of them whom the refit puts into the segment that continues the model's. */
  readonly agreement: number;
  /** Adjusted Rand index (Hubert & Arabie 1985) of the two divisions. */
  readonly adjustedRand: number;
  /** By segment of the model: how far its centroid lies from that of the refit, in scaled units. */
  readonly shifts: readonly { readonly segment: string; readonly shift: number }[];
}

/**
 * Fits as many clusters anew on other customers, such as those of an earlier day, pairs them with the model's segments,
 * and says how far the two agree; undefined where there are fewer customers than segments.
 *
 * @param columns Unscaled features by name, each shape (n,).
 * @param options.restarts k-means starts; defaults to 10.
 * @throws {RangeError} If a feature of the model is not there, or a value is missing.
 */
export function compareRefit(
  model: Pick<SegmentationModel, "scaler" | "centroids" | "names">,
  columns: Readonly<Record<string, ArrayLike<number>>>,
  { seed, restarts = 10 }: { readonly seed: number; readonly restarts?: number },
): RefitComparison | undefined {
  const points = scaleFeatures(model.scaler, columns);
  const k = model.names.length;
  if (points.nRows < k) return undefined;
  const refit = fitKmeans(points, { k, seed, restarts });
  const { previous, distances } = alignClusters(refit.centroids, matrixFromRows(model.centroids));
  const labels = predictSegments(model, columns);
  const agreeing = labels.reduce((count, segment, i) => count + (previous[segment] === refit.labels[i] ? 1 : 0), 0);
  return {
    customers: points.nRows,
    agreement: agreeing / points.nRows,
    adjustedRand: adjustedRandScore(labels, refit.labels),
    shifts: model.names.map((segment, i) => ({ segment, shift: distances[i] })),
  };
}
