import type { DataTable } from "./data-table.js";
import { inferColumn } from "./infer-column.js";
import { type Rectangle, readRecords } from "./rectangle.js";

/**
 * Returns records as a table, with inferred formats. Columns are in order of first appearance.
 *
 * @example
 * inferTable([{ year: 2011, share: 0.25 }]).rows; // [[2011, 0.25]]
 */
export function inferTable(records: readonly Readonly<Record<string, unknown>>[]): DataTable {
  return tableOf(readRecords(records));
}

/** Returns values in rows and columns as a table, with inferred formats. */
export function tableOf({ names, nRows, read }: Rectangle): DataTable {
  const rows = Array.from({ length: nRows }, (_, row) => row);
  const inferred = names.map((name) =>
    inferColumn(
      name,
      rows.map((row) => read(name, row)),
    ),
  );
  return {
    columns: inferred.map(({ column }) => column),
    rows: rows.map((row) => inferred.map(({ values }) => values[row])),
  };
}
