import type { CleaningRule } from "../datasets/index.js";
import type { Engine } from "../engine/index.js";

/** Revenue of a top customer under both policies on returns. */
export interface ReturnsEffect {
  readonly customer_id: string;
  /** Revenue with returns ignored. */
  readonly revenue_drop: number;
  /** Revenue less returns. */
  readonly revenue_net: number;
  readonly rank_drop: number;
  readonly rank_net: number;
}

/** Cost of the cleaning decisions, in rows and revenue. */
export interface TradeOffs {
  /** Lines removed by this rule; rows removed by earlier rules, such as duplicates, are not counted. */
  readonly missing_customer_id: {
    readonly rows: number;
    readonly share_of_rows: number;
    readonly revenue: number;
    readonly share_of_revenue: number;
  };
  readonly returns: {
    readonly rows: number;
    readonly amount: number;
    /** Returned amount over sales. */
    readonly share_of_revenue: number;
    readonly customers: number;
    /** Top customers under either policy, highest revenue first. */
    readonly top_customers: readonly ReturnsEffect[];
  };
}

/**
 * Measures the trade-offs on the lines after the rules and the trusted `orders` and `returns`.
 *
 * @param rules Rules applied to the lines, in order.
 */
export async function measureTradeOffs(
  engine: Engine,
  rules: readonly CleaningRule[],
  { top = 15 }: { top?: number } = {},
): Promise<TradeOffs> {
  const rule = rules.findIndex(({ where }) => /^\s*customer_id\s+IS\s+NULL\s*$/i.test(where)) + 1;
  const [missing] = await engine.rows(
    `SELECT count(*) FILTER (WHERE customer_id IS NULL) AS rows, count(*) AS all_rows,
       COALESCE(sum(amount) FILTER (WHERE customer_id IS NULL AND amount > 0), 0) AS revenue, COALESCE(sum(amount) FILTER (WHERE amount > 0), 0) AS all_revenue
     FROM judged_lines WHERE verdict = 0 OR verdict >= $rule`,
    { rule },
  );
  const [returned] = await engine.rows(
    `SELECT count(*) AS rows, COALESCE(sum(amount), 0) AS amount, count(DISTINCT customer_id) AS customers, (SELECT sum(amount) FROM orders) AS sales FROM returns`,
  );
  const best = await engine.rows(
    `WITH sold AS (SELECT customer_id, sum(amount) AS sold FROM orders GROUP BY customer_id),
       back AS (SELECT customer_id, sum(amount) AS back FROM returns GROUP BY customer_id),
       both_ways AS (SELECT s.customer_id, sold, sold - COALESCE(back, 0) AS net FROM sold s LEFT JOIN back b ON b.customer_id = s.customer_id),
       ranked AS (SELECT *, row_number() OVER (ORDER BY sold DESC, customer_id) AS rank_drop, row_number() OVER (ORDER BY net DESC, customer_id) AS rank_net FROM both_ways)
     SELECT * FROM ranked WHERE rank_drop <= $top OR rank_net <= $top ORDER BY rank_drop`,
    { top },
  );
  const n = (row: Record<string, unknown>, name: string) => Number(row[name]);
  return {
    missing_customer_id: {
      rows: n(missing, "rows"),
      share_of_rows: ratio(n(missing, "rows"), n(missing, "all_rows")),
      revenue: n(missing, "revenue"),
      share_of_revenue: ratio(n(missing, "revenue"), n(missing, "all_revenue")),
    },
    returns: {
      rows: n(returned, "rows"),
      amount: n(returned, "amount"),
      share_of_revenue: ratio(n(returned, "amount"), n(returned, "sales")),
      customers: n(returned, "customers"),
      top_customers: best.map((row) => ({
        customer_id: String(row["customer_id"]),
        revenue_drop: n(row, "sold"),
        revenue_net: n(row, "net"),
        rank_drop: n(row, "rank_drop"),
        rank_net: n(row, "rank_net"),
      })),
    },
  };
}

function ratio(a: number, b: number): number {
  return b === 0 ? 0 : a / b;
}
