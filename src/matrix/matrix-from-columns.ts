import { requireSameLength } from "../errors.js";
import type { Matrix } from "./matrix.js";

/**
 * A matrix with the given named columns, in their order.
 *
 * @throws {RangeError} If the columns differ in length, or there are none.
 *
 * @example
 * matrixFromColumns({ recency_days: [3, 40], frequency: [5, 1] });
 * // { nRows: 2, nCols: 2, data: [3, 5, 40, 1], columnNames: ["recency_days", "frequency"] }
 */
export function matrixFromColumns(columns: Readonly<Record<string, ArrayLike<number>>>): Matrix {
  const columnNames = Object.keys(columns);
  if (!columnNames.length) throw new RangeError("Cannot make a matrix: there are no columns, at least one is needed");
  requireSameLength("a matrix", columns);
  const nCols = columnNames.length;
  const nRows = columns[columnNames[0]].length;
  const data = new Float64Array(nRows * nCols);
  columnNames.forEach((name, j) => {
    const column = columns[name];
    for (let i = 0; i < nRows; ++i) data[i * nCols + j] = column[i];
  });
  return { nRows, nCols, data, columnNames };
}
