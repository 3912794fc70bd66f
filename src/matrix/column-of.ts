import type { Matrix } from "./matrix.js";

/**
 * Returns a copy of one column, shape (nRows,).
 *
 * @param column Its name, or its number from 0.
 * @throws {RangeError} If there is no such column.
 *
 * @example
 * columnOf(matrixFromColumns({ recency_days: [3, 40], frequency: [5, 1] }), "frequency"); // [5, 1]
 */
export function columnOf({ nRows, nCols, data, columnNames = [] }: Matrix, column: string | number): Float64Array {
  const j = typeof column === "number" ? column : columnNames.indexOf(column);
  if (!(Number.isInteger(j) && j >= 0 && j < nCols)) {
    const there = columnNames.length ? columnNames.join(", ") : `columns 0 to ${nCols - 1}`;
    throw new RangeError(`Cannot take a column: there is no ${column}; the matrix has ${there}`);
  }
  const values = new Float64Array(nRows);
  for (let i = 0; i < nRows; ++i) values[i] = data[i * nCols + j];
  return values;
}
