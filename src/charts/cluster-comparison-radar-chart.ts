import { requireKnownOptions } from "../errors.js";
import { CONVENTION_NAMES, type Conventions, formatValue } from "../table/index.js";
import type { Chart, VegaLiteSpec } from "./core/chart.js";
import { createChart } from "./core/create-chart.js";
import { sampleInWords } from "./core/sample-in-words.js";
import { COLORS, NARROW, segmentColor, WIDE } from "./core/theme.js";

/** Mean ranks of one cluster. */
export interface ClusterRanks {
  readonly name: string;
  readonly customers: number;
  /** Mean rank of its customers among all by axis, in [0, 1]. */
  readonly ranks: readonly number[];
}

/** Options of {@link clusterComparisonRadarChart}. */
export interface ClusterComparisonRadarOptions extends Conventions {
  /** Label of each axis, at most two words, for example "more orders". */
  readonly axes: readonly string[];
  /** Number of customers. */
  readonly customers: number;
  /** Observation cutoff, `YYYY-MM-DD`. */
  readonly asOf: string;
}

/**
 * Charts one radar per cluster, with the outlines of the others in the background.
 *
 * @throws {RangeError} If there are fewer than 3 axes, or no cluster.
 * @throws {TypeError} If a cluster does not have one rank per axis.
 */
export function clusterComparisonRadarChart(
  clusters: readonly ClusterRanks[],
  options: ClusterComparisonRadarOptions,
): Chart {
  requireKnownOptions("draw the comparison of clusters", options, {
    axes: true,
    customers: true,
    asOf: true,
    ...CONVENTION_NAMES,
  });
  const { axes, customers, asOf, ...conventions } = options;
  if (axes.length < 3 || !clusters.length) {
    throw new RangeError(
      `Cannot compare clusters: there are ${axes.length} axes and ${clusters.length} clusters; expected at least 3 and 1`,
    );
  }
  for (const { name, ranks } of clusters) {
    if (ranks.length !== axes.length) {
      throw new TypeError(`Cannot compare clusters: "${name}" has ${ranks.length} ranks; expected ${axes.length}`);
    }
  }
  const number = (value: number) => formatValue(value, { kind: "number" }, conventions);
  const view = { clusters, axes, conventions };
  return createChart({
    title: "Cluster comparison",
    subtitle: `Mean rank of a k-means cluster's customers from lowest (centre, 0) through average (dashed ring, 0.5) to highest (edge, 1); grey is other clusters. ${sampleInWords({ n: customers, asOf }, conventions)}`,
    description: `Radars of ${clusters.length} clusters by mean rank. ${clusters
      .map(({ name, ranks }) => `${name}: ${axes.map((axis, i) => `${axis} ${number(ranks[i])}`).join(", ")}`)
      .join(". ")}.`,
    spec: spec(view, { width: WIDE - 8, columns: clusters.length === 4 ? 2 : Math.min(3, clusters.length) }),
    narrowSpec: spec(view, { width: NARROW - 8, columns: 1 }),
    data: {
      columns: [
        { name: "Cluster", format: { kind: "segment" } },
        { name: "Customers", format: { kind: "count" } },
        ...axes.map((name) => ({ name, format: { kind: "number", digits: 2 } as const })),
      ],
      rows: clusters.map(({ name, customers: own, ranks }) => [name, own, ...ranks]),
    },
  });
}

interface View {
  readonly clusters: readonly ClusterRanks[];
  readonly axes: readonly string[];
  readonly conventions: Conventions;
}

/** Radius of a radar in pixels; the next constants are the space for labels. */
const RADIUS = 74;
const PANEL_HEIGHT = 270;
const LINE_HEIGHT = 14;

