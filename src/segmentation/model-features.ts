import type { SegmentationModel } from "./clusters/segmentation-model.js";
import type { Customers } from "./customers.js";

/** Returns the unscaled features of a model, of the customers in `rows`. */
export function modelFeatures(
  { scaler }: Pick<SegmentationModel, "scaler">,
  { features }: Pick<Customers, "features">,
  rows: readonly number[],
): Record<string, Float64Array> {
  return Object.fromEntries(scaler.map(({ name }) => [name, Float64Array.from(rows, (row) => features[name][row])]));
}
