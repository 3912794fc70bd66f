import { requireKnownOptions } from "../errors.js";
import { CONVENTION_NAMES, type Conventions, formatValue } from "../table/index.js";
import type { Chart, VegaLiteSpec } from "./core/chart.js";
import { createChart } from "./core/create-chart.js";
import { sampleInWords } from "./core/sample-in-words.js";
import { COLORS, NARROW, WIDE } from "./core/theme.js";
import { labelledAxis, niceTicks } from "./core/ticks.js";
import type { Histogram } from "./histogram.js";

/** Distribution of one feature. */
export interface FeatureDistribution {
  readonly name: string;
  /** Unit, for example "days" or "orders". */
  readonly unit: string;
  readonly histogram: Histogram;
}

/** Options of {@link featureDistributionChart}. */
export interface FeatureDistributionOptions extends Conventions {
  /** Number of customers. */
  readonly customers: number;
  /** Observation cutoff, `YYYY-MM-DD`. */
  readonly asOf: string;
  /** Title; defaults to "Feature distributions". */
  readonly title?: string;
}

const GAP = 18;

/** Space in pixels for axis labels beyond the ends of a panel. */
const OVERHANG = 14;

/** Charts histograms of features as small multiples, logarithmic for heavy tails. */
export function featureDistributionChart(
  features: readonly FeatureDistribution[],
  options: FeatureDistributionOptions,
): Chart {
  requireKnownOptions("draw feature distributions", options, {
    customers: true,
    asOf: true,
    title: true,
    ...CONVENTION_NAMES,
  });
  const { customers, asOf, title = "Feature distributions", ...conventions } = options;
  if (features.length === 0) {
    throw new RangeError("Cannot chart distributions: there are no features; give at least 1");
  }
  const logarithmic = features.filter(({ histogram }) => histogram.scale === "log").length;
  const spec = (width: number, columns: number): VegaLiteSpec => ({
    columns,
    spacing: { row: 20, column: GAP },
    concat: features.map((feature) =>
      panel(feature, Math.floor((width - 12 - columns * OVERHANG - (columns - 1) * GAP) / columns), conventions),
    ),
  });
  return createChart({
    title,
    subtitle: `Bar height is the number of customers.${logarithmic ? " Log scale for skewed features, with zeros as a separate bar." : ""} ${sampleInWords({ n: customers, asOf }, conventions)}`,
    description: `${features.length} histograms: ${features.map(({ name }) => name).join(", ")}.`,
    spec: spec(WIDE, 3),
    narrowSpec: spec(NARROW, 2),
    data: {
      columns: [
        { name: "Feature", format: { kind: "code" } },
        { name: "From", format: { kind: "number" } },
        { name: "To", format: { kind: "number" } },
        { name: "Customers", format: { kind: "count" } },
      ],
      rows: features.flatMap(({ name, histogram: { edges, counts, zeros } }) => [
        ...(zeros ? [[name, 0, 0, zeros]] : []),
        ...counts.map((count, i) => [name, edges[i], edges[i + 1], count]),
      ]),
    },
  });
}

function panel({ name, unit, histogram }: FeatureDistribution, width: number, conventions: Conventions): VegaLiteSpec {
  const { scale, edges, counts, zeros } = histogram;
  const isLog = scale === "log";
  const place = (value: number) => (isLog ? Math.log10(value) : value);
  const low = place(edges[0]);
  const high = place(edges[edges.length - 1]);
  const bin = (high - low) / counts.length;
  const bars = counts.map((count, i) => ({ from: place(edges[i]), to: place(edges[i + 1]), count }));
  if (zeros) bars.unshift({ from: low - 2.6 * bin, to: low - 1.6 * bin, count: zeros });
  const start = zeros ? low - 2.6 * bin : low;
  const labels = new Map<number, string>();
  if (zeros) labels.set(low - 2.1 * bin, "0");
  // Bins around whole numbers, as of flags, have no other value to label.
  const hasWholeBins = !isLog && edges.every((edge) => Number.isInteger(edge + 0.5));
  for (const tick of isLog ? logTicks(edges[0], edges[edges.length - 1]) : niceTicks(low, high, 4)) {
    const at = place(tick);
    if (hasWholeBins && !Number.isInteger(tick)) continue;
    if (at >= low - bin * 0.5 && at <= high + bin * 0.5) {
      labels.set(Number(at.toPrecision(12)), formatValue(tick, { kind: "number", compact: true }, conventions));
    }
  }
  return {
    width,
    height: 76,
    title: {
      text: wrapName(name, Math.floor(width / 8.4)),
      subtitle: `${unit}${isLog ? " · log axis" : ""}`,
      fontSize: 12,
      subtitleFontSize: 11.5,
      subtitlePadding: 2,
      offset: 6,
      frame: "group",
    },
    data: { values: bars },
    mark: { type: "bar", binSpacing: 0.8, color: COLORS.light.accent },
    encoding: {
      x: {
        field: "from",
        type: "quantitative",
        bin: "binned",
        title: null,
        scale: { domain: [start, high], nice: false, zero: false },
        axis: {
          ...labelledAxis(labels),
          grid: false,
          domain: true,
          domainColor: COLORS.light.line,
          labelFlush: false,
          labelFontSize: 11.5,
          labelOverlap: "greedy",
        },
      },
      x2: { field: "to" },
      y: { field: "count", type: "quantitative", axis: null },
    },
  };
}

/** Returns at most five powers of ten within the range; its ends if there are fewer than two. */
function logTicks(low: number, high: number): readonly number[] {
  const first = Math.ceil(Math.log10(low) - 1e-9);
  const last = Math.floor(Math.log10(high) + 1e-9);
  if (last - first < 1) return [Number(low.toPrecision(2)), Number(high.toPrecision(2))];
  const step = Math.ceil((last - first) / 4);
  return Array.from({ length: Math.floor((last - first) / step) + 1 }, (_, i) => 10 ** (first + i * step));
}

/** Wraps a snake_case name after underscores into lines of at most `limit` letters. */
function wrapName(name: string, limit: number): string[] {
  const lines = [""];
  for (const part of name.split(/(?<=_)/)) {
    if (lines[lines.length - 1].length + part.length > limit && lines[lines.length - 1]) lines.push(part);
    else lines[lines.length - 1] += part;
  }
  return lines;
}
