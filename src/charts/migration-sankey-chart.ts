import { requireKnownOptions } from "../errors.js";
import { CONVENTION_NAMES, type Conventions, formatValue } from "../table/index.js";
import type { Chart, VegaLiteSpec } from "./core/chart.js";
import { createChart } from "./core/create-chart.js";
import { haloedText } from "./core/haloed-text.js";
import { sampleInWords } from "./core/sample-in-words.js";
import { type SankeyFlow, type SankeyNode, sankeyLayout } from "./core/sankey-layout.js";
import { COLORS, NARROW, segmentColor, WIDE } from "./core/theme.js";

/** Flow of customers between segments from one day to a later one. */
export interface MigrationFlow {
  /** Segment on the earlier day; null for customers without one. */
  readonly from: string | null;
  readonly to: string;
  readonly customers: number;
  /** Revenue of these customers until the later day, in the dataset's currency. */
  readonly revenue: number;
}

/** Options of {@link migrationSankeyChart}. */
export interface MigrationSankeyOptions extends Conventions {
  /** Segments from top to bottom; empty ones are omitted. */
  readonly names: readonly string[];
  /** Earlier day, `YYYY-MM-DD`. */
  readonly before: string;
  /** Later day, the observation cutoff, `YYYY-MM-DD`. */
  readonly asOf: string;
}

const NEW = "New since then";

/**
 * Charts movement between segments as a Sankey diagram: segments on the earlier day on the left, on the later day on the
 * right, with bands as wide as the number of customers.
 *
 * @throws {RangeError} If there are no customers, or a segment is not among `names`.
 */
export function migrationSankeyChart(migrations: readonly MigrationFlow[], options: MigrationSankeyOptions): Chart {
  requireKnownOptions("draw segment migration", options, {
    names: true,
    before: true,
    asOf: true,
    ...CONVENTION_NAMES,
  });
  const { names, before, asOf, ...conventions } = options;
  const places = [...names, NEW];
  const flows = migrations
    .filter(({ customers }) => customers > 0)
    .map(({ from, to, customers, revenue }) => {
      const flow = { from: places.indexOf(from ?? NEW), to: names.indexOf(to), size: customers, revenue };
      if (flow.from < 0 || flow.to < 0) {
        throw new RangeError(
          `Cannot chart movement: "${flow.to < 0 ? to : from}" is not among the segments ${names.join(", ")}; pass the names of all segments in the migration`,
        );
      }
      return flow;
    });
  if (!flows.length) throw new RangeError("Cannot chart movement: there are no customers; give at least 1");
  const count = (value: number) => formatValue(value, { kind: "count" }, conventions);
  const share = (value: number) => formatValue(value, { kind: "percent" }, conventions);
  const day = (value: string) => formatValue(value, { kind: "date" }, conventions);
  const n = flows.reduce((sum, { size }) => sum + size, 0);
  const moved = flows.filter(({ from, to }) => from !== to && from < names.length);
  const movers = moved.reduce((sum, { size }) => sum + size, 0);
  const old = flows.reduce((sum, { from, size }) => sum + (from < names.length ? size : 0), 0);
  const [most] = [...moved].sort((a, b) => b.size - a.size);
  const view = { flows, places, days: [day(before), day(asOf)] as const, conventions };
  return createChart({
    title: "Movement between segments",
    subtitle: `Bands are customers by segment on ${day(before)} (left) and ${day(asOf)} (right), pale if unchanged; ${count(movers)} of ${count(old)} moved (${share(old ? movers / old : 0)}). ${sampleInWords({ n, asOf }, conventions)}`,
    description: `${count(movers)} of ${count(old)} customers changed segment.${most ? ` Most went from ${places[most.from]} to ${places[most.to]}: ${count(most.size)}.` : ""}`,
    spec: spec(view, { width: WIDE - 8, margins: [166, 212], total: 420 }),
    narrowSpec: spec(view, { width: NARROW - 8, margins: null, total: 380 }),
    data: {
      columns: [
        { name: "From", format: { kind: "segment" } },
        { name: "To", format: { kind: "segment" } },
        { name: "Customers", format: { kind: "count" } },
        { name: "Revenue", format: { kind: "money", digits: 0 } },
      ],
      rows: flows.map(({ from, to, size, revenue }) => [places[from], places[to], size, revenue]),
    },
  });
}

interface View {
  readonly flows: readonly (SankeyFlow & { readonly revenue: number })[];
  readonly places: readonly string[];
  readonly days: readonly [string, string];
  readonly conventions: Conventions;
}

interface Room {
  /** Width of the chart, in pixels. */
  readonly width: number;
  /** Margins for labels left and right of the bars, in pixels; null writes labels onto the bands. */
  readonly margins: readonly [number, number] | null;
  readonly total: number;
}

const BAR = 12;
const HEADER = 26;
/** Number of points of a band's curve. */
const STEPS = 16;

