import { requireKnownOptions } from "../errors.js";
import type { Matrix } from "./matrix.js";
import { withColumnNames } from "./with-column-names.js";

/**
 * Makes a matrix with the given rows.
 *
 * @throws {RangeError} If the rows differ in length, or there are none.
 *
 * @example
 * matrixFromRows([[3, 5], [40, 1]], { columnNames: ["recency_days", "frequency"] }).data; // [3, 5, 40, 1]
 */
export function matrixFromRows(
  rows: readonly ArrayLike<number>[],
  options: { columnNames?: readonly string[] } = {},
): Matrix {
  requireKnownOptions("make a matrix", options, { columnNames: true });
  if (!rows.length) throw new RangeError("Cannot make a matrix: there are no rows; expected at least one");
  const nCols = rows[0].length;
  const data = new Float64Array(rows.length * nCols);
  rows.forEach((row, i) => {
    if (row.length !== nCols) {
      throw new RangeError(`Cannot make a matrix: row ${i} has ${row.length} cells; expected ${nCols} as in row 0`);
    }
    data.set(row, i * nCols);
  });
  return withColumnNames({ nRows: rows.length, nCols, data }, options.columnNames);
}
