import { type OptionNames, requireKnownOptions } from "../errors.js";
import { takeRows, takeValues } from "../matrix/index.js";
import {
  type ClusterCountChoice,
  type ClusterCountProgress,
  chooseClusterCount,
} from "./clusters/choose-cluster-count.js";
import { clusterMeans } from "./clusters/cluster-means.js";
import { fitFeatureScaler, scaleFeatures } from "./clusters/feature-scaler.js";
import { isLinearFeature } from "./clusters/linear-features.js";
import { nameClusters } from "./clusters/name-clusters.js";
import type { SegmentationModel } from "./clusters/segmentation-model.js";
import { uniqueClusterNames } from "./clusters/unique-cluster-names.js";
import { type Customers, profileColumns } from "./customers.js";
import { averageCustomer } from "./profiles/average-customer.js";
import { rowsWithOrders } from "./rows-with-orders.js";
import type { ResolvedRules } from "./rules/resolve-rules.js";

/** Options of {@link fitSegmentation}. */
export interface FitSegmentationOptions {
  /** Name of the dataset, which the model keeps. */
  readonly dataset: string;
  /** Features that clusters are made of. */
  readonly features: readonly string[];
  /** Weights of features; others weigh 1. */
  readonly weights: Readonly<Record<string, number>>;
  /** Orders that a customer needs to be in a cluster. */
  readonly minOrders: number;
  /** Rules that name the clusters. */
  readonly rules: Pick<ResolvedRules, "now" | "limits">;
  readonly seed: number;
  /** Number of clusters; defaults to the best of the candidates. */
  readonly forced?: number;
  readonly onProgress?: (progress: ClusterCountProgress) => void;
}

/** The names of {@link FitSegmentationOptions}. */
export const segmentationOptions: OptionNames<FitSegmentationOptions> = {
  dataset: true,
  features: true,
  weights: true,
  minOrders: true,
  rules: true,
  seed: true,
  forced: true,
  onProgress: true,
};

/** A fitted segmentation, and the numbers of clusters that were tried. */
export interface FittedSegmentation {
  readonly choice: ClusterCountChoice;
  readonly model: SegmentationModel;
}

/**
 * Fits clusters to the customers with enough orders. Clusters are numbered by mean revenue per customer, the highest
 * first.
 *
 * @param customers With the features of the clusters.
 * @throws {RangeError} If too few customers have enough orders, or a feature cannot be scaled.
 */
export async function fitSegmentation(
  customers: Customers,
  options: FitSegmentationOptions,
): Promise<FittedSegmentation> {
  requireKnownOptions("fit a segmentation", options, segmentationOptions);
  const { dataset, features, weights, minOrders, rules, seed, forced, onProgress } = options;
  const rows = rowsWithOrders(customers, minOrders);
  const part = (values: Float64Array) => takeValues(values, rows);
  const columns = Object.fromEntries(features.map((name) => [name, part(customers.features[name])]));
  const scaler = fitFeatureScaler(columns, { logarithmic: features.filter((name) => !isLinearFeature(name)), weights });
  const clustered = {
    recencyDays: part(customers.recencyDays),
    frequency: part(customers.frequency),
    monetary: part(customers.monetary),
    avgBasketValue: part(customers.avgBasketValue),
  };
  const named = { ...clustered, daysSinceFirstPurchase: part(customers.daysSinceFirstPurchase) };
  const average = averageCustomer(profileColumns(customers));
  const namesOf = (labels: ArrayLike<number>) => nameClusters(named, labels, { rules: rules.now, average });
  const choice = await chooseClusterCount(scaleFeatures(scaler, columns), {
    seed,
    nameClusters: namesOf,
    ...(forced === undefined ? {} : { forced }),
    ...(onProgress ? { onProgress } : {}),
  });
  const { labels, centroids } = choice.fit;
  const means = clusterMeans(clustered, labels);
  const order = means.monetary.map((_, cluster) => cluster).sort((a, b) => means.monetary[b] - means.monetary[a]);
  const names = uniqueClusterNames(namesOf(labels), means);
  const chosen = choice.candidates.find((candidate) => candidate.chosen);
  const sorted = takeRows(centroids, order);
  const model: SegmentationModel = {
    dataset,
    asOf: customers.asOf,
    minOrders,
    scaler,
    centroids: order.map((_, row) => Array.from(sorted.data.subarray(row * sorted.nCols, (row + 1) * sorted.nCols))),
    names: order.map((cluster) => names[cluster]),
    rules: rules.now,
    ...(rules.limits ? { rulesAsOf: rules.limits.now.fitted.asOf } : {}),
    metrics: {
      customers: rows.length,
      inertia: choice.fit.inertia,
      silhouette: chosen?.silhouette ?? Number.NaN,
      davies_bouldin: chosen?.daviesBouldin ?? Number.NaN,
      stability_ari: chosen?.stability ?? Number.NaN,
    },
  };
  return { choice, model };
}
