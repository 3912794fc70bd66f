import { requireKnownOptions } from "../errors.js";
import { CONVENTION_NAMES, type Conventions, formatValue } from "../table/index.js";
import type { Chart, VegaLiteSpec } from "./core/chart.js";
import { createChart } from "./core/create-chart.js";
import { sampleInWords } from "./core/sample-in-words.js";
import { COLORS, SEQUENTIAL } from "./core/theme.js";

/** Customers by month of first order. */
export interface Cohort {
  /** Month of the first order, `YYYY-MM`. */
  readonly cohort: string;
  readonly customers: number;
  /**
   * Share in [0, 1] of the cohort that ordered in month k after the first, at index k (index 0 is the first month). Null
   * if the month is incomplete at `asOf`.
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

/** Charts retention as a heat map of cohorts by months since the first order. Incomplete months are blank. */
export function cohortRetentionChart(cohorts: readonly Cohort[], options: CohortRetentionOptions): Chart {
  requireKnownOptions("draw cohort retention", options, { asOf: true, ...CONVENTION_NAMES });
  const { asOf, ...conventions } = options;
  if (cohorts.length === 0) throw new RangeError("Cannot chart retention: there are no cohorts; give at least 1");
  const lastMonth = Math.max(1, ...cohorts.map(({ retained }) => retained.findLastIndex((share) => share !== null)));
  const count = (value: number) => formatValue(value, { kind: "count" }, conventions);
  const monthName = (month: string) => formatValue(month, { kind: "month" }, conventions);
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
    const hasText = room / lastMonth >= 20;
    return spec(cohorts, values, {
      lastMonth,
      height: hasText ? cellHeight : 15,
      hasText,
      rowLabel: ({ cohort, customers: n }) => `${monthName(cohort)} · ${count(n)}`,
    });
  };
  return createChart({
    title: "Cohort retention",
    subtitle: `Percent of each monthly cohort that ordered again, by months since the first order; stronger every ${points} points, incomplete months blank. ${sampleInWords({ n: customers, asOf }, conventions)}`,
    description: `${cohorts.length} monthly cohorts, ${monthName(cohorts[0].cohort)} to ${monthName(cohorts[cohorts.length - 1].cohort)}. Highest retention after the first month ${formatValue(highest, { kind: "percent" }, conventions)}.`,
    spec: layout(580, 24),
    narrowSpec: layout(245, 24),
    data: {
      columns: [
        { name: "First order", format: { kind: "month" } },
        { name: "Customers", format: { kind: "count" } },
        ...Array.from({ length: lastMonth }, (_, i) => ({
          name: `+${i + 1}`,
          format: { kind: "percent", digits: 1 } as const,
        })),
      ],
      rows: cohorts.map(({ cohort, customers: n, retained }) => [
        cohort,
        n,
        ...Array.from({ length: lastMonth }, (_, i) => retained[i + 1] ?? null),
      ]),
    },
  });
}

interface Layout {
  readonly lastMonth: number;
  readonly height: number;
  readonly hasText: boolean;
  readonly rowLabel: (cohort: Cohort) => string;
}

function spec(
  cohorts: readonly Cohort[],
  values: readonly object[],
  { lastMonth, height, hasText, rowLabel }: Layout,
): VegaLiteSpec {
  const months = Array.from({ length: lastMonth }, (_, i) => i + 1);
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
          title: "months since first order",
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
            { field: "month", title: "months later" },
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
