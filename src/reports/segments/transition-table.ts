import { requireKnownOptions } from "../../errors.js";
import { rounded } from "../../numeric/index.js";
import type { TransitionMatrix } from "../../segmentation/index.js";
import { createTable, type DataTable, type Value } from "../../table/index.js";
import { column, MEASURE } from "./formats.js";

/**
 * Tabulates a transition matrix: customers, then their revenue, from each segment (rows) to each segment (columns).
 * Customers who came since are from nowhere. Columns are named as in files.
 *
 * @param options.names Segments, in the order of the matrix.
 */
export function transitionTable(
  { customers, revenue, entered, enteredRevenue }: TransitionMatrix,
  options: { readonly names: readonly string[] },
): DataTable {
  requireKnownOptions("tabulate transitions", options, { names: true });
  const { names } = options;
  const block = (measure: string, table: readonly (readonly number[])[], newcomers: readonly number[]): Value[][] => [
    ...names.map((from, i) => [measure, from, ...table[i].map(rounded)]),
    [measure, null, ...newcomers.map(rounded)],
  ];
  return createTable({
    columns: [column("measure"), column("from", "segment"), ...names.map((name) => ({ name, format: MEASURE }))],
    rows: [...block("customers", customers, entered), ...block("revenue", revenue, enteredRevenue)],
  });
}
