import { requireKnownOptions } from "../errors.js";
import { createRandom, shuffled } from "../numeric/index.js";
import { CONVENTION_NAMES, type Conventions, type Format, formatValue } from "../table/index.js";
import { type BoxAxis, boxAxis } from "./core/box-axis.js";
import { BOX_PARAMS, type BoxPoint, boxLine, boxTransforms } from "./core/box-projection.js";
import type { Chart, VegaLiteSpec } from "./core/chart.js";
import { createChart } from "./core/create-chart.js";
import { haloedText } from "./core/haloed-text.js";
import { sampleInWords } from "./core/sample-in-words.js";
import { COLORS, segmentColor } from "./core/theme.js";

/** Customers in the space of recency, orders and revenue, one entry each. */
export interface RfmPoints {
  /** Days since the last order, shape (n,). */
  readonly recencyDays: ArrayLike<number>;
  readonly frequency: ArrayLike<number>;
  /** Total spend, in the dataset's currency. */
  readonly monetary: ArrayLike<number>;
  /** Cluster per customer, as an index into the names. */
  readonly clusters: ArrayLike<number>;
}

/** Options of {@link rfm3dScatterChart}. */
export interface Rfm3dScatterOptions extends Conventions {
  /** Cluster names, in legend order; customers of other clusters are not drawn. */
  readonly names: readonly string[];
  /** Observation cutoff, `YYYY-MM-DD`. */
  readonly asOf: string;
  /** Random seed for sampling customers if there are too many. */
  readonly seed: number;
  /** Maximum customers drawn as dots; defaults to 2,500. */
  readonly limit?: number;
}

/**
 * Charts customers as dots in a box of recency, orders and revenue, coloured by cluster, with cluster means. In a notebook
 * the box can be rotated, and the legend selects clusters.
 *
 * @throws {RangeError} If there are no customers.
 */
export function rfm3dScatterChart(
  { recencyDays, frequency, monetary, clusters }: RfmPoints,
  options: Rfm3dScatterOptions,
): Chart {
  requireKnownOptions("draw the RFM scatter", options, {
    names: true,
    asOf: true,
    seed: true,
    limit: true,
    ...CONVENTION_NAMES,
  });
  const { names, asOf, seed, limit = 2500, ...conventions } = options;
  const rows = Array.from({ length: clusters.length }, (_, i) => i).filter((i) => names[clusters[i]] !== undefined);
  if (!rows.length) throw new RangeError("Cannot chart customers in a box: there are no customers; give at least 1");
  const part = (values: ArrayLike<number>) => Float64Array.from(rows, (row) => values[row]);
  const axes: Axes = [boxAxis(part(recencyDays)), boxAxis(part(frequency)), boxAxis(part(monetary))];
  const at = (i: number): BoxPoint => [
    axes[0].place(recencyDays[i]),
    axes[1].place(frequency[i]),
    axes[2].place(monetary[i]),
  ];
  const write = (value: number, format: Format) => formatValue(value, format, conventions);
  const shown = rows.length > limit ? shuffled(createRandom(seed), rows).slice(0, limit) : rows;
  const points = shown.map((i) => ({
    ...corner(at(i)),
    cluster: names[clusters[i]],
    "Days since last order": write(recencyDays[i], { kind: "days" }),
    Orders: write(frequency[i], { kind: "count" }),
    Revenue: write(monetary[i], { kind: "money" }),
  }));
  const means = names.flatMap((cluster, number) => {
    const own = rows.filter((row) => clusters[row] === number);
    if (!own.length) return [];
    const mean = (value: (row: number) => number) => own.reduce((sum, row) => sum + value(row), 0) / own.length;
    const point: BoxPoint = [0, 1, 2].map((axis) => mean((row) => at(row)[axis])) as unknown as BoxPoint;
    return [
      {
        cluster,
        point,
        customers: own.length,
        recencyDays: mean((row) => recencyDays[row]),
        frequency: mean((row) => frequency[row]),
        monetary: mean((row) => monetary[row]),
      },
    ];
  });
  const count = (value: number) => write(value, { kind: "count" });
  const sample = shown.length < rows.length ? `, random sample of ${count(shown.length)} drawn` : "";
  const log = axes.some(({ isLog }) => isLog) ? " Log axes for skewed values." : "";
  const view = { points, means, axes, names: means.map(({ cluster }) => cluster), conventions };
  return createChart({
    title: "Clusters by recency, orders and revenue",
    subtitle: `Dots are customers, ringed dots are the centres of k-means clusters.${log} ${sampleInWords({ n: rows.length, unit: `customers${sample}`, asOf }, conventions)}`,
    description: `${means.length} clusters in a box of recency, orders and revenue. ${means
      .map(
        (one) =>
          `${one.cluster}: ${write(one.recencyDays, { kind: "days" })} days, ${write(one.frequency, { kind: "number", digits: 1 })} orders, ${write(one.monetary, { kind: "money", digits: 0 })} on average`,
      )
      .join(". ")}.`,
    spec: spec(view, { height: 470, left: 0.92, right: 0.86, isNarrow: false }),
    narrowSpec: spec(view, { height: 330, left: 1, right: 0.84, isNarrow: true }),
    data: {
      columns: [
        { name: "Cluster", format: { kind: "segment" } },
        { name: "Customers", format: { kind: "count" } },
        { name: "Mean days since last order", format: { kind: "days" } },
        { name: "Mean orders", format: { kind: "number", digits: 1 } },
        { name: "Mean revenue", format: { kind: "money" } },
      ],
      rows: means.map((one) => [one.cluster, one.customers, one.recencyDays, one.frequency, one.monetary]),
    },
  });
}

