import { estimateSilhouette } from "../../evaluation/index.js";
import {
  type Customers,
  modelFeatures,
  predictSegments,
  type SegmentationModel,
  scaleFeatures,
} from "../../segmentation/index.js";
import { epochDay } from "../../text/index.js";
import { rowsWithOrders } from "./rows-with-orders.js";

/** How segments that were fitted on an earlier day hold together today. */
export interface JudgedFit {
  /** The day that they were fitted at. */
  readonly asOf: string;
  /** True for a fit that was handed in, false for one that this run made of the earlier day's customers. */
  readonly given: boolean;
  /** Mean silhouette of today's customers in them; 0 if they are all in one. */
  readonly silhouette: number;
}

/**
 * Puts today's customers into the segments of a model that was fitted before.
 *
 * @throws {RangeError} If the model is of another dataset or of a later day, or too few customers have enough orders.
 */
export function judgeFit(
  model: SegmentationModel,
  customers: Customers,
  { dataset, seed }: { readonly dataset: string; readonly seed: number },
): JudgedFit {
  const action = "Cannot judge the segmentation";
  if (model.dataset !== dataset) {
    throw new RangeError(`${action}: it was fitted on "${model.dataset}", one of "${dataset}" is needed`);
  }
  if (epochDay(model.as_of) > epochDay(customers.asOf)) {
    throw new RangeError(`${action}: it was fitted as of ${model.as_of}, a day up to ${customers.asOf} is needed`);
  }
  const rows = rowsWithOrders(customers, model.min_orders);
  if (rows.length <= model.names.length) {
    throw new RangeError(
      `${action}: ${rows.length} customers have ${model.min_orders} orders, more than its ${model.names.length} segments are needed`,
    );
  }
  const features = modelFeatures(model, customers, rows);
  const labels = predictSegments(model, features);
  if (new Set(labels).size < 2) return { asOf: model.as_of, given: true, silhouette: 0 };
  return {
    asOf: model.as_of,
    given: true,
    silhouette: estimateSilhouette(scaleFeatures(model.scaler, features), labels, { seed }).score,
  };
}
