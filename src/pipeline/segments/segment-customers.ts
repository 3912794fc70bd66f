import { takeRows } from "../../matrix/index.js";
import {
  type ClusterCountChoice,
  type ClusterCountProgress,
  type Customers,
  chooseClusterCount,
  clusterMeans,
  compareRefit,
  fitFeatureScaler,
  isLinearFeature,
  modelFeatures,
  nameClusters,
  predictSegments,
  type RefitComparison,
  type RuleSegments,
  ruleSegments,
  type SegmentationModel,
  type SegmentRule,
  scaleFeatures,
  TOO_FEW_ORDERS,
  uniqueClusterNames,
} from "../../segmentation/index.js";
import type { ResolvedRules } from "../segment-rules/resolve-rules.js";
import { type JudgedFit, judgeFit } from "./judge-fit.js";
import { rowsWithOrders } from "./rows-with-orders.js";

/** How customers are segmented. */
export interface SegmentCustomersOptions {
  readonly dataset: string;
  readonly features: readonly string[];
  readonly weights: Readonly<Record<string, number>>;
  readonly minOrders: number;
  /** Rules of the day and of the earlier one. */
  readonly rules: Pick<ResolvedRules, "now" | "before" | "limits">;
  readonly seed: number;
  readonly forced?: number;
  /** Segments fitted before, which are judged; by default those that would have been fitted on the earlier day. */
  readonly fitted?: SegmentationModel;
  readonly onProgress?: (progress: ClusterCountProgress) => void;
}

/** Segments of the customers of one day. */
export interface Assignments {
  readonly customers: Customers;
  /** -1 for those with too few orders, shape (n,). */
  readonly segment: Int32Array;
  readonly rules: RuleSegments;
}

/** The fitted model, and where it puts everyone. */
export interface SegmentedCustomers {
  readonly choice: ClusterCountChoice;
  readonly model: SegmentationModel;
  readonly now: Assignments;
  readonly before: Assignments;
  readonly nameOf: (segment: number) => string;
  /** How segments fitted on the customers of the earlier day differ; absent where they were too few. */
  readonly refit: RefitComparison | undefined;
  /** The fit that the retrain verdict is about. */
  readonly judged: JudgedFit;
}

/**
 * Fits the segments on those of today with enough orders, and puts the customers of both days into them. Segments are
 * numbered by what their customers spend on average, the most first.
 *
 * @throws {RangeError} If too few customers have enough orders, or a feature cannot be scaled.
 */
export async function segmentCustomers(
  now: Customers,
  before: Customers,
  options: SegmentCustomersOptions,
): Promise<SegmentedCustomers> {
  const { dataset, features, weights, minOrders, rules, seed, forced, fitted, onProgress } = options;
  const rows = rowsWithOrders(now, minOrders);
  const part = (values: Float64Array) => Float64Array.from(rows, (row) => values[row]);
  const columns = Object.fromEntries(features.map((name) => [name, part(now.features[name])]));
  const scaler = fitFeatureScaler(columns, { logarithmic: features.filter((name) => !isLinearFeature(name)), weights });
  const clustered = {
    recencyDays: part(now.recencyDays),
    frequency: part(now.frequency),
    monetary: part(now.monetary),
    avgBasketValue: part(now.avgBasketValue),
  };
  const choice = await chooseClusterCount(scaleFeatures(scaler, columns), {
    seed,
    nameClusters: (labels) => nameClusters(clustered, labels, { rules: rules.now }),
    ...(forced === undefined ? {} : { forced }),
    ...(onProgress ? { onProgress } : {}),
  });
  const { labels, centroids } = choice.fit;
  const means = clusterMeans(clustered, labels);
  const order = means.monetary.map((_, cluster) => cluster).sort((a, b) => means.monetary[b] - means.monetary[a]);
  const names = uniqueClusterNames(nameClusters(clustered, labels, { rules: rules.now }), means);
  const chosen = choice.candidates.find((candidate) => candidate.chosen);
  const sorted = takeRows(centroids, order);
  const model: SegmentationModel = {
    kind: "segmentation",
    version: 1,
    dataset,
    as_of: now.asOf,
    min_orders: minOrders,
    scaler,
    centroids: order.map((_, row) => Array.from(sorted.data.subarray(row * sorted.nCols, (row + 1) * sorted.nCols))),
    names: order.map((cluster) => names[cluster]),
    rules: rules.now,
    ...(rules.limits ? { rules_as_of: rules.limits.now.fitted.asOf } : {}),
    metrics: {
      customers: rows.length,
      inertia: choice.fit.inertia,
      silhouette: chosen?.silhouette ?? Number.NaN,
      davies_bouldin: chosen?.daviesBouldin ?? Number.NaN,
      stability_ari: chosen?.stability ?? Number.NaN,
    },
  };
  const earlierFeatures = modelFeatures(model, before, rowsWithOrders(before, minOrders));
  const refit = compareRefit(model, columns, { earlier: earlierFeatures, seed });
  const judged = fitted
    ? judgeFit(fitted, now, { dataset, seed })
    : refit && { asOf: before.asOf, given: false, silhouette: refit.silhouette };
  return {
    choice,
    model,
    now: assign(model, now, rules.now),
    before: assign(model, before, rules.before),
    nameOf: (segment) => (segment < 0 ? TOO_FEW_ORDERS : model.names[segment]),
    refit,
    judged: judged ?? { asOf: now.asOf, given: false, silhouette: model.metrics["silhouette"] },
  };
}

function assign(model: SegmentationModel, customers: Customers, rules: readonly SegmentRule[]): Assignments {
  const rows = rowsWithOrders(customers, model.min_orders);
  const segment = new Int32Array(customers.ids.length).fill(-1);
  if (rows.length) {
    predictSegments(model, modelFeatures(model, customers, rows)).forEach((label, i) => {
      segment[rows[i]] = label;
    });
  }
  return { customers, segment, rules: ruleSegments(customers, { rules }) };
}