type Axes = readonly [recency: BoxAxis, orders: BoxAxis, revenue: BoxAxis];

interface View {
  readonly points: readonly object[];
  readonly means: readonly { readonly cluster: string; readonly point: BoxPoint }[];
  readonly axes: Axes;
  readonly names: readonly string[];
  readonly conventions: Conventions;
}

/** Extent of the chart below and above the centre of the box, in edge lengths, for any rotation. */
const BELOW = 0.8;
const ABOVE = 0.77;

/** Half the height of an axis title, and half the width of a character, in edge lengths. */
const HALF_LINE = 0.04;
const HALF_CHARACTER = 0.009;

interface Layout {
  readonly height: number;
  /** Extent of the chart left and right of the centre of the box, in edge lengths. */
  readonly left: number;
  readonly right: number;
  /** True if titles of the floor axes are in the corners below, for lack of space. */
  readonly isNarrow: boolean;
}

function spec(
  { points, means, axes, names, conventions }: View,
  { height, left, right, isNarrow }: Layout,
): VegaLiteSpec {
  const { soft, line, card } = COLORS.light;
  const { lines, floorLabels, wallLabels, titles } = frame(axes, conventions);
  const position = (field: string, domain: readonly number[]) => ({
    field,
    type: "quantitative",
    axis: null,
    scale: { domain, nice: false, zero: false },
  });
  const x = () => position("x", [-left, right]);
  const y = () => position("y", [-BELOW, ABOVE]);
  const ends = { x2: { field: "x2" }, y2: { field: "y2" } };
  const color = {
    field: "cluster",
    type: "nominal",
    scale: { domain: names, range: names.map((name) => segmentColor(name)) },
  };
  const shape = { field: "cluster", type: "nominal", scale: { domain: names, range: shapesOf(names) } };
  const rule = (values: readonly object[], mark: object) => ({
    data: { values },
    transform: [...boxTransforms(), ...boxTransforms("2")],
    mark: { type: "rule", ...mark },
    encoding: { x: x(), y: y(), ...ends },
  });
  const text = (values: readonly object[], mark: object, transform: readonly object[] = boxTransforms()) => ({
    data: { values },
    transform,
    mark: { type: "text", color: soft, baseline: "middle", fontSize: 11.5, ...mark },
    encoding: { x: x(), y: y(), text: { field: "text" } },
  });
  const [recencyTitle, ordersTitle, revenueTitle] = titles;
  // A text beyond the view would move the title of the chart, because Vega sets it above everything drawn.
  const below = [...boxTransforms(), { calculate: `min(datum.y, ${ABOVE - HALF_LINE})`, as: "y" }];
  const between = [
    ...below,
    { calculate: `length(datum.text) * ${HALF_CHARACTER}`, as: "half" },
    { calculate: `clamp(datum.x, datum.half - ${left}, ${right} - datum.half)`, as: "x" },
  ];
  const ranged = (range: readonly number[]) => ({
    field: "near",
    type: "quantitative",
    legend: null,
    scale: { domain: [-0.7, 0.7], range, clamp: true },
  });
  return {
    height,
    params: BOX_PARAMS,
    layer: [
      rule(lines, { color: line }),
      text(floorLabels[0], { align: "center", dy: 12, dx: -9 }),
      text(floorLabels[1], { align: "center", dy: 12, dx: 9 }),
      text(wallLabels, { align: "right" }),
      ...haloedText(
        { color: soft, baseline: "middle", align: isNarrow ? "left" : "center", dx: isNarrow ? -40 : 0, fontSize: 12 },
        {
          data: { values: [{ ...corner([0, 1, 1.08]), text: revenueTitle }] },
          transform: isNarrow ? below : between,
          encoding: { x: x(), y: y(), text: { field: "text" } },
        },
      ),
      ...(isNarrow
        ? [
            text([{ x: -left, y: 0.03 - BELOW, text: recencyTitle }], { align: "left", fontSize: 12 }, []),
            text([{ x: right, y: 0.03 - BELOW, text: ordersTitle }], { align: "right", fontSize: 12 }, []),
          ]
        : [
            text(
              [{ ...corner([0.45, 1.36, 0]), text: recencyTitle }],
              { align: "center", dy: 8, fontSize: 12 },
              between,
            ),
            text(
              [{ ...corner([1.36, 0.45, 0]), text: ordersTitle }],
              { align: "center", dy: 8, fontSize: 12 },
              between,
            ),
          ]),
      {
        data: { values: points },
        params: [{ name: "shown", select: { type: "point", fields: ["cluster"] }, bind: "legend" }],
        transform: boxTransforms(),
        mark: { type: "point", filled: true },
        encoding: {
          x: x(),
          y: y(),
          order: { field: "near" },
          color: {
            ...color,
            legend: {
              title: null,
              orient: "bottom",
              columns: isNarrow ? 1 : 3,
              labelLimit: 320,
              symbolSize: 90,
              symbolOpacity: 1,
            },
          },
          shape,
          size: ranged([8, 34]),
          opacity: { condition: { param: "shown", ...ranged([0.3, 0.85]) }, value: 0.03 },
          tooltip: [
            { field: "cluster", title: "cluster" },
            ...["Days since last order", "Orders", "Revenue"].map((field) => ({ field })),
          ],
        },
      },
      {
        ...rule(
          means.map(({ cluster, point: [a, b, c] }) => ({ cluster, ...boxLine([a, b, c], [a, b, 0]) })),
          { strokeWidth: 1.5 },
        ),
        encoding: { x: x(), y: y(), ...ends, color },
      },
      {
        data: { values: means.map(({ cluster, point }) => ({ cluster, ...corner(point) })) },
        transform: boxTransforms(),
        mark: { type: "point", filled: true, size: 190, stroke: card, strokeWidth: 2.5, opacity: 1 },
        encoding: { x: x(), y: y(), color, shape, order: { field: "near" } },
      },
    ],
  };
}

