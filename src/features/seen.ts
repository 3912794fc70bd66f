import type { Engine } from "../engine/index.js";
import { checkedDay } from "../text/index.js";
import { historyEnd } from "./history.js";

/** `drop` ignores returns in money; `net` subtracts those dated on or before `as_of`. */
export type ReturnsPolicy = "drop" | "net";

/** The cuts to stand at, and what becomes of returns. */
export interface DefineSeenOptions {
  readonly cuts: readonly string[];
  readonly returns: ReturnsPolicy;
  /** How often `seen_lines` will be read; defaults to "many" times, for which lines and products are joined beforehand. */
  readonly linesRead?: "once" | "many";
}

/**
 * Defines what feature SQL reads: the relations `seen_*`, one copy of the past per cut. A row carries `as_of` and nothing
 * in it happened later. `seen_customers` has one row per customer and cut with an order by then.
 *
 * @throws {RangeError} If no cut is given, or one lies after the end of the open history.
 */
export async function defineSeen(
  engine: Engine,
  { cuts, returns, linesRead = "many" }: DefineSeenOptions,
): Promise<void> {
  if (!cuts.length) throw new RangeError("Cannot compute features: no cut is given, at least one day is needed");
  const days = [...new Set(cuts.map(checkedDay))].sort();
  const end = await historyEnd(engine);
  const late = days.find((day) => day > end);
  if (late !== undefined) {
    throw new RangeError(
      `Cannot compute features as of ${late}: the open history ends on ${end}, an earlier day is needed`,
    );
  }
  await engine.run(
    `CREATE OR REPLACE TABLE cuts AS SELECT CAST(day AS DATE) AS as_of FROM (VALUES ${days.map((day) => `('${day}')`).join(", ")}) AS t(day)`,
  );
  // The product of a line does not change with the cut.
  const lines = `SELECT o.customer_id, o.ordered_on, o.order_id, l.line_no, l.product_id, lower(trim(p.category)) AS category, p.product_type,
      l.quantity, l.amount, l.promotion_id
    FROM orders o JOIN order_lines l ON l.order_id = o.order_id LEFT JOIN products p ON p.product_id = l.product_id`;
  if (linesRead === "many") await engine.run(`CREATE OR REPLACE TABLE kept_history_lines AS ${lines}`);
  const joined = linesRead === "many" ? "SELECT * FROM kept_history_lines" : lines;
  await engine.run(`CREATE OR REPLACE VIEW history_lines AS ${joined}`);
  for (const [name, sql] of Object.entries(seenViews(returns))) {
    await engine.run(`CREATE OR REPLACE VIEW ${name} AS ${sql}`);
  }
  await engine.run(`CREATE OR REPLACE TABLE seen_customers AS
    SELECT o.as_of, o.customer_id, o.first_on, o.last_on, o.orders, o.gross, o.gross - COALESCE(r.total, 0) AS money
    FROM (SELECT as_of, customer_id, min(ordered_on) AS first_on, max(ordered_on) AS last_on, count(*) AS orders, sum(amount) AS gross
      FROM seen_orders GROUP BY as_of, customer_id) AS o
    LEFT JOIN (SELECT as_of, customer_id, -sum(amount) AS total FROM seen_money WHERE is_return GROUP BY as_of, customer_id) AS r
      ON r.as_of = o.as_of AND r.customer_id = o.customer_id`);
}

function seenViews(returns: ReturnsPolicy): Readonly<Record<string, string>> {
  const returned =
    "SELECT as_of, customer_id, returned_on AS day, -amount AS amount, true AS is_return FROM seen_returns";
  return {
    seen_orders:
      "SELECT c.as_of, o.order_id, o.customer_id, o.ordered_on, o.amount, o.store_id, o.channel FROM cuts c JOIN orders o ON o.ordered_on <= c.as_of",
    seen_lines: "SELECT c.as_of, l.* FROM cuts c JOIN history_lines l ON l.ordered_on <= c.as_of",
    seen_returns:
      "SELECT c.as_of, r.customer_id, r.returned_on, r.amount FROM cuts c JOIN returns r ON r.returned_on <= c.as_of",
    seen_contacts: `SELECT c.as_of, k.customer_id, k.sent_on, lower(trim(k.channel)) AS channel, k.promotion_id, lower(trim(k.arm)) AS arm,
        CASE WHEN k.redeemed_on <= c.as_of THEN k.redeemed_on END AS redeemed_on
      FROM cuts c JOIN contacts k ON k.sent_on <= c.as_of`,
    seen_demographics: "SELECT c.as_of, d.* FROM cuts c CROSS JOIN customers d",
    seen_money: `SELECT as_of, customer_id, ordered_on AS day, amount, false AS is_return FROM seen_orders${
      returns === "net" ? ` UNION ALL ${returned}` : ""
    }`,
  };
}
