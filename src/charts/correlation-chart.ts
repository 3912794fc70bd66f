import { requireKnownOptions } from "../errors.js";
import { CONVENTION_NAMES, type Conventions, formatNumber, formatValue } from "../table/index.js";
import type { Chart, VegaLiteSpec } from "./core/chart.js";
import { createChart } from "./core/create-chart.js";
import { sampleInWords } from "./core/sample-in-words.js";
import { COLORS, DIVERGING, WIDE } from "./core/theme.js";

/** Correlations of features with each other. */
export interface Correlations {
  readonly names: readonly string[];
  /** Method, for example "Spearman rank correlation". */
  readonly method: string;
  /** Values in [-1, 1], shape (names × names), symmetric; null for a constant feature. */
  readonly values: readonly (readonly (number | null)[])[];
}

/** Options of {@link correlationChart}. */
export interface CorrelationOptions extends Conventions {
  /** Number of customers behind the correlations. */
  readonly customers: number;
  /** Observation cutoff, `YYYY-MM-DD`. */
  readonly asOf: string;
  /** Maximum features, chosen by their strongest correlation; defaults to 25. */
  readonly maxFeatures?: number;
}

/** Pairs listed in the narrow layout. */
const LISTED_PAIRS = 15;

/** Upper edges of the colour classes, except for the last. */
const LIMITS = [-0.7, -0.5, -0.3, -0.1, 0.1, 0.3, 0.5, 0.7];

/** Charts correlations as a triangle; in the narrow layout, the strongest pairs as a list. */
export function correlationChart(correlations: Correlations, options: CorrelationOptions): Chart {
  requireKnownOptions("draw correlations", options, {
    customers: true,
    asOf: true,
    maxFeatures: true,
    ...CONVENTION_NAMES,
  });
  const { customers, asOf, maxFeatures = 25, ...conventions } = options;
  const { names, values, method } = correlations;
  if (names.length < 2 || values.length !== names.length) {
    throw new TypeError(
      `Cannot chart correlations: ${names.length} names and ${values.length} rows; expected a square of at least 2`,
    );
  }
  const kept = strongest(correlations, maxFeatures);
  const pairs = kept.flatMap((i, row) =>
    kept.slice(0, row).flatMap((j, column) => {
      const r = values[i][j];
      return r === null ? [] : [{ row, column, a: names[i], b: names[j], r, text: shortText(r, conventions) }];
    }),
  );
  const listed = [...pairs].sort((p, q) => Math.abs(q.r) - Math.abs(p.r)).slice(0, LISTED_PAIRS);
  const of =
    kept.length < names.length
      ? `${kept.length} of ${names.length} features, the most correlated`
      : `${kept.length} features`;
  const top = listed[0];
  const limits = LIMITS.filter((limit) => limit > 0)
    .map((limit) => `±${formatValue(limit, { kind: "number", digits: 1 }, conventions)}`)
    .join(", ");
  return createChart({
    title: "Feature correlations",
    subtitle: `${method} of ${of}: blue is positive, orange is negative, stronger from ${limits}. ${sampleInWords({ n: customers, asOf }, conventions)}`,
    description: `Correlation of ${kept.length} features. ${top ? `Strongest pair: ${top.a} and ${top.b}, ${formatValue(top.r, { kind: "number" }, conventions)}.` : "No pair has a correlation."}`,
    spec: triangle(
      pairs,
      kept.map((i) => names[i]),
    ),
    narrowSpec: list(
      listed.map((pair, i) => ({ ...pair, i, text: formatValue(pair.r, { kind: "number" }, conventions) })),
    ),
    data: {
      columns: [
        { name: "Feature", format: { kind: "code" } },
        ...kept.map((_, column) => ({ name: `${column + 1}`, format: { kind: "number", digits: 2 } as const })),
      ],
      rows: kept.map((i, row) => [`${row + 1} ${names[i]}`, ...kept.map((j) => values[i][j])]),
    },
  });
}

