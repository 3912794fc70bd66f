import type { Matrix } from "../../matrix/index.js";
import type { PurchaseHistories } from "../../models/index.js";

/** Rows that the candidates here learn from: customers on days, with labels. */
export interface CandidateRows {
  /** Features, one row per customer and day, with column names. */
  readonly X: Matrix;
  /** Label of each row, shape (X.nRows,); NaN where it is unknown. */
  readonly y: Float64Array;
  readonly customerIds: readonly string[];
  /** Day of each row. */
  readonly asOf: readonly string[];
  /** Purchase histories up to the day of each row, in days; models of purchases need them. */
  readonly histories?: PurchaseHistories;
}
