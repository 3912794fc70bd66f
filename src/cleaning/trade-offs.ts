import type { CleaningRule } from "../datasets/index.js";
import { type Engine, quotedIdentifier } from "../engine/index.js";
import { columnsOfCopies } from "./columns-of-copies.js";

/** Revenue of a top customer under both policies on returns. */
export interface ReturnsEffect {
  /** Id of the customer; in files a pseudonym, unless plain ids are asked for. */
  readonly customer: string;
  readonly orders: number;
  /** Revenue with returns ignored. */
  readonly revenue_drop: number;
  /** Revenue less returns. */
  readonly revenue_net: number;
  readonly rank_drop: number;
  readonly rank_net: number;
}

/** Cost of the cleaning decisions, in rows and revenue. */
export interface TradeOffs {
  /** Lines removed by this rule, as in the ledger; rows removed by earlier rules, such as duplicates, are not counted. */
  readonly missing_customer_id: {
    readonly rows: number;
    /** Of all lines read. */
    readonly share_of_rows: number;
    readonly revenue: number;
    /** Of the revenue of all lines read. */
    readonly share_of_revenue: number;
  };
  /** Kept lines that repeat an earlier kept one in every column. */
  readonly repeated_lines: {
    readonly rows: number;
    readonly revenue: number;
    /** Of the revenue of all kept lines. */
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
 * @param options.mayRepeat False if no imported line repeats another.
 */
export async function measureTradeOffs(
  engine: Engine,
  rules: readonly CleaningRule[],
  { mayRepeat, top = 15 }: { readonly mayRepeat: boolean; readonly top?: number },
): Promise<TradeOffs> {
  const rule = rules.findIndex(({ where }) => /^\s*customer_id\s+IS\s+NULL\s*$/i.test(where)) + 1;
  const [missing] = await engine.rows(
    `SELECT count(*) FILTER (WHERE nobody) AS rows, count(*) AS all_rows,
       COALESCE(sum(worth) FILTER (WHERE nobody), 0) AS revenue, COALESCE(sum(worth), 0) AS all_revenue
     FROM (SELECT worth, customer_id IS NULL AND (verdict = 0 OR verdict >= $rule) AS nobody FROM judged_lines)`,
    { rule },
  );
  const [returned] = await engine.rows(
    `SELECT count(*) AS rows, COALESCE(sum(amount), 0) AS amount, count(DISTINCT customer_id) AS customers, (SELECT sum(amount) FROM orders) AS sales FROM returns`,
  );
  const best = await engine.rows(
    `WITH sold AS (SELECT customer_id, count(*) AS orders, sum(amount) AS sold FROM orders GROUP BY customer_id),
       back AS (SELECT customer_id, sum(amount) AS back FROM returns GROUP BY customer_id),
       both_ways AS (SELECT s.customer_id, orders, sold, sold - COALESCE(back, 0) AS net FROM sold s LEFT JOIN back b ON b.customer_id = s.customer_id),
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
    repeated_lines: mayRepeat ? await repeatedLines(engine) : { rows: 0, revenue: 0, share_of_revenue: 0 },
    returns: {
      rows: n(returned, "rows"),
      amount: n(returned, "amount"),
      share_of_revenue: ratio(n(returned, "amount"), n(returned, "sales")),
      customers: n(returned, "customers"),
      top_customers: best.map((row) => ({
        customer: String(row["customer_id"]),
        orders: n(row, "orders"),
        revenue_drop: n(row, "sold"),
        revenue_net: n(row, "net"),
        rank_drop: n(row, "rank_drop"),
        rank_net: n(row, "rank_net"),
      })),
    },
  };
}

async function repeatedLines(engine: Engine): Promise<TradeOffs["repeated_lines"]> {
  const columns = await engine.describe("SELECT * FROM clean_lines");
  const same = columnsOfCopies(columns);
  const [row] = await engine.rows(
    `SELECT COALESCE(sum(n - 1), 0) AS rows, COALESCE(sum((n - 1) * amount), 0) AS revenue, COALESCE(sum(n * amount), 0) AS all_revenue
     FROM (SELECT any_value(amount) AS amount, count(*) AS n FROM clean_lines GROUP BY ${same.map(quotedIdentifier).join(", ")})`,
  );
  const [rows, revenue, all] = ["rows", "revenue", "all_revenue"].map((name) => Number(row[name]));
  return { rows, revenue, share_of_revenue: ratio(revenue, all) };
}

function ratio(a: number, b: number): number {
  return b === 0 ? 0 : a / b;
}
