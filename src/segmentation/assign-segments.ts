import { requireKnownOptions } from "../errors.js";
import { predictClusters, type SegmentationModel } from "./clusters/segmentation-model.js";
import type { Customers } from "./customers.js";
import { modelFeatures } from "./model-features.js";
import { rowsWithOrders } from "./rows-with-orders.js";
import { type RuleSegments, ruleSegments } from "./rules/rule-segments.js";
import type { SegmentRule } from "./rules/segment-rules.js";

/** Customers of one day with their clusters and segments. */
export interface Assignments {
  readonly customers: Customers;
  /** Cluster by customer, -1 for those with too few orders, shape (n,). */
  readonly cluster: Int32Array;
  /** Segments by rule. */
  readonly rules: RuleSegments;
}

/**
 * Assigns customers to the clusters of a model and to segments by rule.
 *
 * @param customers With the features of the model.
 * @param options.rules Rules of the customers' day.
 */
export function assignSegments(
  customers: Customers,
  options: { readonly model: SegmentationModel; readonly rules: readonly SegmentRule[] },
): Assignments {
  requireKnownOptions("assign segments", options, { model: true, rules: true });
  const { model, rules } = options;
  const rows = rowsWithOrders(customers, model.minOrders);
  const cluster = new Int32Array(customers.ids.length).fill(-1);
  if (rows.length) {
    predictClusters(model, modelFeatures(model, customers, rows)).forEach((label, i) => {
      cluster[rows[i]] = label;
    });
  }
  return { customers, cluster, rules: ruleSegments(customers, { rules }) };
}
