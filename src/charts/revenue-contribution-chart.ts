import { formatValue } from "../table/index.js";
import type { Chart } from "./core/chart.js";
import { createChart } from "./core/create-chart.js";
import { segmentBars } from "./segment-bars.js";
import type { SegmentSize, SegmentSizeOptions } from "./segment-distribution-chart.js";

/** Charts revenue by cluster, highest first. */
export function revenueContributionChart(
  segments: readonly SegmentSize[],
  { asOf, ...conventions }: SegmentSizeOptions,
): Chart {
  const money = (value: number) => formatValue(value, { kind: "money", digits: 0 }, conventions);
  const share = (value: number) => formatValue(value, { kind: "percent" }, conventions);
  const sorted = [...segments].sort((a, b) => b.revenue - a.revenue || (a.name < b.name ? -1 : 1));
  const all = segments.reduce((sum, { revenue }) => sum + revenue, 0);
  const n = segments.reduce((sum, { customers }) => sum + customers, 0);
  const top = sorted[0];
  return createChart({
    title: "Revenue by cluster",
    subtitle: `Revenue of all orders by k-means cluster and its share of ${money(all)}. n = ${formatValue(n, { kind: "count" }, conventions)} customers, as of ${formatValue(asOf, { kind: "date" }, conventions)}.`,
    description: `${sorted.length} clusters.${top ? ` Highest: ${top.name} with ${money(top.revenue)}, ${share(top.revenueShare)} of revenue.` : ""}`,
    spec: segmentBars(
      sorted.map((segment) => ({
        name: segment.name,
        value: Math.max(0, segment.revenue),
        text: `${money(segment.revenue)} · ${share(segment.revenueShare)}`,
      })),
    ),
    data: {
      columns: [
        { name: "Cluster", format: { kind: "segment" } },
        { name: "Revenue", format: { kind: "money", digits: 0 } },
        { name: "Share of revenue", format: { kind: "percent" } },
        { name: "Customers", format: { kind: "count" } },
      ],
      rows: sorted.map(({ name, revenue, revenueShare, customers }) => [name, revenue, revenueShare, customers]),
    },
  });
}
