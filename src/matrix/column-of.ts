import type { Matrix } from "./matrix.js";

/** A copy of one column, shape (nRows,). */
export function columnOf({ nRows, nCols, data }: Matrix, column: number): Float64Array {
  const values = new Float64Array(nRows);
  for (let i = 0; i < nRows; ++i) values[i] = data[i * nCols + column];
  return values;
}