function spec(
  { clusters, axes, conventions }: View,
  { width, columns }: { width: number; columns: number },
): VegaLiteSpec {
  const { soft, line, mute } = COLORS.light;
  const panel = width / columns;
  const rows = Math.ceil(clusters.length / columns);
  const angle = (axis: number) => (2 * Math.PI * axis) / axes.length;
  const middles = clusters.map((_, i) => ({
    x: panel * ((i % columns) + 0.5),
    y: PANEL_HEIGHT * Math.floor(i / columns) + PANEL_HEIGHT / 2 + 16,
  }));
  const at = (i: number, axis: number, rank: number) => ({
    x: middles[i].x + RADIUS * rank * Math.sin(angle(axis)),
    y: middles[i].y - RADIUS * rank * Math.cos(angle(axis)),
  });
  const position = (field: "x" | "y", most: number) => ({
    field,
    type: "quantitative",
    axis: null,
    scale: { domain: [0, most], nice: false, zero: false, reverse: field === "y" },
  });
  const encoding = () => ({ x: position("x", width), y: position("y", rows * PANEL_HEIGHT) });
  const polygon = (i: number, ranks: readonly number[], more: object) =>
    axes.map((_, axis) => ({ ...at(i, axis, ranks[axis]), panel: i, order: axis, ...more }));
  const closed = { type: "line", interpolate: "linear-closed", strokeJoin: "round" };
  const outline = { order: { field: "order" } };
  const rings = clusters.flatMap((_, i) =>
    [0.25, 0.5, 0.75, 1].flatMap((rank) =>
      polygon(
        i,
        axes.map(() => rank),
        { rank: `${i} ${rank}`, middle: rank === 0.5 },
      ),
    ),
  );
  const spokes = clusters.flatMap((_, i) =>
    axes.map((_, axis) => ({ ...at(i, axis, 0), x2: at(i, axis, 1).x, y2: at(i, axis, 1).y })),
  );
  const others = clusters.flatMap((_, i) =>
    clusters.flatMap(({ ranks }, j) => (j === i ? [] : polygon(i, ranks, { pair: `${i} ${j}` }))),
  );
  const own = clusters.flatMap(({ name, ranks }, i) => {
    const written = ranks.map((rank) => formatValue(rank, { kind: "number" }, conventions));
    return polygon(i, ranks, { cluster: name, ...Object.fromEntries(axes.map((axis, j) => [axis, written[j]])) });
  });
  const labels = clusters.flatMap((_, i) =>
    axes.map((text, axis) => {
      const side = Math.sin(angle(axis));
      const { x, y } = at(i, axis, 1.1);
      const lines = text.split(" ");
      // The first line is at y: the end of the top label, the start of the bottom one, the middle of others.
      const up = (lines.length - 1) * (0.5 + 0.5 * Math.cos(angle(axis)));
      return {
        x,
        y: y - LINE_HEIGHT * up - 4 * Math.cos(angle(axis)),
        text: lines,
        align: Math.abs(side) < 0.1 ? "center" : side > 0 ? "left" : "right",
      };
    }),
  );
  const tooltip = [{ field: "cluster", title: "cluster" }, ...axes.map((field) => ({ field }))];
  const color = {
    field: "cluster",
    type: "nominal",
    legend: null,
    scale: { domain: clusters.map(({ name }) => name), range: clusters.map(({ name }) => segmentColor(name)) },
  };
  return {
    height: rows * PANEL_HEIGHT,
    layer: [
      {
        data: { values: rings },
        mark: { ...closed, strokeWidth: 1 },
        encoding: {
          ...encoding(),
          ...outline,
          detail: { field: "rank" },
          color: { condition: { test: "datum.middle", value: soft }, value: line },
          strokeDash: { condition: { test: "datum.middle", value: [2, 3] }, value: [1, 0] },
        },
      },
      {
        data: { values: spokes },
        mark: { type: "rule", color: line },
        encoding: { ...encoding(), x2: { field: "x2" }, y2: { field: "y2" } },
      },
      {
        data: { values: others },
        mark: { ...closed, strokeWidth: 1, color: mute },
        encoding: { ...encoding(), ...outline, detail: { field: "pair" } },
      },
      {
        data: { values: own },
        mark: { ...closed, strokeWidth: 2, fillOpacity: 0.18 },
        encoding: { ...encoding(), ...outline, color, fill: { ...color }, tooltip },
      },
      {
        data: { values: own },
        mark: { type: "point", filled: true, size: 28, opacity: 1 },
        encoding: { ...encoding(), color: { ...color }, tooltip },
      },
      ...["left", "right", "center"].map((align) => ({
        data: { values: labels.filter((label) => label.align === align) },
        mark: { type: "text", align, fontSize: 11.5, lineHeight: LINE_HEIGHT, color: soft, baseline: "middle" },
        encoding: { ...encoding(), text: { field: "text" } },
      })),
      ...[true, false].map((isName) => ({
        data: {
          values: clusters.map(({ name, customers }, i) => {
            const [first, ...rest] = name.split(" · ");
            const count = `${formatValue(customers, { kind: "count" }, conventions)} ${customers === 1 ? "customer" : "customers"}`;
            return {
              x: panel * (i % columns) + 4,
              y: PANEL_HEIGHT * Math.floor(i / columns) + (isName ? 10 : 27),
              text: isName ? first : [...rest, count].join(" · "),
            };
          }),
        },
        mark: { type: "text", align: "left", ...(isName ? { fontSize: 12.5, fontWeight: "bold" } : { color: soft }) },
        encoding: { ...encoding(), text: { field: "text" } },
      })),
    ],
  };
}
