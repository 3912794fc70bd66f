import type { Column, DataTable, Value } from "./data-table.js";
import { inferColumn } from "./infer-column.js";

/**
 * Returns records as a table, with inferred formats. Columns are in order of first appearance.
 *
 * @example
 * inferTable([{ year: 2011, share: 0.25 }]).rows; // [[2011, 0.25]]
 */
export function inferTable(records: readonly Readonly<Record<string, unknown>>[]): DataTable {
  const names = [...new Set(records.flatMap((record) => Object.keys(record)))];
  const inferred: { readonly column: Column; readonly values: Value[] }[] = names.map((name) =>
    inferColumn(
      name,
      records.map((record) => record[name]),
    ),
  );
  return {
    columns: inferred.map(({ column }) => column),
    rows: records.map((_, row) => inferred.map(({ values }) => values[row])),
  };
}
