import type { Matrix } from "./matrix.js";

/** Adds column names to a matrix, if given. @throws {RangeError} If their number is wrong or one occurs twice. */
export function withColumnNames(matrix: Matrix, columnNames: readonly string[] | undefined): Matrix {
  if (!columnNames) return matrix;
  if (columnNames.length !== matrix.nCols) {
    throw new RangeError(
      `Cannot make a matrix: there are ${columnNames.length} names for ${matrix.nCols} columns; expected one per column`,
    );
  }
  const twice = columnNames.find((name, j) => columnNames.indexOf(name) < j);
  if (twice !== undefined)
    throw new RangeError(`Cannot make a matrix: two columns are named "${twice}"; use distinct names`);
  return { ...matrix, columnNames };
}
