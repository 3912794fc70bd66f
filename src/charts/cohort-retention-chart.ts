import { requireKnownOptions } from "../errors.js";
import { CONVENTION_NAMES, type Conventions, formatValue } from "../table/index.js";
import type { Chart, VegaLiteSpec } from "./core/chart.js";
import { createChart } from "./core/create-chart.js";
import { sampleInWords } from "./core/sample-in-words.js";
import { COLORS, SEQUENTIAL } from "./core/theme.js";

/** Customers by period of first order. */
export interface Cohort {
  /** Period of the first order: a month `YYYY-MM`, a quarter `YYYY-Qn`, or a year `YYYY`; the same for all cohorts. */
  readonly cohort: string;
  readonly customers: number;
  /**
   * Share in [0, 1] of the cohort that ordered in period k after the first, at index k (index 0 is the first period). Null
   * if the period is incomplete at `asOf`.
   */
  readonly retained: readonly (number | null)[];
}

/** Options of {@link cohortRetentionChart}. */
export interface CohortRetentionOptions extends Conventions {
  /** Last day of the data, `YYYY-MM-DD`. */
  readonly asOf: string;
}

/** Candidate colour steps, as shares; the smallest that covers the data is used. */
const STEPS = [0.01, 0.02, 0.03, 0.05, 0.08, 0.1, 0.15];

/** Charts retention as a heat map of cohorts by periods since the first order. Incomplete periods are blank. */
export function cohortRetentionChart(cohorts: readonly Cohort[], options: CohortRetentionOptions): Chart {
  requireKnownOptions("draw cohort retention", options, { asOf: true, ...CONVENTION_NAMES });
  const { asOf, ...conventions } = options;
  if (cohorts.length === 0) throw new RangeError("Cannot chart retention: there are no cohorts; give at least 1");
  const lastPeriod = Math.max(1, ...cohorts.map(({ retained }) => retained.findLastIndex((share) => share !== null)));
  const count = (value: number) => formatValue(value, { kind: "count" }, conventions);
  const { adjective, plural, singular } = periodOf(cohorts[0].cohort);
  const nameOf = (cohort: string) =>
    singular === "month" ? formatValue(cohort, { kind: "month" }, conventions) : cohort.split("-").reverse().join(" ");
  const cells = cohorts.flatMap(({ cohort, retained }) =>
    retained.flatMap((share, month) => (month === 0 || share === null ? [] : [{ cohort, month, share }])),
  );
  const highest = Math.max(0, ...cells.map(({ share }) => share));
  const step = STEPS.find((candidate) => candidate * SEQUENTIAL.length >= highest) ?? 0.15;
  const values = cells.map((cell) => {
    const level = Math.min(SEQUENTIAL.length - 1, Math.floor(cell.share / step + 1e-9));
    return {
      ...cell,
      level,
      text: formatValue(cell.share * 100, { kind: "count" }, conventions),
      percent: formatValue(cell.share, { kind: "percent" }, conventions),
    };
  });
  const customers = cohorts.reduce((sum, cohort) => sum + cohort.customers, 0);
  const points = formatValue(step * 100, { kind: "count" }, conventions);
  const layout = (room: number, cellHeight: number): VegaLiteSpec => {
    const hasText = room / lastPeriod >= 20;
    return spec(cohorts, values, {
      lastPeriod,
      height: hasText ? cellHeight : 15,
      hasText,
      plural,
      rowLabel: ({ cohort, customers: n }) => `${nameOf(cohort)} · ${count(n)}`,
    });
  };
  return createChart({
    title: "Cohort retention",
    subtitle: `Percent of each ${adjective} cohort that ordered again, by ${plural} since the first order; stronger every ${points} points, incomplete ${plural} blank. ${sampleInWords({ n: customers, asOf }, conventions)}`,
    description: `${cohorts.length} ${adjective} cohorts, ${nameOf(cohorts[0].cohort)} to ${nameOf(cohorts[cohorts.length - 1].cohort)}. Highest retention after the first ${singular} ${formatValue(highest, { kind: "percent" }, conventions)}.`,
    spec: layout(580, 24),
    narrowSpec: layout(245, 24),
    data: {
      columns: [
        { name: "First order", ...(singular === "month" ? { format: { kind: "month" } as const } : {}) },
        { name: "Customers", format: { kind: "count" } },
        ...Array.from({ length: lastPeriod }, (_, i) => ({
          name: `+${i + 1}`,
          format: { kind: "percent", digits: 1 } as const,
        })),
      ],
      rows: cohorts.map(({ cohort, customers: n, retained }) => [
        cohort,
        n,
        ...Array.from({ length: lastPeriod }, (_, i) => retained[i + 1] ?? null),
      ]),
    },
  });
}

/** Words for the periods of cohorts, by the name of one. */
function periodOf(cohort: string): { readonly adjective: string; readonly plural: string; readonly singular: string } {
  if (/^\d{4}$/.test(cohort)) return { adjective: "yearly", plural: "years", singular: "year" };
  if (cohort.includes("Q")) return { adjective: "quarterly", plural: "quarters", singular: "quarter" };
  return { adjective: "monthly", plural: "months", singular: "month" };
}

interface Layout {
  readonly lastPeriod: number;
  readonly height: number;
  readonly hasText: boolean;
  readonly plural: string;
  readonly rowLabel: (cohort: Cohort) => string;
}

function spec(
  cohorts: readonly Cohort[],
  values: readonly object[],
  { lastPeriod, height, hasText, plural, rowLabel }: Layout,
): VegaLiteSpec {
  const months = Array.from({ length: lastPeriod }, (_, i) => i + 1);
  const labels = Object.fromEntries(cohorts.map((cohort) => [cohort.cohort, rowLabel(cohort)]));
  const { ink, onStrong, card } = COLORS.light;
  return {
    data: { values },
    height: height * cohorts.length,
    encoding: {
      x: {
        field: "month",
        type: "ordinal",
        scale: { domain: months },
        axis: {
          title: `${plural} since first order`,
          orient: "top",
          labelAngle: 0,
          grid: false,
          ...(hasText ? {} : { values: months.filter((month) => month % 6 === 0) }),
        },
      },
      y: {
        field: "cohort",
        type: "ordinal",
        scale: { domain: cohorts.map(({ cohort }) => cohort) },
        axis: {
          title: null,
          grid: false,
          labelExpr: `(${JSON.stringify(labels)})[datum.value]`,
          labelFontSize: hasText ? 12 : 11,
        },
      },
    },
    layer: [
      {
        mark: { type: "rect", stroke: card, strokeWidth: hasText ? 1.5 : 0.75 },
        encoding: {
          tooltip: [
            { field: "cohort", title: "first order" },
            { field: "month", title: `${plural} later` },
            { field: "percent", title: "ordered" },
          ],
          color: {
            field: "level",
            type: "ordinal",
            legend: null,
            scale: { domain: SEQUENTIAL.map((_, i) => i), range: SEQUENTIAL },
          },
        },
      },
      ...(hasText
        ? [
            {
              mark: { type: "text", fontSize: 11.5 },
              encoding: {
                text: { field: "text" },
                color: { condition: { test: "datum.level >= 4", value: onStrong }, value: ink },
              },
            },
          ]
        : []),
    ],
  };
}
