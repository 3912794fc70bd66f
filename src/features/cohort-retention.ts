import type { Engine } from "../engine/index.js";

/** Customers by month of first order, and how many of them ordered in each later month. */
export interface Cohort {
  /** First day of the month of the first order. */
  readonly cohort: string;
  readonly customers: number;
  /** Entry m: customers who ordered m months later, and whether that month is over. Month 0 is all of them. */
  readonly months: readonly { readonly active: number; readonly complete: boolean }[];
}

/** Cohort retention of the open history; months that have not begun by `asOf` are absent, the running one is marked. */
export async function cohortRetention(engine: Engine, { asOf }: { asOf: string }): Promise<Cohort[]> {
  const rows = await engine.rows(
    `WITH firsts AS (SELECT customer_id, @month_start(min(ordered_on)) AS cohort FROM orders GROUP BY customer_id)
     SELECT f.cohort, @months_between(f.cohort, @month_start(o.ordered_on)) AS month, count(DISTINCT o.customer_id) AS active
     FROM orders o JOIN firsts f ON f.customer_id = o.customer_id GROUP BY f.cohort, @months_between(f.cohort, @month_start(o.ordered_on)) ORDER BY f.cohort, month`,
  );
  const last = monthNumber(asOf);
  const lastIsOver = new Date(Date.parse(`${asOf}T00:00:00Z`) + 86_400_000).getUTCDate() === 1;
  const cohorts = new Map<string, Map<number, number>>();
  for (const row of rows) {
    const cohort = String(row["cohort"]);
    if (!cohorts.has(cohort)) cohorts.set(cohort, new Map());
    cohorts.get(cohort)?.set(Number(row["month"]), Number(row["active"]));
  }
  return [...cohorts].map(([cohort, active]) => ({
    cohort,
    customers: active.get(0) ?? 0,
    months: Array.from({ length: last - monthNumber(cohort) + 1 }, (_, m) => ({
      active: active.get(m) ?? 0,
      complete: monthNumber(cohort) + m < last || lastIsOver,
    })),
  }));
}

function monthNumber(day: string): number {
  return Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7));
}