function corner([a, b, c]: BoxPoint) {
  const short = (share: number) => Math.round(share * 1e4) / 1e4;
  return { a: short(a), b: short(b), c: short(c) };
}

/** Returns the floor grid, the lines of the two back walls, and their labels. */
function frame([recency, orders, revenue]: Axes, conventions: Conventions) {
  const across = [...new Set([0, 1, ...recency.ticks.map(recency.place)])];
  const along = [...new Set([0, 1, ...orders.ticks.map(orders.place)])];
  const up = [...new Set([1, ...revenue.ticks.map(revenue.place)])];
  const label = (value: number, format: Format) => formatValue(value, format, conventions);
  const log = (axis: BoxAxis) => (axis.isLog ? ", log" : "");
  const place = (point: BoxPoint, text: string) => ({ ...corner(point), text });
  return {
    lines: [
      ...across.map((a) => boxLine([a, 0, 0], [a, 1, 0])),
      ...along.map((b) => boxLine([0, b, 0], [1, b, 0])),
      ...up.flatMap((c) => [boxLine([0, 0, c], [0, 1, c]), boxLine([0, 0, c], [1, 0, c])]),
      ...(
        [
          [0, 0],
          [0, 1],
          [1, 0],
        ] as const
      ).map(([a, b]) => boxLine([a, b, 0], [a, b, 1])),
    ],
    floorLabels: [
      recency.ticks.map((tick) => place([recency.place(tick), 1.03, 0], label(tick, { kind: "days" }))),
      orders.ticks.map((tick) => place([1.03, orders.place(tick), 0], label(tick, { kind: "count" }))),
    ],
    wallLabels: revenue.ticks.map((tick) =>
      place([0, 1.04, revenue.place(tick)], label(tick, { kind: "money", compact: true })),
    ),
    titles: [
      `days since last order${log(recency)}`,
      `orders${log(orders)}`,
      `revenue in ${conventions.currency}${log(revenue)}`,
    ],
  };
}

/** Returns shapes: circles, and others for clusters that repeat a colour. */
function shapesOf(names: readonly string[]): string[] {
  const shapes = ["circle", "triangle-up", "square", "diamond", "cross"];
  const colors = names.map((name) => segmentColor(name));
  return colors.map((color, i) => shapes[colors.slice(0, i).filter((other) => other === color).length % shapes.length]);
}
