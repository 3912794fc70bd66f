import type { Matrix } from "./matrix.js";
import { withColumnNames } from "./with-column-names.js";

/** Makes a matrix of columns of one length, in the order given. */
export function columnStack(columns: readonly ArrayLike<number>[], columnNames: readonly string[]): Matrix {
  if (!columns.length) throw new RangeError("Cannot make a matrix: there are no columns; expected at least one");
  const nCols = columns.length;
  const nRows = columns[0].length;
  const data = new Float64Array(nRows * nCols);
  columns.forEach((column, j) => {
    for (let i = 0; i < nRows; ++i) data[i * nCols + j] = column[i];
  });
  return withColumnNames({ nRows, nCols, data }, columnNames);
}
