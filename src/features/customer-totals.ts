import type { Observations } from "./observations.js";

/** Distribution of orders and revenue over customers. */
export interface CustomerTotals {
  readonly customers: number;
  readonly orders: number;
  readonly revenue: number;
  readonly oneOrderCustomers: number;
  /** Of all customers. */
  readonly oneOrderShare: number;
  /** Share of revenue from the fifth of customers that spent most (their number rounded to whole customers). */
  readonly topFifthShare: number;
}

/** Counts customers, orders and revenue up to `asOf`. */
export async function customerTotals({ engine }: Pick<Observations, "engine">): Promise<CustomerTotals> {
  const [row] = await engine.rows(
    `WITH per_customer AS (SELECT customer_id, count(*) AS orders, sum(amount) AS revenue FROM orders GROUP BY customer_id),
       ranked AS (SELECT *, row_number() OVER (ORDER BY revenue DESC, customer_id) AS place, count(*) OVER () AS n FROM per_customer)
     SELECT count(*) AS customers, COALESCE(sum(orders), 0) AS orders, COALESCE(sum(revenue), 0) AS revenue,
       COALESCE(sum(CASE WHEN orders = 1 THEN 1 ELSE 0 END), 0) AS once,
       COALESCE(sum(CASE WHEN 5 * place <= n + 2 THEN revenue END), 0) AS top FROM ranked`,
  );
  const n = (name: string) => Number(row[name]);
  return {
    customers: n("customers"),
    orders: n("orders"),
    revenue: n("revenue"),
    oneOrderCustomers: n("once"),
    oneOrderShare: n("customers") && n("once") / n("customers"),
    topFifthShare: n("revenue") && n("top") / n("revenue"),
  };
}
