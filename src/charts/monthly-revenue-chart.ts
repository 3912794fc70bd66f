import { requireKnownOptions } from "../errors.js";
import { CONVENTION_NAMES, type Conventions, formatValue } from "../table/index.js";
import type { Chart, VegaLiteSpec } from "./core/chart.js";
import { createChart } from "./core/create-chart.js";
import { sampleInWords } from "./core/sample-in-words.js";
import { COLORS } from "./core/theme.js";
import { labelledAxis, niceTicks } from "./core/ticks.js";

/** Sales of one calendar month. */
export interface MonthlyRevenue {
  /** Month, `YYYY-MM`. */
  readonly month: string;
  /** Revenue in the dataset's currency. */
  readonly revenue: number;
  readonly orders: number;
  /** Customers with an order in the month. */
  readonly customers: number;
  /** True if the month is incomplete. */
  readonly partial: boolean;
}

/** Options of {@link monthlyRevenueChart}. */
export interface MonthlyRevenueOptions extends Conventions {
  /** Last day of the data, `YYYY-MM-DD`. */
  readonly asOf: string;
}

/** Charts revenue by calendar month; incomplete months are pale. */
export function monthlyRevenueChart(months: readonly MonthlyRevenue[], options: MonthlyRevenueOptions): Chart {
  requireKnownOptions("draw monthly revenue", options, { asOf: true, ...CONVENTION_NAMES });
  const { asOf, ...conventions } = options;
  if (months.length === 0) throw new RangeError("Cannot chart revenue: there are no months; give at least 1");
  const short = (value: number) => formatValue(value, { kind: "money", compact: true }, conventions);
  const money = (value: number) => formatValue(value, { kind: "money", digits: 0 }, conventions);
  const monthName = (month: string) => formatValue(month, { kind: "month" }, conventions);
  const whole = months.filter(({ partial }) => !partial);
  const best = (whole.length ? whole : months).reduce((a, b) => (b.revenue > a.revenue ? b : a));
  const hasPartial = whole.length < months.length;
  const ticks = niceTicks(
    Math.min(0, ...months.map(({ revenue }) => revenue)),
    Math.max(0, ...months.map(({ revenue }) => revenue)),
  );
  const spec = (labels: number, isLabelled: (month: MonthlyRevenue) => boolean): VegaLiteSpec => ({
    data: {
      values: months.map((month) => ({
        month: month.month,
        revenue: month.revenue,
        partial: month.partial,
        text: isLabelled(month) ? short(month.revenue) : "",
      })),
    },
    height: 230,
    encoding: {
      x: {
        field: "month",
        type: "ordinal",
        title: null,
        axis: {
          ...labelledAxis(monthLabels(months, labels, monthName)),
          labelAngle: 0,
          grid: false,
          labelOverlap: false,
        },
        scale: { paddingInner: 0.18, paddingOuter: 0.05 },
      },
      y: {
        field: "revenue",
        type: "quantitative",
        title: null,
        axis: labelledAxis(new Map(ticks.map((tick) => [tick, short(tick)]))),
        scale: { domain: [ticks[0], ticks[ticks.length - 1]], nice: false },
      },
    },
    layer: [
      {
        mark: "bar",
        encoding: {
          color: {
            condition: { test: "datum.partial", value: COLORS.light.accentSoft },
            value: COLORS.light.accent,
          },
        },
      },
      { mark: { type: "text", dy: -8, fontSize: 11.5 }, encoding: { text: { field: "text" } } },
    ],
  });
  return createChart({
    title: "Revenue by month",
    subtitle: `Revenue per calendar month in ${conventions.currency}${hasPartial ? "; pale months with a star are incomplete" : ""}. ${sampleInWords({ n: months.length, unit: "months", asOf }, conventions)}`,
    description: `Bars for ${months.length} months, ${monthName(months[0].month)} to ${monthName(months[months.length - 1].month)}. Highest complete month: ${monthName(best.month)} with ${money(best.revenue)}.`,
    spec: spec(14, () => months.length <= 14),
    narrowSpec: spec(7, (month) => month === best),
    data: {
      columns: [
        { name: "Month", format: { kind: "month" } },
        { name: "Revenue", format: { kind: "money", digits: 0 } },
        { name: "Orders", format: { kind: "count" } },
        { name: "Customers", format: { kind: "count" } },
        { name: "Incomplete month" },
      ],
      rows: months.map(({ month, revenue, orders, customers, partial }) => [
        month,
        revenue,
        orders,
        customers,
        partial ? "yes" : "",
      ]),
    },
  });
}

/** Returns at most `limit` labels, with the year below the first and every January, or below each if some are omitted. */
function monthLabels(
  months: readonly MonthlyRevenue[],
  limit: number,
  monthName: (month: string) => string,
): Map<string, readonly string[]> {
  const step = Math.ceil(months.length / limit);
  const labels = new Map<string, readonly string[]>();
  months.forEach(({ month, partial }, i) => {
    if (i % step !== 0) return;
    const [name, year] = splitYear(monthName(month), month.slice(0, 4));
    const showsYear = i === 0 || step > 1 || month.endsWith("-01");
    labels.set(month, [partial ? `${name}*` : name, showsYear ? year : ""]);
  });
  return labels;
}

function splitYear(text: string, year: string): [string, string] {
  return [text.replace(year, "").trim(), year];
}
