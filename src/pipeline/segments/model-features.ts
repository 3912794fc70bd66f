import type { SegmentationModel } from "../../segmentation/index.js";
import type { CustomersAt } from "./load-customers.js";

/** What segments are made of, of the customers in `rows`: unscaled, by feature of the model. */
export function modelFeatures(
  { scaler }: Pick<SegmentationModel, "scaler">,
  { columns }: Pick<CustomersAt, "columns">,
  rows: readonly number[],
): Record<string, Float64Array> {
  return Object.fromEntries(scaler.map(({ name }) => [name, Float64Array.from(rows, (row) => columns[name][row])]));
}
