import { requireKnownOptions } from "../errors.js";
import { estimateSilhouette } from "../evaluation/index.js";
import { epochDay } from "../text/index.js";
import { scaleFeatures } from "./clusters/feature-scaler.js";
import { predictClusters, type SegmentationModel } from "./clusters/segmentation-model.js";
import type { Customers } from "./customers.js";
import { modelFeatures } from "./model-features.js";
import { rowsWithOrders } from "./rows-with-orders.js";

/** Quality of clusters that were fitted before, on the customers of today. */
export interface JudgedFit {
  /** The day that they were fitted as of. */
  readonly asOf: string;
  /** True for a given fit, false for one that was made of an earlier day's customers to compare with. */
  readonly given: boolean;
  /** Mean silhouette of today's customers in them; 0 if they are all in one. */
  readonly silhouette: number;
}

/**
 * Measures how well the clusters of a model that was fitted before separate the customers of today.
 *
 * @throws {RangeError} If the model is of another dataset or of a later day, or too few customers have enough orders.
 */
export function judgeFit(
  model: SegmentationModel,
  customers: Customers,
  options: { readonly dataset: string; readonly seed: number },
): JudgedFit {
  requireKnownOptions("judge a fit", options, { dataset: true, seed: true });
  const { dataset, seed } = options;
  const action = "Cannot judge the segmentation";
  if (model.dataset !== dataset) {
    throw new RangeError(`${action}: it was fitted on "${model.dataset}"; use one fitted on "${dataset}"`);
  }
  if (epochDay(model.asOf) > epochDay(customers.asOf)) {
    throw new RangeError(
      `${action}: it was fitted as of ${model.asOf}; use one fitted as of ${customers.asOf} or earlier`,
    );
  }
  const rows = rowsWithOrders(customers, model.minOrders);
  if (rows.length <= model.names.length) {
    throw new RangeError(
      `${action}: ${rows.length} customers have ${model.minOrders} orders; its ${model.names.length} clusters require at least ${model.names.length + 1}`,
    );
  }
  const features = modelFeatures(model, customers, rows);
  const labels = predictClusters(model, features);
  if (new Set(labels).size < 2) return { asOf: model.asOf, given: true, silhouette: 0 };
  return {
    asOf: model.asOf,
    given: true,
    silhouette: estimateSilhouette(scaleFeatures(model.scaler, features), labels, { seed }).score,
  };
}
