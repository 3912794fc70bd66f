import { requireSameLength } from "./errors.js";

/** A dense table of numbers, row after row: cell (i, j) is `data[i * nCols + j]`. */
export interface Matrix {
  readonly nRows: number;
  readonly nCols: number;
  /** Shape (nRows × nCols), row-major. NaN is a missing value. */
  readonly data: Float64Array;
  /** Names of the columns; models that know theirs compare them with these. */
  readonly columnNames?: readonly string[];
}

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

/**
 * A matrix with the given rows.
 *
 * @throws {RangeError} If the rows differ in length, or there are none.
 */
export function matrixFromRows(
  rows: readonly ArrayLike<number>[],
  { columnNames }: { columnNames?: readonly string[] } = {},
): Matrix {
  if (!rows.length) throw new RangeError("Cannot make a matrix: there are no rows, at least one is needed");
  const nCols = rows[0].length;
  const data = new Float64Array(rows.length * nCols);
  rows.forEach((row, i) => {
    if (row.length !== nCols) {
      throw new RangeError(`Cannot make a matrix: row ${i} has ${row.length} cells, row 0 has ${nCols}`);
    }
    data.set(row, i * nCols);
  });
  return named({ nRows: rows.length, nCols, data }, columnNames);
}

/** The given rows of a matrix, in the given order; a row may be taken more than once. */
export function takeRows({ nCols, data, columnNames }: Matrix, rows: ArrayLike<number>): Matrix {
  const taken = new Float64Array(rows.length * nCols);
  for (let i = 0; i < rows.length; ++i) {
    taken.set(data.subarray(rows[i] * nCols, (rows[i] + 1) * nCols), i * nCols);
  }
  return named({ nRows: rows.length, nCols, data: taken }, columnNames);
}

/** A copy of one column, shape (nRows,). */
export function columnOf({ nRows, nCols, data }: Matrix, column: number): Float64Array {
  const values = new Float64Array(nRows);
  for (let i = 0; i < nRows; ++i) values[i] = data[i * nCols + column];
  return values;
}

function named(matrix: Matrix, columnNames: readonly string[] | undefined): Matrix {
  if (!columnNames) return matrix;
  if (columnNames.length !== matrix.nCols) {
    throw new RangeError(`Cannot make a matrix: ${columnNames.length} names were given for ${matrix.nCols} columns`);
  }
  return { ...matrix, columnNames };
}
