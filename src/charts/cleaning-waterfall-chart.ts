import { requireKnownOptions } from "../errors.js";
import { CONVENTION_NAMES, type Conventions, formatValue } from "../table/index.js";
import type { Chart } from "./core/chart.js";
import { createChart } from "./core/create-chart.js";
import { COLORS } from "./core/theme.js";

/** Cleaning rule and the rows that it kept. */
export interface CleaningStep {
  /** Label, for example "Customer unknown". */
  readonly rule: string;
  readonly rowsBefore: number;
  readonly rowsRemoved: number;
  readonly rowsAfter: number;
}

/** Options of {@link cleaningWaterfallChart}. */
export interface CleaningWaterfallOptions extends Conventions {
  /** Unit of rows, in the plural; defaults to "lines". */
  readonly unit?: string;
  /** Last day of the data, `YYYY-MM-DD`. */
  readonly asOf: string;
}

const ROW_HEIGHT = 48;

/** Charts the rows kept and removed by each cleaning rule. */
export function cleaningWaterfallChart(steps: readonly CleaningStep[], options: CleaningWaterfallOptions): Chart {
  requireKnownOptions("draw the cleaning waterfall", options, { unit: true, asOf: true, ...CONVENTION_NAMES });
  const { unit = "lines", asOf, ...conventions } = options;
  if (steps.length === 0) throw new RangeError("Cannot chart the cleaning: there are no steps; give at least 1");
  const count = (value: number) => formatValue(value, { kind: "count" }, conventions);
  const first = steps[0].rowsBefore;
  const last = steps[steps.length - 1].rowsAfter;
  const values = [
    { row: 0, name: "As read", left: first, before: first, kind: "end", leftText: count(first), removedText: "" },
    ...steps.map(({ rule, rowsBefore, rowsRemoved, rowsAfter }, i) => ({
      row: i + 1,
      name: rule,
      left: rowsAfter,
      before: rowsBefore,
      kind: i === steps.length - 1 ? "end" : "between",
      leftText: count(rowsAfter),
      removedText: rowsRemoved === 0 ? "none removed" : count(-rowsRemoved),
    })),
  ];
  const { accent, accentSoft, warn, ink, onStrong, soft } = COLORS.light;
  const y = { field: "row", type: "ordinal", axis: null };
  const bar = { type: "bar", height: 20, yOffset: 9 };
  const text = { type: "text", align: "left", baseline: "middle", dy: 9, fontSize: 12 };
  return createChart({
    title: "Rows removed by each cleaning rule",
    subtitle: `Blue ${unit} remain after the rule, orange ${unit} are removed by it. ${count(first)} ${unit} read, ${count(last)} kept, as of ${formatValue(asOf, { kind: "date" }, conventions)}.`,
    description: `From ${count(first)} ${unit} read to ${count(last)} kept. ${steps
      .map(({ rule, rowsRemoved, rowsAfter }) => `${rule}: ${count(rowsRemoved)} removed, ${count(rowsAfter)} left`)
      .join(". ")}.`,
    spec: {
      data: { values },
      height: ROW_HEIGHT * values.length,
      encoding: { y },
      layer: [
        {
          mark: bar,
          encoding: {
            x: { field: "left", type: "quantitative", axis: null, scale: { domain: [0, first * 1.17], nice: false } },
            color: {
              field: "kind",
              type: "nominal",
              legend: null,
              scale: { domain: ["end", "between"], range: [accent, accentSoft] },
            },
          },
        },
        {
          transform: [{ filter: "datum.before > datum.left" }],
          mark: { ...bar, color: warn, stroke: warn, strokeWidth: 1 },
          encoding: { x: { field: "left", type: "quantitative" }, x2: { field: "before" } },
        },
        {
          mark: { ...text, dx: 8 },
          encoding: {
            x: { datum: 0, type: "quantitative" },
            text: { field: "leftText" },
            color: { condition: { test: "datum.kind === 'end'", value: onStrong }, value: ink },
          },
        },
        {
          mark: { ...text, dx: 8 },
          encoding: {
            x: { field: "before", type: "quantitative" },
            text: { field: "removedText" },
            color: { condition: { test: "datum.before > datum.left", value: warn }, value: soft },
          },
        },
        {
          mark: { ...text, dy: -11, limit: 700 },
          encoding: { x: { datum: 0, type: "quantitative" }, text: { field: "name" } },
        },
      ],
    },
    data: {
      columns: [
        { name: "Rule" },
        { name: "Before", format: { kind: "count" } },
        { name: "Removed", format: { kind: "count" } },
        { name: "Left", format: { kind: "count" } },
      ],
      rows: steps.map((step) => [step.rule, step.rowsBefore, step.rowsRemoved, step.rowsAfter]),
    },
  });
}
