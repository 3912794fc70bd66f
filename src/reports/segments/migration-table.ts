import { requireKnownOptions } from "../../errors.js";
import type { MigrationCrosstab } from "../../segmentation/index.js";
import { CONVENTION_NAMES, type Conventions, createTable, type DataTable } from "../../table/index.js";
import { WHOLE_MONEY } from "./formats.js";

/** Options of {@link migrationTable}. */
export interface MigrationTableOptions extends Partial<Conventions> {
  /** What the crosstab counts. */
  readonly measure: "customers" | "revenue";
}

/**
 * Tabulates movement from each segment (rows) to each segment (columns), with sums.
 *
 * @example
 * const flows = [{ from: null, to: "New Customers", customers: 4, revenue: 90 }];
 * const measure = "customers";
 * const crosstab = migrationCrosstab({ flows }, { measure, names: ["New Customers", "Promising"] });
 * migrationTable(crosstab, { measure }).rows[0].slice(1); // [4, 4]
 */
export function migrationTable(
  { from, to, values, fromTotals, toTotals, total }: MigrationCrosstab,
  options: MigrationTableOptions,
): DataTable {
  requireKnownOptions("tabulate movement", options, { measure: true, ...CONVENTION_NAMES });
  const { measure, ...conventions } = options;
  const format = measure === "customers" ? ({ kind: "count" } as const) : WHOLE_MONEY;
  return createTable(
    {
      caption:
        measure === "customers"
          ? "Customers by segment before (rows) and now (columns)"
          : "Revenue of customers by segment before (rows) and now (columns)",
      columns: [
        { name: "from", title: "From", format: { kind: "segment" } },
        ...to.map((name) => ({ name, format })),
        { name: "total", title: "All", format },
      ],
      rows: from.map((name, i) => [
        name ?? { value: "New since then", format: { kind: "text" } },
        ...values[i],
        fromTotals[i],
      ]),
      total: [{ value: "All", format: { kind: "text" } }, ...toTotals, total],
    },
    conventions,
  );
}
