import type { Customers, SegmentationModel } from "../../segmentation/index.js";

/** What segments are made of, of the customers in `rows`: unscaled, by feature of the model. */
export function modelFeatures(
  { scaler }: Pick<SegmentationModel, "scaler">,
  { features }: Pick<Customers, "features">,
  rows: readonly number[],
): Record<string, Float64Array> {
  return Object.fromEntries(scaler.map(({ name }) => [name, Float64Array.from(rows, (row) => features[name][row])]));
}
