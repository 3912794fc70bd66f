import type { MoverFlow } from "../../segmentation/index.js";
import { type Conventions, createTable, type DataTable } from "../../table/index.js";
import { WHOLE_MONEY } from "./formats.js";

/**
 * Tabulates customers who left a segment by where they are now, without naming them.
 *
 * @param conventions For display in notebooks.
 */
export function moversTable(flows: readonly MoverFlow[], conventions: Partial<Conventions> = {}): DataTable {
  return createTable(
    {
      caption: "Customers who changed segments",
      columns: [
        { name: "from", title: "From", format: { kind: "segment" } },
        { name: "to", title: "To", format: { kind: "segment" } },
        { name: "customers", title: "Customers", format: { kind: "count" } },
        { name: "revenue", title: "Revenue", format: WHOLE_MONEY },
        { name: "revenuePerCustomer", title: "Per customer", format: WHOLE_MONEY },
      ],
      rows: flows.map(({ from, to, customers, revenue, revenuePerCustomer }) => [
        ...[from, to, customers, revenue, revenuePerCustomer],
      ]),
    },
    conventions,
  );
}
