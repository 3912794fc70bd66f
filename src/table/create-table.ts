import { requireKnownOptions } from "../errors.js";
import { CONVENTION_NAMES, type Conventions } from "./conventions.js";
import type { DataTable } from "./data-table.js";
import { withDisplay } from "./jupyter-display.js";
import { tableBundle } from "./table-bundle.js";

/**
 * Checks a table and makes it one that notebooks show when it is a cell's last expression. The conventions are those of
 * the notebook: reports render by their own.
 *
 * @throws {RangeError} If two columns have one name, a row has more or fewer cells than there are columns, or it is to be
 *   sorted by a column that it does not have.
 *
 * @example
 * const table = createTable({ columns: [{ name: "segment" }, { name: "customers", format: { kind: "count" } }], rows: [["Champions", 1200]] });
 * tableRecords(table); // [{ segment: "Champions", customers: 1200 }]
 */
export function createTable(table: DataTable, conventions: Partial<Conventions> = {}): DataTable {
  requireKnownOptions("create a table", conventions, CONVENTION_NAMES);
  const names = table.columns.map(({ name }) => name);
  const twice = names.find((name, i) => names.indexOf(name) < i);
  if (twice !== undefined) throw new RangeError(`Cannot create a table: two columns are named "${twice}"`);
  if (table.sort && !names.includes(table.sort.column)) {
    throw new RangeError(
      `Cannot create a table: it is sorted by "${table.sort.column}"; use one of ${JSON.stringify(names)}`,
    );
  }
  for (const [i, row] of [...table.rows, ...(table.total ? [table.total] : [])].entries()) {
    if (row.length !== names.length) {
      const place = i < table.rows.length ? `row ${i}` : "the total";
      throw new RangeError(
        `Cannot create a table: ${place} has ${row.length} cells; expected one for each of ${names.length} columns`,
      );
    }
  }
  return withDisplay(table, (shown) => tableBundle(shown, conventions));
}
