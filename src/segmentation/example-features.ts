import type { SegmentationModel } from "./clusters/segmentation-model.js";
import type { Customers } from "./customers.js";
import { modelFeatures } from "./model-features.js";
import { rowsWithOrders } from "./rows-with-orders.js";

/** Customers in the example. */
const EXAMPLES = 5;

/** Returns the unscaled features of the first customers that have a cluster, as an example of the model's input. */
export function exampleFeatures(
  model: Pick<SegmentationModel, "scaler" | "minOrders">,
  customers: Customers,
): Record<string, Float64Array> {
  return modelFeatures(model, customers, rowsWithOrders(customers, model.minOrders).slice(0, EXAMPLES));
}
