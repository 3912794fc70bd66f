import { lastDayOfMonth } from "../text/index.js";
import type { Observations } from "./observations.js";

/** Customers who ordered first in one calendar period, and how many of them ordered in each later one. */
export interface Cohort {
  /** Period of the first order: a month `YYYY-MM`, a quarter `YYYY-Qn`, or a year `YYYY`. */
  readonly cohort: string;
  readonly customers: number;
  /** Share in [0, 1] who ordered k periods later, at index k; null where that period is not over by `asOf`. */
  readonly retained: readonly (number | null)[];
}

/** Cohorts that a reader can take in; a longer history has quarters, then years. */
const MOST_COHORTS = 60;

/**
 * Counts the retention of cohorts up to `asOf`; periods that have not begun by then are absent. Cohorts are months, in a
 * history of more than 60 of them quarters, and of more than 60 quarters years.
 */
export async function cohortRetention({ engine, asOf }: Pick<Observations, "engine" | "asOf">): Promise<Cohort[]> {
  const [{ first }] = await engine.rows("SELECT CAST(min(ordered_on) AS VARCHAR) AS first FROM orders");
  if (first === null) return [];
  const months = monthNumber(asOf) - monthNumber(String(first)) + 1;
  const length = months <= MOST_COHORTS ? 1 : months <= 3 * MOST_COHORTS ? 3 : 12;
  const period = (day: string) =>
    `CAST(FLOOR(@months_between(DATE '1970-01-01', @month_start(${day})) / CAST(${length} AS DOUBLE)) AS INTEGER)`;
  const rows = await engine.rows(
    `WITH firsts AS (SELECT customer_id, ${period("min(ordered_on)")} AS cohort FROM orders GROUP BY customer_id)
     SELECT cohort, later, count(DISTINCT customer_id) AS active
     FROM (SELECT f.cohort, ${period("o.ordered_on")} - f.cohort AS later, o.customer_id FROM orders o JOIN firsts f ON f.customer_id = o.customer_id) AS t
     GROUP BY cohort, later ORDER BY cohort, later`,
  );
  const last = Math.floor(monthNumber(asOf) / length);
  const lastIsOver = lastDayOfMonth(asOf) === asOf && (monthNumber(asOf) + 1) % length === 0;
  const cohorts = new Map<number, Map<number, number>>();
  for (const row of rows) {
    const cohort = Number(row["cohort"]);
    if (!cohorts.has(cohort)) cohorts.set(cohort, new Map());
    cohorts.get(cohort)?.set(Number(row["later"]), Number(row["active"]));
  }
  return [...cohorts].map(([cohort, active]) => {
    const customers = active.get(0) ?? 0;
    const isOver = (k: number) => cohort + k < last || lastIsOver;
    return {
      cohort: nameOf(cohort * length, length),
      customers,
      // The first period is all of them by definition, over or not.
      retained: Array.from({ length: last - cohort + 1 }, (_, k) =>
        k === 0 ? 1 : isOver(k) ? (active.get(k) ?? 0) / customers : null,
      ),
    };
  });
}

/** Months since January 1970. */
function monthNumber(day: string): number {
  return (Number(day.slice(0, 4)) - 1970) * 12 + Number(day.slice(5, 7)) - 1;
}

function nameOf(month: number, length: number): string {
  const year = String(1970 + Math.floor(month / 12)).padStart(4, "0");
  if (length === 12) return year;
  return length === 3
    ? `${year}-Q${Math.floor((month % 12) / 3) + 1}`
    : `${year}-${String((month % 12) + 1).padStart(2, "0")}`;
}