/** Returns the indices of the features to show, in their given order. */
function strongest({ names, values }: Correlations, limit: number): number[] {
  const strength = names.map((_, i) =>
    values[i].reduce<number>((most, r, j) => (i === j || r === null ? most : Math.max(most, Math.abs(r))), 0),
  );
  return names
    .map((_, i) => i)
    .sort((i, j) => strength[j] - strength[i])
    .slice(0, limit)
    .sort((i, j) => i - j);
}

/** Formats a correlation with at most two digits: .87, −.4 */
function shortText(r: number, conventions: Conventions): string {
  return formatNumber(r, { kind: "number" }, conventions).replace(/^(−?)0/, "$1");
}

interface Pair {
  readonly r: number;
}

const color = {
  field: "r",
  type: "quantitative",
  legend: null,
  scale: { type: "threshold", domain: LIMITS, range: DIVERGING },
};

/** Returns the triangle. Names are at the end of rows, above their columns, so that no label is rotated. */
function triangle(pairs: readonly Pair[], names: readonly string[]): VegaLiteSpec {
  const size = names.length;
  const { ink, onStrong, card } = COLORS.light;
  const breadth = breadthOf(names);
  const position = (field: string) => ({
    field,
    type: "quantitative",
    axis: null,
    scale: { domain: [0, breadth], nice: false, zero: false },
  });
  const y = { ...position("row"), scale: { domain: [0, size], nice: false, zero: false, reverse: true } };
  return {
    data: { values: pairs },
    height: size * 23,
    layer: [
      {
        transform: [
          { calculate: "datum.row + 1", as: "row1" },
          { calculate: "datum.column + 1", as: "column1" },
        ],
        mark: { type: "rect", stroke: card, strokeWidth: 1 },
        encoding: { x: position("column"), x2: { field: "column1" }, y, y2: { field: "row1" }, color },
      },
      ...(size <= 18
        ? [
            {
              transform: [
                { filter: "abs(datum.r) >= 0.3" },
                { calculate: "datum.row + 0.5", as: "row" },
                { calculate: "datum.column + 0.5", as: "column" },
              ],
              mark: { type: "text", fontSize: size > 14 ? 9.5 : 11 },
              encoding: {
                x: position("column"),
                y,
                text: { field: "text" },
                color: { condition: { test: "abs(datum.r) >= 0.5", value: onStrong }, value: ink },
              },
            },
          ]
        : []),
      {
        data: { values: names.map((name, i) => ({ name, column: i, row: i + 0.5 })) },
        mark: { type: "text", align: "left", dx: 5, fontSize: 12 },
        encoding: { x: position("column"), y, text: { field: "name" } },
      },
    ],
  };
}

/** Returns the width in cells: columns plus space for the longest name, with about 7.4 pixels per letter. */
function breadthOf(names: readonly string[]): number {
  let breadth = names.length;
  for (let i = 0; i < 8; ++i) {
    const cell = WIDE / breadth;
    breadth = Math.max(...names.map((name, column) => column + (name.length * 7.4 + 10) / cell), names.length);
  }
  return breadth;
}

function list(pairs: readonly (Pair & { readonly i: number })[]): VegaLiteSpec {
  const text = { type: "text", align: "left", baseline: "middle" };
  return {
    data: { values: pairs },
    height: 42 * pairs.length,
    encoding: { y: { field: "i", type: "ordinal", axis: null } },
    layer: [
      {
        transform: [{ calculate: "abs(datum.r)", as: "strength" }],
        mark: { type: "bar", height: 14, yOffset: 9 },
        encoding: {
          x: { field: "strength", type: "quantitative", axis: null, scale: { domain: [0, 1.16], nice: false } },
          color,
        },
      },
      {
        transform: [{ calculate: "datum.a + '  ·  ' + datum.b", as: "name" }],
        mark: { ...text, dy: -9 },
        encoding: { x: { datum: 0, type: "quantitative" }, text: { field: "name" } },
      },
      {
        transform: [{ calculate: "abs(datum.r)", as: "strength" }],
        mark: { ...text, dy: 9, dx: 5 },
        encoding: { x: { field: "strength", type: "quantitative" }, text: { field: "text" } },
      },
    ],
  };
}
