import type { ExperimentReading, ExperimentReadout, PlannedMeasure } from "../../strategy/index.js";
import type { Cell, Format, NumberTexts } from "../../table/index.js";
import type { TableBlock } from "../report.js";
import { measureLabel } from "../wording/experiments/metrics.js";

/** Note on the star of {@link readoutTable}. */
export const PRIMARY_METRIC_NOTE = "primary metric, fixed at split time";

/** Builds the table of a readout's metrics by group, with the difference, the relative change and their intervals. */
export function readoutTable(
  {
    conversion,
    spend,
    cappedSpend,
    design,
  }: Pick<ExperimentReading, "conversion" | "spend" | "cappedSpend" | "design">,
  { exactPercent }: NumberTexts,
): TableBlock {
  const level = exactPercent(conversion.level);
  const isPrimary = ({ kind }: ExperimentReadout) => kind === design.primaryMetric || !spend;
  const difference: Format = { kind: "money", signed: true };
  const change: Format = { kind: "percent", signed: true };
  return {
    type: "table",
    caption: "Test and control",
    columns: [
      { name: "metric", title: "Metric" },
      { name: "test", title: "Test", format: { kind: "money" } },
      { name: "control", title: "Control", format: { kind: "money" } },
      { name: "difference", title: "Difference", format: difference },
      { name: "difference_lower", title: `${level} lower`, format: difference },
      { name: "difference_upper", title: `${level} upper`, format: difference },
      { name: "change", title: "Change", format: change },
      { name: "change_lower", title: `${level} lower`, format: change },
      { name: "change_upper", title: `${level} upper`, format: change },
      { name: "minimum_detectable_effect", title: "Detectable change", format: { kind: "percent", digits: 0 } },
    ],
    rows: [
      metricRow(labelOf("conversion", isPrimary(conversion)), conversion),
      ...(spend ? [metricRow(labelOf("spend", isPrimary(spend)), spend)] : []),
      ...(cappedSpend ? [metricRow(labelOf("winsorized spend", false), cappedSpend)] : []),
    ],
    note: { markdown: `\\* ${PRIMARY_METRIC_NOTE}` },
  };
}

/** Splits a readout's table into two that fit a page: amounts by group, and relative changes. */
export function readoutTables(table: TableBlock): TableBlock[] {
  const { note, ...first } = columnsOf(table, [
    "metric",
    "test",
    "control",
    "difference",
    "difference_lower",
    "difference_upper",
  ]);
  const second = columnsOf(table, ["metric", "change", "change_lower", "change_upper", "minimum_detectable_effect"]);
  return [first, { ...second, caption: "Relative change", ...(note ? { note } : {}) }];
}

function columnsOf(table: TableBlock, names: readonly string[]): TableBlock {
  const places = names.map((name) => table.columns.findIndex((column) => column.name === name));
  return {
    ...table,
    columns: places.map((place) => table.columns[place]),
    rows: table.rows.map((row) => places.map((place) => row[place])),
  };
}

function labelOf(measure: PlannedMeasure["measure"], isPrimary: boolean): string {
  return `${measureLabel({ measure, cuped: false })}${isPrimary ? " *" : ""}`;
}

function metricRow(label: string, read: ExperimentReadout): Cell[] {
  const isShare = read.kind === "conversion";
  const isKnown = read.verdict !== "no reliable interval";
  const mean = (value: number): Cell => (isShare ? { value, format: { kind: "percent" } } : value);
  const difference = (value: number): Cell => (isShare ? { value, format: { kind: "points", signed: true } } : value);
  return [
    label,
    mean(read.test.adjustedMean),
    mean(read.control.adjustedMean),
    difference(read.difference),
    ...(isKnown ? [difference(read.lower), difference(read.upper)] : [null, null]),
    read.relative.value,
    ...(isKnown ? [read.relative.lower, read.relative.upper] : [null, null]),
    read.minimumDetectableEffect,
  ];
}
