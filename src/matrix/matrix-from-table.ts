import { requireKnownOptions } from "../errors.js";
import { columnStack } from "./column-stack.js";
import type { Matrix } from "./matrix.js";

/** A table of named columns, such as arquero's. */
export interface TableOfColumns {
  columnNames(): string[];
  array(name: string): ArrayLike<unknown>;
}

/**
 * Makes a matrix of columns of a table: numbers as they are, true and false as 1 and 0, null as NaN, which boosted
 * trees treat as missing.
 *
 * @param options.columns Names, in the order of the matrix; defaults to all.
 * @throws {RangeError} If a column is not there or named twice, or there are none.
 * @throws {TypeError} If a cell is text or a date.
 *
 * @example
 * const table = await engine.table("SELECT * FROM (VALUES (3, true), (40, false)) t(recency_days, consent)");
 * matrixFromTable(table, { columns: ["recency_days", "consent"] }).data; // [3, 1, 40, 0]
 */
export function matrixFromTable(table: TableOfColumns, options: { columns?: readonly string[] } = {}): Matrix {
  requireKnownOptions("make a matrix", options, { columns: true });
  const { columns = table.columnNames() } = options;
  const present = table.columnNames();
  const missing = columns.filter((name) => !present.includes(name));
  if (missing.length) {
    throw new RangeError(
      `Cannot make a matrix: the table has no column ${missing.join(", ")}; it has ${present.join(", ")}`,
    );
  }
  return columnStack(
    columns.map((name) => numbersOf(name, table.array(name))),
    columns,
  );
}

function numbersOf(name: string, cells: ArrayLike<unknown>): Float64Array {
  return Float64Array.from(cells, (cell, row) => {
    if (cell === null || cell === undefined) return Number.NaN;
    if (typeof cell === "number" || typeof cell === "boolean" || typeof cell === "bigint") return Number(cell);
    const what = cell instanceof Date ? "a date" : `"${String(cell)}"`;
    throw new TypeError(`Cannot make a matrix: "${name}" is ${what} in row ${row}; expected a number`);
  });
}
