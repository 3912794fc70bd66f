import { requireKnownOptions } from "../errors.js";
import { CONVENTION_NAMES, type Conventions, formatValue } from "../table/index.js";
import { clusterBars } from "./cluster-bars.js";
import type { Chart } from "./core/chart.js";
import { createChart } from "./core/create-chart.js";
import { sampleInWords } from "./core/sample-in-words.js";

/** Size and revenue of a cluster. */
export interface ClusterSize {
  readonly name: string;
  readonly customers: number;
  /** Share of all customers. */
  readonly share: number;
  /** Revenue in the dataset's currency. */
  readonly revenue: number;
  readonly revenueShare: number;
}

/** Options of the charts of cluster sizes. */
export interface ClusterSizeOptions extends Conventions {
  /** Observation cutoff, `YYYY-MM-DD`. */
  readonly asOf: string;
}

/** Charts customers by cluster, largest first. */
export function clusterDistributionChart(clusters: readonly ClusterSize[], options: ClusterSizeOptions): Chart {
  requireKnownOptions("draw the distribution of clusters", options, { asOf: true, ...CONVENTION_NAMES });
  const { asOf, ...conventions } = options;
  const count = (value: number) => formatValue(value, { kind: "count" }, conventions);
  const share = (value: number) => formatValue(value, { kind: "percent" }, conventions);
  const sorted = [...clusters].sort((a, b) => b.customers - a.customers || (a.name < b.name ? -1 : 1));
  const all = clusters.reduce((sum, { customers }) => sum + customers, 0);
  const top = sorted[0];
  return createChart({
    title: "Cluster sizes",
    subtitle: `Customers by k-means cluster and their share of all. ${sampleInWords({ n: all, asOf }, conventions)}`,
    description: `${sorted.length} clusters.${top ? ` The largest is ${top.name} with ${count(top.customers)} customers, ${share(top.share)} of all.` : ""}`,
    spec: clusterBars(
      sorted.map((cluster) => ({
        name: cluster.name,
        value: cluster.customers,
        text: `${count(cluster.customers)} · ${share(cluster.share)}`,
      })),
    ),
    data: {
      columns: [
        { name: "Cluster", format: { kind: "segment" } },
        { name: "Customers", format: { kind: "count" } },
        { name: "Share", format: { kind: "percent" } },
      ],
      rows: sorted.map(({ name, customers, share: part }) => [name, customers, part]),
    },
  });
}
