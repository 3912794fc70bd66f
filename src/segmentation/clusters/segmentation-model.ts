import { matrixFromRows } from "../../matrix/index.js";
import { assignClusters } from "../kmeans/assign-clusters.js";
import type { SegmentRule } from "../rules/segment-rules.js";
import { type FeatureScaler, scaleFeatures } from "./feature-scaler.js";

/** All that is needed to assign new customers to the clusters and segments, as plain data. */
export interface SegmentationModel {
  readonly dataset: string;
  /** Day that it was fitted as of, `YYYY-MM-DD`. */
  readonly asOf: string;
  /** Orders that a customer needs to be in a cluster. */
  readonly minOrders: number;
  readonly scaler: FeatureScaler;
  /** Scaled, one row per cluster. */
  readonly centroids: readonly (readonly number[])[];
  /** By cluster. */
  readonly names: readonly string[];
  readonly rules: readonly SegmentRule[];
  /** Day that the limits of the rules were fitted as of; absent for published limits. */
  readonly rulesAsOf?: string;
  /** By the names that MLflow has. */
  readonly metrics: Readonly<Record<string, number>>;
}

/**
 * Predicts the cluster of each customer, shape (n,). The caller leaves out customers with fewer orders than
 * `minOrders`: they belong to no cluster.
 *
 * @param columns Unscaled features by name.
 * @throws {RangeError} If a feature of the model is not there, or a value is missing.
 *
 * @example
 * const scaler = fitFeatureScaler({ orders: [1, 1, 20, 20] });
 * predictClusters({ scaler, centroids: [[1], [-1]] }, { orders: [18, 2] }); // [0, 1]
 */
export function predictClusters(
  { scaler, centroids }: Pick<SegmentationModel, "scaler" | "centroids">,
  columns: Readonly<Record<string, ArrayLike<number>>>,
): Int32Array {
  return assignClusters(scaleFeatures(scaler, columns), matrixFromRows(centroids));
}
