import type { Format } from "../../table/index.js";

/** Median orders: whole, or a half. */
export const AVERAGE_ORDERS: Format = { kind: "number", digits: 1, trim: true };

/** Sums of money. */
export const WHOLE_MONEY: Format = { kind: "money", digits: 0 };
