import { cellOf } from "./cells.js";
import type { DataTable, Value } from "./data-table.js";

/**
 * Returns the raw values of a table as records by column name, without the total.
 *
 * @example
 * tableRecords({ columns: [{ name: "k" }], rows: [[3], [4]] }); // [{ k: 3 }, { k: 4 }]
 */
export function tableRecords({ columns, rows }: Pick<DataTable, "columns" | "rows">): Record<string, Value>[] {
  return rows.map((row) => Object.fromEntries(columns.map((column, i) => [column.name, cellOf(row[i], column).value])));
}
