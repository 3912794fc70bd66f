import { requireSameLength } from "../errors.js";
import { columnStack } from "./column-stack.js";
import type { Matrix } from "./matrix.js";

/**
 * Makes a matrix with the given named columns, in their order; JavaScript puts names that are whole numbers, such as
 * years, first.
 *
 * @throws {RangeError} If the columns differ in length, or there are none.
 *
 * @example
 * matrixFromColumns({ recency_days: [3, 40], frequency: [5, 1] });
 * // { nRows: 2, nCols: 2, data: [3, 5, 40, 1], columnNames: ["recency_days", "frequency"] }
 */
export function matrixFromColumns(columns: Readonly<Record<string, ArrayLike<number>>>): Matrix {
  requireSameLength("a matrix", columns);
  return columnStack(Object.values(columns), Object.keys(columns));
}
