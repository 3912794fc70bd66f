import { lastDayOfMonth } from "../text/index.js";
import type { Observations } from "./observations.js";

/** Orders and revenue of one calendar month. */
export interface MonthlyRevenue {
  /** `YYYY-MM`. */
  readonly month: string;
  readonly orders: number;
  readonly customers: number;
  readonly revenue: number;
  /** True if the month is not over on `asOf`. */
  readonly partial: boolean;
}

/** Sums revenue, orders and customers by calendar month, up to `asOf`. */
export async function monthlyRevenue({
  engine,
  asOf,
}: Pick<Observations, "engine" | "asOf">): Promise<MonthlyRevenue[]> {
  const rows = await engine.rows(
    `SELECT @month_start(ordered_on) AS month, count(*) AS orders, count(DISTINCT customer_id) AS customers, sum(amount) AS revenue
     FROM orders GROUP BY @month_start(ordered_on) ORDER BY month`,
  );
  return rows.map((row) => ({
    month: String(row["month"]).slice(0, 7),
    orders: Number(row["orders"]),
    customers: Number(row["customers"]),
    revenue: Number(row["revenue"]),
    partial: lastDayOfMonth(String(row["month"])) > asOf,
  }));
}
