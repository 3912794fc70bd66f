import { requireKnownOptions } from "../errors.js";
import { quantile } from "../numeric/index.js";
import { CONVENTION_NAMES, type Conventions, type Format, formatValue } from "../table/index.js";
import type { Chart } from "./core/chart.js";
import { createChart } from "./core/create-chart.js";
import { sampleInWords } from "./core/sample-in-words.js";
import { COLORS, DIVERGING } from "./core/theme.js";

/** Mean values of a cluster's customers. */
export interface ClusterMeans {
  readonly name: string;
  /** Mean days since the last order. */
  readonly recencyDays: number;
  /** Mean number of orders. */
  readonly frequency: number;
  /** Mean value of an order, in the dataset's currency. */
  readonly avgBasketValue: number;
  /** Mean revenue of a customer, in the dataset's currency. */
  readonly monetary: number;
}

/** Options of {@link rfmHeatmapChart}. */
export interface RfmHeatmapOptions extends Conventions {
  readonly customers: number;
  /** Observation cutoff, `YYYY-MM-DD`. */
  readonly asOf: string;
}

interface Column {
  readonly key: keyof Omit<ClusterMeans, "name">;
  readonly label: string;
  /** The label as the axis has it; defaults to the label. */
  readonly lines?: readonly string[];
  readonly format: Format;
  /** True if a low value is good. */
  readonly lowIsGood?: boolean;
}

const COLUMNS: readonly Column[] = [
  {
    key: "recencyDays",
    label: "Days since last order",
    lines: ["Days since", "last order"],
    format: { kind: "number", digits: 0 },
    lowIsGood: true,
  },
  { key: "frequency", label: "Orders", format: { kind: "number", digits: 1 } },
  {
    key: "avgBasketValue",
    label: "Average order value",
    lines: ["Average", "order value"],
    format: { kind: "money", digits: 0 },
  },
  { key: "monetary", label: "Revenue", format: { kind: "money", digits: 0 } },
];

/** Charts mean recency, orders and revenue of each cluster; colour compares with the median cluster on a log scale. */
export function rfmHeatmapChart(clusters: readonly ClusterMeans[], options: RfmHeatmapOptions): Chart {
  requireKnownOptions("draw the RFM heat map", options, { customers: true, asOf: true, ...CONVENTION_NAMES });
  const { customers, asOf, ...conventions } = options;
  const cells = clusters.flatMap((cluster, row) =>
    COLUMNS.map(({ key, label, format, lowIsGood }, column) => ({
      row,
      column,
      cluster: cluster.name,
      label,
      text: formatValue(cluster[key], format, conventions),
      level: levelOf(
        cluster[key],
        clusters.map((other) => other[key]),
        lowIsGood,
      ),
    })),
  );
  const [first] = clusters;
  return createChart({
    title: "Cluster profiles",
    subtitle: `Means per customer of each k-means cluster: blue is better than the median cluster (fewer days, more orders, more money), orange is worse, darkest from a factor of 4. ${sampleInWords({ n: customers, asOf }, conventions)}`,
    description: first
      ? `Means of ${clusters.length} clusters. ${first.name}: ${cells
          .slice(0, COLUMNS.length)
          .map(({ label, text }) => `${label} ${text}`)
          .join(", ")}.`
      : "There are no clusters.",
    spec: {
      data: { values: cells },
      height: 44 * Math.max(1, clusters.length),
      encoding: {
        x: {
          field: "column",
          type: "ordinal",
          scale: { paddingInner: 0.03 },
          axis: {
            orient: "top",
            title: null,
            labelAngle: 0,
            domain: false,
            grid: false,
            ticks: false,
            // A label of two lines grows downwards.
            labelPadding: 18,
            labelExpr: `${JSON.stringify(COLUMNS.map(({ label, lines }) => lines ?? label))}[datum.value]`,
          },
        },
        y: {
          field: "row",
          type: "ordinal",
          scale: { paddingInner: 0.45, paddingOuter: 0.3 },
          axis: null,
        },
      },
      layer: [
        {
          // The neutral colour is nearly white.
          mark: { type: "rect", stroke: COLORS.light.mute, strokeWidth: 1 },
          encoding: {
            tooltip: [
              { field: "cluster", title: "cluster" },
              { field: "label", title: "mean" },
              { field: "text", title: "per customer" },
            ],
            color: {
              field: "level",
              type: "ordinal",
              legend: null,
              scale: { domain: DIVERGING.map((_, i) => i), range: DIVERGING },
            },
          },
        },
        {
          mark: { type: "text", fontSize: 12 },
          encoding: {
            text: { field: "text" },
            color: {
              condition: { test: "datum.level <= 1 || datum.level >= 7", value: COLORS.light.onStrong },
              value: COLORS.light.ink,
            },
          },
        },
        {
          transform: [{ filter: "datum.column == 0" }],
          mark: { type: "text", align: "left", baseline: "middle", dy: -20, fontSize: 12 },
          encoding: { x: { value: 0 }, text: { field: "cluster" } },
        },
      ],
    },
    data: {
      columns: [
        { name: "Cluster", format: { kind: "segment" } },
        ...COLUMNS.map(({ label, format }) => ({ name: label, format })),
      ],
      rows: clusters.map((cluster) => [cluster.name, ...COLUMNS.map(({ key }) => cluster[key])]),
    },
  });
}

/** Lower edges of the colour classes on either side, as factors. */
const FACTORS = [1.1, 1.4, 2, 4];

/** Returns the colour class from 0 (worst) to 8 (best; 4 is neutral) by the factor between a value and the median. */
function levelOf(value: number, all: readonly number[], lowIsGood = false): number {
  const middle = quantile(all, 0.5);
  const most = FACTORS.length;
  if (value === middle) return most;
  const side = value < middle === lowIsGood ? 1 : -1;
  // No factor exists with zero days, or with zero or negative revenue (returns above orders).
  if (value <= 0 || middle <= 0) return most + side * most;
  const factor = Math.max(value / middle, middle / value);
  return most + side * FACTORS.filter((limit) => factor >= limit).length;
}
