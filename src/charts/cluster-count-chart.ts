import { requireKnownOptions } from "../errors.js";
import { CONVENTION_NAMES, type Conventions, type Format, formatValue } from "../table/index.js";
import type { Chart, VegaLiteSpec } from "./core/chart.js";
import { createChart } from "./core/create-chart.js";
import { haloedText } from "./core/haloed-text.js";
import { sampleInWords } from "./core/sample-in-words.js";
import { COLORS, NARROW, WIDE } from "./core/theme.js";

/** Candidate number of clusters. */
export interface TriedClusterCount {
  readonly k: number;
  readonly inertia: number;
  readonly silhouette: number;
  readonly daviesBouldin: number;
  /** Mean adjusted Rand index of bootstrap refits. */
  readonly stability: number;
  /** Share of the customers in the smallest cluster. */
  readonly smallestShare: number;
  readonly chosen: boolean;
  /** Reason for its selection or rejection. */
  readonly why: string;
}

/** Options of {@link clusterCountChart}. */
export interface ClusterCountChartOptions extends Conventions {
  /** Knee of the inertia; null if there is none. */
  readonly knee: number | null;
  readonly customers: number;
  /** Observation cutoff, `YYYY-MM-DD`. */
  readonly asOf: string;
  /** Minimum stability; defaults to 0.8. */
  readonly leastStability?: number;
  /** Minimum share of the smallest cluster; defaults to 0.02. */
  readonly leastShare?: number;
}

interface Measure {
  readonly title: string;
  readonly subtitle: string;
  readonly value: (tried: TriedClusterCount) => number;
  readonly format: Format;
  /** Limit, drawn as a line. */
  readonly limit?: number;
}

/**
 * Charts the selection measures by number of clusters, one panel per measure, with the selected number highlighted.
 *
 * @throws {RangeError} If there are no candidates.
 */
export function clusterCountChart(candidates: readonly TriedClusterCount[], options: ClusterCountChartOptions): Chart {
  requireKnownOptions("draw the numbers of clusters", options, {
    knee: true,
    customers: true,
    asOf: true,
    leastStability: true,
    leastShare: true,
    ...CONVENTION_NAMES,
  });
  const { knee, customers, asOf, leastStability = 0.8, leastShare = 0.02, ...conventions } = options;
  const chosen = candidates.find((candidate) => candidate.chosen);
  if (!chosen) throw new RangeError("Cannot chart numbers of clusters: no row is chosen; mark one as chosen");
  const measures: readonly Measure[] = [
    {
      title: "Inertia",
      subtitle: knee === null ? "lower is tighter; no knee" : `lower is tighter; knee at k = ${knee}`,
      value: ({ inertia }) => inertia,
      format: { kind: "number", compact: true },
    },
    {
      title: "Silhouette",
      subtitle: "higher is better separated",
      value: ({ silhouette }) => silhouette,
      format: { kind: "number", digits: 3 },
    },
    {
      title: "Davies-Bouldin index",
      subtitle: "lower is better separated",
      value: ({ daviesBouldin }) => daviesBouldin,
      format: { kind: "number", digits: 2 },
    },
    {
      title: "Stability",
      subtitle: `agreement of refits, minimum ${formatValue(leastStability, { kind: "number", digits: 1 }, conventions)}`,
      value: ({ stability }) => stability,
      format: { kind: "number", digits: 2 },
      limit: leastStability,
    },
    {
      title: "Smallest cluster",
      subtitle: `of customers, minimum ${formatValue(leastShare, { kind: "percent", digits: 0 }, conventions)}`,
      value: ({ smallestShare }) => smallestShare,
      format: { kind: "percent" },
      limit: leastShare,
    },
  ];
  const spec = (width: number, columns: number): VegaLiteSpec => ({
    columns,
    spacing: { row: 22, column: GAP },
    concat: measures.map((measure) =>
      panel(candidates, measure, {
        width: Math.floor((width - 12 - (columns - 1) * GAP) / columns),
        knee: measure.title === "Inertia" ? knee : null,
        conventions,
      }),
    ),
  });
  return createChart({
    title: `Selection of ${chosen.k} clusters`,
    subtitle: `Measures by number of k-means clusters, k; the filled dot is the selected k (${chosen.why}), orange is below the minimum. ${sampleInWords({ n: customers, asOf }, conventions)}`,
    description: `${candidates.length} numbers of clusters compared. ${candidates.map(({ k, why }) => `${k}: ${why}`).join(". ")}.`,
    spec: spec(WIDE, 3),
    narrowSpec: spec(NARROW, 1),
    data: {
      columns: [
        { name: "k", format: { kind: "count" } },
        { name: "Inertia", format: { kind: "number", digits: 1 } },
        { name: "Silhouette", format: { kind: "number", digits: 3 } },
        { name: "Davies-Bouldin", format: { kind: "number", digits: 3 } },
        { name: "Stability", format: { kind: "number", digits: 2 } },
        { name: "Smallest cluster", format: { kind: "percent" } },
        { name: "Chosen" },
        { name: "Why" },
      ],
      rows: candidates.map((one) => [
        one.k,
        one.inertia,
        one.silhouette,
        one.daviesBouldin,
        one.stability,
        one.smallestShare,
        one.chosen ? "yes" : "no",
        one.why,
      ]),
    },
  });
}

