import { requireKnownOptions } from "../errors.js";
import { CONVENTION_NAMES, type Conventions, formatValue } from "../table/index.js";
import type { Chart, VegaLiteSpec } from "./core/chart.js";
import { createChart } from "./core/create-chart.js";
import { sampleInWords } from "./core/sample-in-words.js";
import { COLORS } from "./core/theme.js";

/** Share of missing values of one feature. */
export interface MissingValues {
  readonly name: string;
  /** Label; defaults to the name. */
  readonly label?: string;
  /** Share of missing values, in [0, 1]. */
  readonly missingShare: number;
}

/** Options of {@link missingValuesChart}. */
export interface MissingValuesOptions extends Conventions {
  /** Number of customers. */
  readonly customers: number;
  /** Observation cutoff, `YYYY-MM-DD`. */
  readonly asOf: string;
}

/** Charts the share of missing values of features that have any. */
export function missingValuesChart(features: readonly MissingValues[], options: MissingValuesOptions): Chart {
  requireKnownOptions("draw missing values", options, { customers: true, asOf: true, ...CONVENTION_NAMES });
  const { customers, asOf, ...conventions } = options;
  const share = (value: number) => formatValue(value, { kind: "percent" }, conventions);
  const some = features
    .filter(({ missingShare }) => missingShare > 0)
    .sort((a, b) => b.missingShare - a.missingShare || (a.name < b.name ? -1 : 1));
  const none = `No missing values in ${features.length} features.`;
  return createChart({
    title: "Features with missing values",
    subtitle: some.length
      ? `Share of customers without a value, for ${some.length} of ${features.length} features. ${sampleInWords({ n: customers, asOf }, conventions)}`
      : sampleInWords({ n: customers, asOf }, conventions),
    description: some.length
      ? `${some.length} of ${features.length} features have missing values; most: ${some[0].label ?? some[0].name}, ${share(some[0].missingShare)}.`
      : none,
    spec: some.length ? bars(some, share) : statement(none),
    data: {
      columns: [
        { name: "Feature", format: { kind: "code" } },
        { name: "Missing", format: { kind: "percent" } },
      ],
      rows: some.map(({ name, missingShare }) => [name, missingShare]),
    },
  });
}

function bars(features: readonly MissingValues[], share: (value: number) => string): VegaLiteSpec {
  const { accent, mute } = COLORS.light;
  const bar = { type: "bar", height: 12, yOffset: 8 };
  const text = { type: "text", align: "left", baseline: "middle" };
  return {
    data: {
      values: features.map(({ name, label, missingShare }, row) => ({
        row,
        name: label ?? name,
        missingShare,
        all: 1,
        text: share(missingShare),
      })),
    },
    height: 36 * features.length,
    encoding: { y: { field: "row", type: "ordinal", axis: null } },
    layer: [
      {
        mark: { ...bar, color: mute },
        encoding: { x: { field: "all", type: "quantitative", axis: null, scale: { domain: [0, 1.12], nice: false } } },
      },
      { mark: { ...bar, color: accent }, encoding: { x: { field: "missingShare", type: "quantitative" } } },
      { mark: { ...text, dy: -8 }, encoding: { x: { datum: 0, type: "quantitative" }, text: { field: "name" } } },
      {
        mark: { ...text, dy: 8, dx: 6 },
        encoding: { x: { datum: 1, type: "quantitative" }, text: { field: "text" } },
      },
    ],
  };
}

function statement(text: string): VegaLiteSpec {
  return {
    data: { values: [{ text }] },
    height: 40,
    mark: { type: "text", align: "left", fontSize: 13 },
    encoding: { x: { value: 0 }, text: { field: "text" } },
  };
}
