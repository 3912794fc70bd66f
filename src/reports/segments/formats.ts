import type { Column, Format } from "../../table/index.js";

/** Median orders: whole, or a half. */
export const AVERAGE_ORDERS: Format = { kind: "number", digits: 1, trim: true };

/** Sums of money. */
export const WHOLE_MONEY: Format = { kind: "money", digits: 0 };

/** Measures of any size. */
export const MEASURE: Format = { kind: "number", digits: 4, trim: true };

/** Declares a column that is named as in files. */
export function column(name: string, kind: Format["kind"] = "text"): Column {
  return { name, format: { kind } };
}
