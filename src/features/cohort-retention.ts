import { lastDayOfMonth } from "../text/index.js";
import type { Observations } from "./observations.js";

/** Customers who ordered first in one calendar month, and how many of them ordered in each later month. */
export interface Cohort {
  /** Month of the first order, `YYYY-MM`. */
  readonly cohort: string;
  readonly customers: number;
  /** Share in [0, 1] who ordered k months later, at index k; null where that month is not over by `asOf`. */
  readonly retained: readonly (number | null)[];
}

/** Counts the retention of cohorts up to `asOf`; months that have not begun by then are absent. */
export async function cohortRetention({ engine, asOf }: Pick<Observations, "engine" | "asOf">): Promise<Cohort[]> {
  const rows = await engine.rows(
    `WITH firsts AS (SELECT customer_id, @month_start(min(ordered_on)) AS cohort FROM orders GROUP BY customer_id)
     SELECT f.cohort, @months_between(f.cohort, @month_start(o.ordered_on)) AS month, count(DISTINCT o.customer_id) AS active
     FROM orders o JOIN firsts f ON f.customer_id = o.customer_id GROUP BY f.cohort, @months_between(f.cohort, @month_start(o.ordered_on)) ORDER BY f.cohort, month`,
  );
  const last = monthNumber(asOf);
  const lastIsOver = lastDayOfMonth(asOf) === asOf;
  const cohorts = new Map<string, Map<number, number>>();
  for (const row of rows) {
    const cohort = String(row["cohort"]);
    if (!cohorts.has(cohort)) cohorts.set(cohort, new Map());
    cohorts.get(cohort)?.set(Number(row["month"]), Number(row["active"]));
  }
  return [...cohorts].map(([cohort, active]) => {
    const customers = active.get(0) ?? 0;
    const isOver = (k: number) => monthNumber(cohort) + k < last || lastIsOver;
    return {
      cohort: cohort.slice(0, 7),
      customers,
      // Month 0 is all of them by definition, over or not.
      retained: Array.from({ length: last - monthNumber(cohort) + 1 }, (_, k) =>
        k === 0 ? 1 : isOver(k) ? (active.get(k) ?? 0) / customers : null,
      ),
    };
  });
}

function monthNumber(day: string): number {
  return Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7));
}