const GAP = 26;

function panel(
  candidates: readonly TriedClusterCount[],
  { title, subtitle, value, format, limit }: Measure,
  { width, knee, conventions }: { width: number; knee: number | null; conventions: Conventions },
): VegaLiteSpec {
  const { accent, seq1, warn, ink, soft, line, card } = COLORS.light;
  const values = candidates.map((candidate) => ({
    k: candidate.k,
    value: value(candidate),
    text: formatValue(value(candidate), format, conventions),
    chosen: candidate.chosen,
    fails: limit !== undefined && value(candidate) < limit,
    why: candidate.why,
  }));
  const ks = candidates.map(({ k }) => k);
  const all = [...values.map((row) => row.value), ...(limit === undefined ? [] : [limit])];
  const [least, most] = [Math.min(...all), Math.max(...all)];
  const room = (most - least || Math.abs(most) || 1) * 0.28;
  const x = () => ({
    field: "k",
    type: "quantitative",
    title: null,
    scale: { domain: [Math.min(...ks) - 0.45, Math.max(...ks) + 0.45], nice: false, zero: false },
    axis: { values: ks, format: "d", grid: false, labelFontSize: 11.5, domain: true, domainColor: line },
  });
  const y = () => ({
    field: "value",
    type: "quantitative",
    axis: null,
    scale: { domain: [least - room * 0.6, most + room], nice: false, zero: false },
  });
  const when = (whenFails: string, otherwise: string) => ({
    condition: { test: "datum.fails", value: whenFails },
    value: otherwise,
  });
  return {
    width,
    height: 118,
    title: {
      text: title,
      subtitle,
      fontSize: 12.5,
      subtitleFontSize: 11.5,
      subtitlePadding: 2,
      offset: 6,
      frame: "group",
    },
    data: { values },
    layer: [
      {
        transform: [{ filter: "datum.chosen" }],
        mark: { type: "rule", color: seq1, strokeWidth: 20 },
        encoding: { x: x() },
      },
      ...(limit === undefined
        ? []
        : [
            {
              data: { values: [{ value: limit }] },
              mark: { type: "rule", color: soft, strokeDash: [4, 3] },
              encoding: { y: y() },
            },
          ]),
      { mark: { type: "line", color: accent, strokeWidth: 1.5 }, encoding: { x: x(), y: y() } },
      {
        mark: { type: "point", filled: true, opacity: 1, size: 60, strokeWidth: 1.5 },
        encoding: {
          x: x(),
          y: y(),
          fill: { condition: { test: "datum.chosen", value: accent }, value: card },
          stroke: when(warn, accent),
          tooltip: [{ field: "k" }, { field: "text", title }, { field: "why" }],
        },
      },
      ...haloedText(
        { dy: -12, fontSize: 11 },
        { encoding: { x: x(), y: y(), text: { field: "text" }, color: when(warn, ink) } },
      ),
      ...(knee === null
        ? []
        : [
            {
              transform: [{ filter: `datum.k == ${knee}` }],
              mark: { type: "text", dy: 14, fontSize: 11, color: soft },
              encoding: { x: x(), y: y(), text: { value: "knee" } },
            },
          ]),
    ],
  };
}
