import { requireKnownOptions } from "../errors.js";
import { predictClusters, type SegmentationModel } from "./clusters/segmentation-model.js";
import type { Customers } from "./customers.js";
import { modelFeatures } from "./model-features.js";
import { rowsWithOrders } from "./rows-with-orders.js";
import { ruleSegments } from "./rules/rule-segments.js";

/**
 * Finds the customers who belong to a segment by the rules, or to a cluster, of a fitted segmentation.
 *
 * @param customers With the features of the model if the basis is a cluster.
 * @returns Their rows, ascending.
 */
export function segmentMembers(
  customers: Customers,
  model: SegmentationModel,
  options: { readonly name: string; readonly basis: "rule" | "cluster" },
): number[] {
  requireKnownOptions("find the members of a segment", options, { name: true, basis: true });
  const { name, basis } = options;
  if (basis === "rule") {
    const { names } = ruleSegments(customers, { rules: model.rules });
    return Array.from(names.keys()).filter((row) => names[row] === name);
  }
  const rows = rowsWithOrders(customers, model.minOrders);
  if (!rows.length) return [];
  const labels = predictClusters(model, modelFeatures(model, customers, rows));
  return rows.filter((_, i) => model.names[labels[i]] === name);
}
