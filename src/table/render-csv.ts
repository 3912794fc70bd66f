import { csvText } from "../text/index.js";
import { cellOf, sortedRows } from "./cells.js";
import type { DataTable } from "./data-table.js";

/**
 * Renders the raw values of a table as CSV under the names of its columns, without the total. Unknown values are empty.
 *
 * @example
 * renderCsv({ columns: [{ name: "share", format: { kind: "percent" } }], rows: [[0.125], [null]] }); // "share\n0.125\n\n"
 */
export function renderCsv(table: Pick<DataTable, "columns" | "rows" | "sort">): string {
  return csvText(
    table.columns.map(({ name }) => name),
    sortedRows(table).map((row) => table.columns.map((column, i) => cellOf(row[i], column).value)),
  );
}
