import { requireKnownOptions } from "../errors.js";
import { mean as meanOf } from "../numeric/index.js";
import { CONVENTION_NAMES, type Conventions, formatValue } from "../table/index.js";
import type { Chart, VegaLiteSpec } from "./core/chart.js";
import { createChart } from "./core/create-chart.js";
import { haloedText } from "./core/haloed-text.js";
import { sampleInWords } from "./core/sample-in-words.js";
import { COLORS, segmentColor } from "./core/theme.js";
import { labelledAxis, niceTicks } from "./core/ticks.js";

/** Silhouettes of customers, one entry each. */
export interface SilhouetteRows {
  /** Silhouette in [-1, 1], shape (n,). */
  readonly silhouettes: ArrayLike<number>;
  /** Cluster per customer, as an index into the names, shape (n,). */
  readonly clusters: ArrayLike<number>;
}

/** Options of {@link silhouetteChart}. */
export interface SilhouetteChartOptions extends Conventions {
  /** Cluster names, from top to bottom. */
  readonly names: readonly string[];
  /** Number of customers in clusters; more than rows if the rows are a sample. */
  readonly customers: number;
  /** Mean silhouette of all customers; defaults to that of the rows. */
  readonly score?: number;
  /** Observation cutoff, `YYYY-MM-DD`. */
  readonly asOf: string;
}

/** Heights in pixels: all bands, and the label above each. */
const BANDS = 340;
const LABEL = 24;
const GAP = 10;

/** Maximum number of points of a band. */
const STEPS = 150;

/**
 * Charts sorted silhouettes as one band per cluster, as high as its number of customers, and the overall mean as a line.
 *
 * @throws {RangeError} If there are no rows.
 */
export function silhouetteChart({ silhouettes, clusters }: SilhouetteRows, options: SilhouetteChartOptions): Chart {
  requireKnownOptions("draw silhouettes", options, {
    names: true,
    customers: true,
    score: true,
    asOf: true,
    ...CONVENTION_NAMES,
  });
  const { names, customers, score = meanOf(silhouettes), asOf, ...conventions } = options;
  if (!silhouettes.length) throw new RangeError("Cannot chart silhouettes: there are no customers; give at least 1");
  const number = (value: number) => formatValue(value, { kind: "number" }, conventions);
  const count = (value: number) => formatValue(value, { kind: "count" }, conventions);
  const share = (value: number) => formatValue(value, { kind: "percent" }, conventions);
  const bands = names.flatMap((name, cluster) => {
    const values = Float64Array.from(silhouettes)
      .filter((_, i) => clusters[i] === cluster)
      .sort()
      .reverse();
    if (!values.length) return [];
    return [{ name, values, mean: meanOf(values), below: values.filter((value) => value < 0).length / values.length }];
  });
  const n = silhouettes.length;
  const sample = n < customers ? ` Random sample of ${count(n)}.` : "";
  return createChart({
    title: "Silhouette by cluster",
    subtitle: `Silhouette of each customer by k-means cluster: near 1 is well inside, below 0 is closer to another cluster; the line is the mean, ${number(score)}. ${sampleInWords({ n: customers, asOf }, conventions)}${sample}`,
    description: `Silhouettes of ${bands.length} clusters, ${number(score)} on average. ${bands
      .map(({ name, mean, below }) => `${name}: mean ${number(mean)}, ${share(below)} below 0`)
      .join(". ")}.`,
    spec: spec(
      bands.map(({ name, values, mean, below }) => ({
        name,
        values,
        mean: number(mean),
        below: share(below),
      })),
      { n, score, conventions },
    ),
    data: {
      columns: [
        { name: "Cluster", format: { kind: "segment" } },
        { name: n < customers ? "Customers in the sample" : "Customers", format: { kind: "count" } },
        { name: "Mean silhouette", format: { kind: "number", digits: 2 } },
        { name: "Below 0", format: { kind: "percent" } },
      ],
      rows: bands.map(({ name, values, mean, below }) => [name, values.length, mean, below]),
    },
  });
}

interface Band {
  readonly name: string;
  /** Values, descending. */
  readonly values: Float64Array;
  /** Label: the mean of the values, and the share below 0. */
  readonly mean: string;
  readonly below: string;
}

function spec(
  bands: readonly Band[],
  { n, score, conventions }: { readonly n: number; readonly score: number; readonly conventions: Conventions },
): VegaLiteSpec {
  const { ink, line } = COLORS.light;
  let top = 0;
  const slots = bands.map((band) => {
    const start = top + LABEL;
    const height = (BANDS * band.values.length) / n;
    top = start + height + GAP;
    return { ...band, start, height };
  });
  const areas = slots.flatMap(({ name, values, mean, below, start, height }) => {
    const steps = Math.min(STEPS, values.length);
    return Array.from({ length: steps + 1 }, (_, step) => ({
      name,
      mean,
      below,
      y: start + (height * step) / steps,
      silhouette: values[Math.min(values.length - 1, Math.round((values.length * step) / steps))],
    }));
  });
  const least = Math.min(0, ...areas.map(({ silhouette }) => silhouette));
  const ticks = niceTicks(least, Math.max(...areas.map(({ silhouette }) => silhouette)), 5);
  const labels = new Map(ticks.map((tick) => [tick, formatValue(tick, { kind: "number", digits: 1 }, conventions)]));
  const x = () => ({
    type: "quantitative",
    scale: { domain: [ticks[0], ticks[ticks.length - 1]], nice: false, zero: false },
    axis: { ...labelledAxis(labels), title: "silhouette" },
  });
  const y = () => ({
    field: "y",
    type: "quantitative",
    axis: null,
    scale: { domain: [0, top], nice: false, zero: false, reverse: true },
  });
  return {
    height: top,
    layer: [
      {
        data: { values: areas },
        mark: { type: "area", orient: "horizontal" },
        encoding: {
          x: { field: "silhouette", ...x() },
          x2: { datum: 0 },
          y: y(),
          color: {
            field: "name",
            type: "nominal",
            legend: null,
            scale: { domain: bands.map(({ name }) => name), range: bands.map(({ name }) => segmentColor(name)) },
          },
          tooltip: [{ field: "name", title: "cluster" }, { field: "mean" }, { field: "below", title: "below 0" }],
        },
      },
      {
        data: { values: [{}] },
        mark: { type: "rule", color: line, strokeWidth: 1.5 },
        encoding: { x: { datum: 0, ...x() } },
      },
      {
        data: { values: [{}] },
        mark: { type: "rule", color: ink, strokeDash: [5, 4], strokeWidth: 1.5 },
        encoding: { x: { datum: score, ...x() } },
      },
      ...haloedText(
        { align: "left", baseline: "middle", fontSize: 12, dx: 4 },
        {
          data: {
            values: slots.map(({ name, mean, below, start }) => ({
              text: `${name} · mean ${mean} · ${below} below 0`,
              y: start - 10,
            })),
          },
          encoding: { x: { datum: ticks[0], ...x() }, y: y(), text: { field: "text" } },
        },
      ),
    ],
  };
}
