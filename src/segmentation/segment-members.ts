import { predictSegments, type SegmentationModel } from "./clusters/segmentation-model.js";
import type { Customers } from "./customers.js";
import { ruleSegments } from "./rules/rule-segments.js";

/**
 * Finds the customers who belong to a segment, by the rules or the clusters of a fitted segmentation.
 *
 * @param customers With the features of the model for a segment of clusters.
 * @returns Their rows, ascending.
 */
export function segmentMembers(
  customers: Customers,
  model: SegmentationModel,
  { name, basis }: { readonly name: string; readonly basis: "rule" | "cluster" },
): number[] {
  const all = Array.from(customers.frequency.keys());
  if (basis === "rule") {
    const { names } = ruleSegments(customers, { rules: model.rules });
    return all.filter((row) => names[row] === name);
  }
  const rows = all.filter((row) => customers.frequency[row] >= model.min_orders);
  if (!rows.length) return [];
  const features = Object.fromEntries(
    model.scaler.map(({ name: feature }) => [
      feature,
      Float64Array.from(rows, (row) => customers.features[feature][row]),
    ]),
  );
  const labels = predictSegments(model, features);
  return rows.filter((_, i) => model.names[labels[i]] === name);
}
