import { requireKnownOptions } from "../../errors.js";
import { adjustedRandScore, estimateSilhouette } from "../../evaluation/index.js";
import { matrixFromRows } from "../../matrix/index.js";
import { assignClusters } from "../kmeans/assign-clusters.js";
import { fitKmeans } from "../kmeans/kmeans.js";
import { alignClusters } from "./align-clusters.js";
import { scaleFeatures } from "./feature-scaler.js";
import { predictClusters, type SegmentationModel } from "./segmentation-model.js";

/** Unscaled features by name, each shape (n,). */
type Features = Readonly<Record<string, ArrayLike<number>>>;

/** Options for comparing today's clusters with a refit. */
export interface CompareRefitOptions {
  /** The customers to fit. */
  readonly earlier: Features;
  readonly seed: number;
  /** k-means starts; defaults to 10. */
  readonly nInit?: number;
}

/** Comparison of today's clusters with those of a model fitted on earlier customers. */
export interface RefitComparison {
  /** Customers of the earlier fit. */
  readonly customers: number;
  /** Share of today's customers whom it puts into the cluster that continues in the model's. */
  readonly agreement: number;
  /** Adjusted Rand index (Hubert & Arabie 1985) of both divisions of today's customers. */
  readonly adjustedRand: number;
  /** Mean silhouette of today's customers in the earlier clusters; 0 if they are all in one. */
  readonly silhouette: number;
  /** By cluster of the model: how far its centroid lies from that of the earlier fit, in scaled units. */
  readonly shifts: readonly { readonly cluster: string; readonly shift: number }[];
}

/**
 * Fits as many clusters on the customers of an earlier day, pairs them with the model's clusters, and says how far both
 * agree on today's customers and how well the earlier ones still separate them; undefined where there were fewer
 * customers than clusters.
 *
 * @param today The customers to divide, those of the model.
 * @throws {RangeError} If a feature of the model is not there, or a value is missing.
 *
 * @example
 * const today = { orders: [1, 2, 1, 20, 25] };
 * const model = { scaler: fitFeatureScaler(today), centroids: [[1.3], [-0.8]], names: ["many", "few"] };
 * compareRefit(model, today, { earlier: { orders: [1, 1, 15, 18] }, seed: 7 })?.agreement; // 1
 */
export function compareRefit(
  model: Pick<SegmentationModel, "scaler" | "centroids" | "names">,
  today: Features,
  options: CompareRefitOptions,
): RefitComparison | undefined {
  requireKnownOptions("compare a refit", options, { earlier: true, seed: true, nInit: true });
  const { earlier, seed, nInit = 10 } = options;
  const k = model.names.length;
  const fitted = scaleFeatures(model.scaler, earlier);
  if (fitted.nRows < k) return undefined;
  const { centroids } = fitKmeans(fitted, { k, seed, nInit });
  const { previous, distances } = alignClusters(centroids, matrixFromRows(model.centroids));
  const points = scaleFeatures(model.scaler, today);
  const then = assignClusters(points, centroids);
  const now = predictClusters(model, today);
  const agreeing = now.reduce((count, cluster, i) => count + (previous[cluster] === then[i] ? 1 : 0), 0);
  return {
    customers: fitted.nRows,
    agreement: agreeing / points.nRows,
    adjustedRand: adjustedRandScore(now, then),
    silhouette: new Set(then).size > 1 ? estimateSilhouette(points, then, { seed }).score : 0,
    shifts: model.names.map((cluster, i) => ({ cluster, shift: distances[i] })),
  };
}