function spec({ flows, places, days, conventions }: View, { width, margins, total }: Room): VegaLiteSpec {
  const { soft, ink } = COLORS.light;
  const colors = places.map((name) => (name === NEW ? ink : segmentColor(name)));
  const count = (value: number, signed = false) => formatValue(value, { kind: "count", signed }, conventions);
  const revenueOf = (of: (flow: SankeyFlow) => boolean) =>
    formatValue(
      flows.reduce((sum, flow) => sum + (of(flow) ? flow.revenue : 0), 0),
      { kind: "money", digits: 0 },
      conventions,
    );
  const layout = sankeyLayout(flows, { total, slot: margins ? 22 : 34, gap: 7 });
  const [left, right] = [margins?.[0] ?? 0, width - (margins?.[1] ?? 0)];
  const height = layout.height + HEADER;
  const bands = layout.bands.flatMap(({ from, to, size, fromY, toY, height: thick }) => {
    const more = {
      band: `${from} ${to}`,
      From: places[from],
      To: places[to],
      Customers: count(size),
      Revenue: revenueOf((flow) => flow.from === from && flow.to === to),
      stays: from === to,
    };
    return Array.from({ length: STEPS + 1 }, (_, step) => {
      const t = step / STEPS;
      const y = HEADER + fromY + (toY - fromY) * t * t * (3 - 2 * t);
      return { ...more, x: left + BAR + (right - left - 2 * BAR) * t, y, y2: y + thick };
    });
  });
  const bar = (end: "from" | "to", x: number) => (node: SankeyNode) => ({
    Segment: places[node.index],
    Day: days[end === "from" ? 0 : 1],
    Customers: count(node.size),
    Revenue: revenueOf((flow) => flow[end] === node.index),
    x,
    x2: x + BAR,
    y: HEADER + node.y,
    y2: HEADER + node.y + node.height,
  });
  const sizeBefore = new Map(layout.left.map(({ index, size }) => [index, size]));
  const label = (side: "left" | "right") => (node: SankeyNode) => {
    const change = node.size - (sizeBefore.get(node.index) ?? 0);
    const words =
      side === "left" ? count(node.size) : `${count(node.size)} (${change === 0 ? "±0" : count(change, true)})`;
    const out = side === "left" ? -1 : 1;
    return {
      x: side === "left" ? left + (margins ? -7 : BAR + 5) : right + (margins ? 7 : -BAR - 5),
      align: out < 0 === (margins !== null) ? "right" : "left",
      y: HEADER + node.y + node.height / 2,
      text: margins ? `${places[node.index]}  ${words}` : [places[node.index], words],
    };
  };
  const labels = [...layout.left.map(label("left")), ...layout.right.map(label("right"))];
  const x = () => scaled("x", [0, width]);
  const y = () => scaled("y", [0, height]);
  const color = {
    type: "nominal",
    legend: null,
    scale: { domain: places, range: colors },
  };
  return {
    height,
    layer: [
      {
        data: { values: bands },
        params: [{ name: "way", select: { type: "point", on: "pointerover", fields: ["band"] } }],
        mark: { type: "area", interpolate: "monotone" },
        encoding: {
          x: x(),
          y: y(),
          y2: { field: "y2" },
          detail: { field: "band" },
          color: { field: "From", ...color },
          opacity: {
            condition: [
              { param: "way", empty: false, value: 0.85 },
              { test: "datum.stays", value: 0.16 },
            ],
            value: 0.55,
          },
          tooltip: tooltipOf("From", "To", "Customers", "Revenue"),
        },
      },
      {
        data: { values: [...layout.left.map(bar("from", left)), ...layout.right.map(bar("to", right - BAR))] },
        mark: { type: "rect" },
        encoding: {
          x: x(),
          x2: { field: "x2" },
          y: y(),
          y2: { field: "y2" },
          color: { field: "Segment", ...color },
          tooltip: tooltipOf("Segment", "Day", "Customers", "Revenue"),
        },
      },
      ...["left", "right"].flatMap((align) =>
        haloedText(
          { align, baseline: "middle", fontSize: 12, lineHeight: 14, dy: margins ? 0 : -7 },
          {
            data: { values: labels.filter((one) => one.align === align) },
            encoding: { x: x(), y: y(), text: { field: "text" } },
          },
        ),
      ),
      ...(["left", "right"] as const).map((align, i) => ({
        data: { values: [{ x: align === "left" ? left : right, y: 8, text: days[i] }] },
        mark: { type: "text", align, baseline: "middle", fontSize: 12, color: soft },
        encoding: { x: x(), y: y(), text: { field: "text" } },
      })),
    ],
  };
}

/** Returns the tooltip of fields. Revenue on both sides is until the later day. */
function tooltipOf(...fields: readonly string[]) {
  return fields.map((field) => ({ field, ...(field === "Revenue" ? { title: "Revenue so far" } : {}) }));
}

function scaled(field: "x" | "y", domain: readonly number[]) {
  return {
    field,
    type: "quantitative",
    axis: null,
    scale: { domain, nice: false, zero: false, reverse: field === "y" },
  };
}
