import { rounded } from "../../numeric/index.js";
import type { SegmentMigration } from "../../segmentation/index.js";
import { createTable, type DataTable } from "../../table/index.js";
import { column } from "./formats.js";

/**
 * Tabulates the flows of several migrations, such as those of segments by rule and of clusters, one flow per row: customers,
 * revenue, and how long customers stay where it starts. Columns are named as in files.
 *
 * @param migrations By the name of what customers move between.
 */
export function flowTable(
  migrations: Readonly<Record<string, Pick<SegmentMigration, "flows" | "halfLifeDays" | "stayed">>>,
): DataTable {
  return createTable({
    columns: [
      column("basis"),
      column("from", "segment"),
      column("to", "segment"),
      column("customers", "count"),
      column("revenue", "money"),
      column("half_life_days_of_from", "days"),
      column("stayed_of_from", "percent"),
    ],
    rows: Object.entries(migrations).flatMap(([basis, { flows, halfLifeDays, stayed }]) =>
      flows.map(({ from, to, customers, revenue }) => [
        basis,
        from,
        to,
        customers,
        rounded(revenue),
        from === null ? null : halfLifeDays[from],
        from === null ? null : stayed[from],
      ]),
    ),
  });
}
