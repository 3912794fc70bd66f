/** A dense table of numbers, row after row: cell (i, j) is `data[i * nCols + j]`. */
export interface Matrix {
  readonly nRows: number;
  readonly nCols: number;
  /** Shape (nRows × nCols), row-major. NaN is a missing value. */
  readonly data: Float64Array;
  /** Names of the columns; models that know theirs compare them with these. */
  readonly columnNames?: readonly string[];
}
