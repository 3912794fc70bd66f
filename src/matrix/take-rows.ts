import type { Matrix } from "./matrix.js";
import { withColumnNames } from "./with-column-names.js";

/**
 * Returns a matrix with the given rows, in the given order; a row may be taken more than once.
 *
 * @param rows Row numbers from 0, such as those of a fold.
 * @throws {RangeError} If there is no such row.
 *
 * @example
 * takeRows(matrixFromRows([[1], [2], [3]]), [2, 0]).data; // [3, 1]
 */
export function takeRows({ nRows, nCols, data, columnNames }: Matrix, rows: ArrayLike<number>): Matrix {
  const taken = new Float64Array(rows.length * nCols);
  for (let i = 0; i < rows.length; ++i) {
    if (!(Number.isInteger(rows[i]) && rows[i] >= 0 && rows[i] < nRows)) {
      throw new RangeError(`Cannot take rows: there is no row ${rows[i]}; expected 0 to ${nRows - 1}`);
    }
    taken.set(data.subarray(rows[i] * nCols, (rows[i] + 1) * nCols), i * nCols);
  }
  return withColumnNames({ nRows: rows.length, nCols, data: taken }, columnNames);
}
