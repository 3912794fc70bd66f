import { requireKnownOptions } from "../errors.js";
import { CONVENTION_NAMES, formatValue } from "../table/index.js";
import { clusterBars } from "./cluster-bars.js";
import type { ClusterSize, ClusterSizeOptions } from "./cluster-distribution-chart.js";
import type { Chart } from "./core/chart.js";
import { createChart } from "./core/create-chart.js";
import { sampleInWords } from "./core/sample-in-words.js";

/** Charts revenue by cluster, highest first. */
export function revenueContributionChart(clusters: readonly ClusterSize[], options: ClusterSizeOptions): Chart {
  requireKnownOptions("draw revenue contributions", options, { asOf: true, ...CONVENTION_NAMES });
  const { asOf, ...conventions } = options;
  const money = (value: number) => formatValue(value, { kind: "money", digits: 0 }, conventions);
  const share = (value: number) => formatValue(value, { kind: "percent" }, conventions);
  const sorted = [...clusters].sort((a, b) => b.revenue - a.revenue || (a.name < b.name ? -1 : 1));
  const all = clusters.reduce((sum, { revenue }) => sum + revenue, 0);
  const n = clusters.reduce((sum, { customers }) => sum + customers, 0);
  const top = sorted[0];
  return createChart({
    title: "Revenue by cluster",
    subtitle: `Revenue of all orders by k-means cluster and its share of ${money(all)}. ${sampleInWords({ n, asOf }, conventions)}`,
    description: `${sorted.length} clusters.${top ? ` Highest: ${top.name} with ${money(top.revenue)}, ${share(top.revenueShare)} of revenue.` : ""}`,
    spec: clusterBars(
      sorted.map((cluster) => ({
        name: cluster.name,
        value: Math.max(0, cluster.revenue),
        text: `${money(cluster.revenue)} · ${share(cluster.revenueShare)}`,
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
