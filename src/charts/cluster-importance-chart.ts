import { requireKnownOptions } from "../errors.js";
import { CONVENTION_NAMES, type Conventions, formatValue } from "../table/index.js";
import type { Chart, VegaLiteSpec } from "./core/chart.js";
import { createChart } from "./core/create-chart.js";
import { sampleInWords } from "./core/sample-in-words.js";
import { COLORS } from "./core/theme.js";

/** Importance of one feature for the clusters. */
export interface ClusterImportance {
  readonly feature: string;
  /** True if `between` is computed on logarithms. */
  readonly logarithmic: boolean;
  /** Share of its variance between clusters, in [0, 1]. */
  readonly between: number;
  /** Share of customers that change cluster if it is permuted; null if it is not a clustering feature. */
  readonly permuted: number | null;
}

/** Options of {@link clusterImportanceChart}. */
export interface ClusterImportanceOptions extends Conventions {
  /** Customers in clusters. */
  readonly customers: number;
  /** Observation cutoff, `YYYY-MM-DD`. */
  readonly asOf: string;
}

/** Labels of common clustering features; others keep their names. */
const WORDS: Readonly<Record<string, string>> = {
  recency_days: "days since the last order",
  frequency: "orders",
  monetary: "revenue",
  avg_basket_value: "average order value",
  days_since_first_purchase: "days since the first order",
  engagement_score: "engagement",
  return_rate: "share of returns",
};

/**
 * Charts two bars per feature: its share of variance between clusters, and its permutation importance. Clustering features
 * come first, then others by share of variance.
 *
 * @throws {RangeError} If there are no features.
 */
export function clusterImportanceChart(
  importances: readonly ClusterImportance[],
  options: ClusterImportanceOptions,
): Chart {
  requireKnownOptions("draw feature importances", options, { customers: true, asOf: true, ...CONVENTION_NAMES });
  const { customers, asOf, ...conventions } = options;
  if (!importances.length) {
    throw new RangeError("Cannot chart importances: there are no features; give at least 1");
  }
  const sorted = [...importances].sort(
    (a, b) =>
      Number(b.permuted !== null) - Number(a.permuted !== null) ||
      b.between - a.between ||
      (a.feature < b.feature ? -1 : 1),
  );
  const share = (value: number) => formatValue(value, { kind: "percent" }, conventions);
  const made = sorted.filter(({ permuted }) => permuted !== null);
  return createChart({
    title: "Features that separate the clusters",
    subtitle: `Blue is the share of variance between k-means clusters${scaleInWords(sorted)}, orange the share of customers that change cluster if the feature is permuted (${made.length} clustering features). ${sampleInWords({ n: customers, asOf }, conventions)}`,
    description: `Two shares by feature. ${sorted
      .map(
        ({ feature, logarithmic, between, permuted }) =>
          `${wordsOf(feature)}: ${share(between)} of the variance of its ${logarithmic ? "logarithms" : "values"} between clusters${permuted === null ? "" : `, ${share(permuted)} of customers change cluster if it is permuted`}`,
      )
      .join(". ")}.`,
    spec: spec(sorted, share),
    data: {
      columns: [
        { name: "Feature", format: { kind: "code" } },
        { name: "Scale" },
        { name: "Variance between clusters", format: { kind: "percent" } },
        { name: "Change if permuted", format: { kind: "percent" } },
      ],
      rows: sorted.map(({ feature, logarithmic, between, permuted }) => [
        feature,
        logarithmic ? "logarithm" : "linear",
        between,
        permuted,
      ]),
    },
  });
}

function wordsOf(feature: string): string {
  return WORDS[feature] ?? feature;
}

/** Describes the scale of variances; skewed features use logarithms. */
function scaleInWords(importances: readonly ClusterImportance[]): string {
  if (importances.every(({ logarithmic }) => logarithmic)) return ", of logarithms";
  return importances.some(({ logarithmic }) => logarithmic) ? " (of logarithms if marked log)" : "";
}

/** Heights in pixels: a bar with its gap, and the label above the bars of a feature. */
const BAR = 19;
const NAME = 24;

function spec(sorted: readonly ClusterImportance[], share: (value: number) => string): VegaLiteSpec {
  const { accent, warn } = COLORS.light;
  const bars: object[] = [];
  const names: object[] = [];
  let top = 0;
  const isMixed = sorted.some(({ logarithmic }) => !logarithmic);
  for (const { feature, logarithmic, between, permuted } of sorted) {
    const name = wordsOf(feature);
    names.push({ name: logarithmic && isMixed ? `${name} (log)` : name, y: top + NAME / 2 + 2 });
    top += NAME;
    const both = [
      { value: between, kind: "variance between clusters" },
      ...(permuted === null ? [] : [{ value: permuted, kind: "change if permuted" }]),
    ];
    for (const bar of both) {
      bars.push({
        feature: name,
        ...bar,
        text: share(bar.value),
        y: top + 2,
        y2: top + BAR - 3,
        middle: top + BAR / 2,
      });
      top += BAR;
    }
    top += 6;
  }
  const most = Math.max(...sorted.flatMap(({ between, permuted }) => [between, permuted ?? 0]), Number.MIN_VALUE);
  const x = () => ({
    field: "value",
    type: "quantitative",
    axis: null,
    scale: { domain: [0, 1.12 * most], nice: false },
  });
  const y = (field: string) => ({
    field,
    type: "quantitative",
    axis: null,
    scale: { domain: [0, top], nice: false, zero: false, reverse: true },
  });
  const text = { type: "text", align: "left", baseline: "middle" };
  return {
    data: { values: bars },
    height: top,
    layer: [
      {
        mark: { type: "rect" },
        encoding: {
          x: x(),
          x2: { datum: 0 },
          y: y("y"),
          y2: { field: "y2" },
          color: {
            field: "kind",
            type: "nominal",
            legend: null,
            scale: { domain: ["variance between clusters", "change if permuted"], range: [accent, warn] },
          },
          tooltip: [{ field: "feature" }, { field: "kind" }, { field: "text", title: "share" }],
        },
      },
      {
        mark: { ...text, dx: 6 },
        encoding: { x: x(), y: y("middle"), text: { field: "text" } },
      },
      {
        data: { values: names },
        mark: text,
        encoding: { x: { datum: 0, type: "quantitative" }, y: y("y"), text: { field: "name" } },
      },
    ],
  };
}
