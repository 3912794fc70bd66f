import type { GroupProfile } from "../../segmentation/index.js";
import { type Conventions, createTable, type DataTable } from "../../table/index.js";
import { AVERAGE_ORDERS } from "./formats.js";

/**
 * Tabulates clusters, one per row: size, share of revenue, and the median customer.
 *
 * @param conventions For display in notebooks.
 */
export function profileTable(profiles: readonly GroupProfile[], conventions: Partial<Conventions> = {}): DataTable {
  return createTable(
    {
      caption: "Clusters; days, orders and amounts are medians",
      columns: [
        { name: "cluster", title: "Cluster", format: { kind: "segment" } },
        { name: "customers", title: "Customers", format: { kind: "count" } },
        { name: "share", title: "Share", format: { kind: "percent" } },
        { name: "revenueShare", title: "Share of revenue", format: { kind: "percent" } },
        { name: "recencyDays", title: "Days since last order", format: { kind: "days" } },
        { name: "frequency", title: "Orders", format: AVERAGE_ORDERS },
        { name: "avgBasketValue", title: "Average order value", format: { kind: "money" } },
      ],
      rows: profiles.map(({ name, customers, share, revenueShare, centres }) => [
        ...[name, customers, share, revenueShare],
        ...[centres.recencyDays.median, centres.frequency.median, centres.avgBasketValue.median],
      ]),
    },
    conventions,
  );
}
