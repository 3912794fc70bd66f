import { requireKnownOptions } from "../errors.js";
import { CONVENTION_NAMES, type Conventions, type Format, formatValue } from "../table/index.js";
import type { Chart, VegaLiteSpec } from "./core/chart.js";
import { createChart } from "./core/create-chart.js";
import { sampleInWords } from "./core/sample-in-words.js";
import { COLORS } from "./core/theme.js";

/** Importance of one feature for a model. */
export interface NamedImportance {
  readonly feature: string;
  /** Importance, at least 0. */
  readonly importance: number;
}

/** Options of {@link importanceChart}. */
export interface ImportanceOptions extends Conventions {
  /** Target, for example "churn". */
  readonly what: string;
  /** Measure and unit, for example "Mean absolute change of the log-odds (SHAP)". */
  readonly measure: string;
  /** Number of customers. */
  readonly customers: number;
  /** Observation cutoff, `YYYY-MM-DD`. */
  readonly asOf: string;
  /** Maximum number of bars; defaults to 12. */
  readonly limit?: number;
}

/** Charts the most important features of a model, highest first. */
export function importanceChart(importances: readonly NamedImportance[], options: ImportanceOptions): Chart {
  requireKnownOptions("draw importances", options, {
    what: true,
    measure: true,
    customers: true,
    asOf: true,
    limit: true,
    ...CONVENTION_NAMES,
  });
  const { what, measure, customers, asOf, limit = 12, ...conventions } = options;
  const sorted = [...importances].sort((a, b) => b.importance - a.importance || (a.feature < b.feature ? -1 : 1));
  const shown = sorted.slice(0, limit);
  const format: Format = { kind: "number", digits: 3 };
  const number = (value: number) => formatValue(value, format, conventions);
  const rest = sorted.length - shown.length;
  const most = shown[0] ? ` Most: ${shown[0].feature}, ${number(shown[0].importance)}.` : "";
  return createChart({
    title: `Most important features for ${what}`,
    subtitle: `${measure}.${rest > 0 ? ` The ${shown.length} largest of ${sorted.length} features.` : ""} ${sampleInWords({ n: customers, asOf }, conventions)}`,
    description: `${measure}, by feature.${most}`,
    spec: bars(shown, number),
    data: {
      columns: [
        { name: "Feature", format: { kind: "code" } },
        { name: "Importance", format },
      ],
      rows: sorted.map(({ feature, importance }) => [feature, importance]),
    },
  });
}

function bars(shown: readonly NamedImportance[], number: (value: number) => string): VegaLiteSpec {
  const text = { type: "text", align: "left", baseline: "middle" };
  const most = Math.max(...shown.map(({ importance }) => importance), Number.MIN_VALUE);
  const x = { field: "importance", type: "quantitative", axis: null, scale: { domain: [0, 1.15 * most], nice: false } };
  return {
    data: {
      values: shown.map(({ feature, importance }, row) => ({ row, feature, importance, text: number(importance) })),
    },
    height: 36 * Math.max(1, shown.length),
    encoding: { y: { field: "row", type: "ordinal", axis: null } },
    layer: [
      {
        mark: { type: "bar", height: 12, yOffset: 8, color: COLORS.light.accent },
        encoding: { x, tooltip: [{ field: "feature" }, { field: "text", title: "importance" }] },
      },
      { mark: { ...text, dy: -8 }, encoding: { x: { datum: 0, type: "quantitative" }, text: { field: "feature" } } },
      {
        mark: { ...text, dy: 8, dx: 6 },
        encoding: { x: { field: "importance", type: "quantitative" }, text: { field: "text" } },
      },
    ],
  };
}
