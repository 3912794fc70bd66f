import { type SegmentationModel, standardSegmentRules } from "../../src/segmentation/index.js";

/** A segmentation of two clusters by the number of orders, changed where a test wants it otherwise. */
export function exampleModel(changes: Partial<SegmentationModel> = {}): SegmentationModel {
  return {
    ...{ dataset: "made", asOf: "2026-01-31", minOrders: 1 },
    scaler: [{ name: "orders", transform: "log1p", mean: 1, standardDeviation: 0.5, weight: 1 }],
    centroids: [[1], [-1]],
    names: ["many", "few"],
    rules: standardSegmentRules,
    metrics: {},
    ...changes,
  };
}
