import type { ReturnsPolicy } from "../returns-policy.js";
import type { Relations } from "./relations.js";

/**
 * Creates what feature SQL reads: the views `seen_*`, one copy of the past per day of the table `cuts`. A row carries
 * `as_of` and nothing in it happened later. {@link standAt} sets the days.
 */
export async function createSeen(relations: Relations, returns: ReturnsPolicy): Promise<void> {
  const { seen, seenName, keptName } = relations;
  await seen.run(`CREATE TABLE ${seenName("cuts")} (as_of DATE)`);
  // The product of a line does not change with the cut.
  await seen.run(`CREATE VIEW ${keptName("joined_lines")} AS
    SELECT o.customer_id, o.ordered_on, o.order_id, l.line_no, l.product_id, lower(trim(p.category)) AS category, p.product_type,
      l.quantity, l.amount, l.promotion_id
    FROM ${seenName("orders")} o JOIN ${seenName("order_lines")} l ON l.order_id = o.order_id
    LEFT JOIN ${seenName("products")} p ON p.product_id = l.product_id`);
  await createLines(relations, "joined_lines");
  for (const [name, sql] of Object.entries(seenViews(relations, returns))) {
    await seen.run(`CREATE VIEW ${seenName(name)} AS ${sql}`);
  }
}

/** The views of {@link createSeen}, and `seen_customers`, which has one row per customer and cut with an order by then. */
export const seenRelations = [
  "cuts",
  "seen_orders",
  "seen_lines",
  "seen_returns",
  "seen_contacts",
  "seen_demographics",
  "seen_money",
  "seen_customers",
];

/** Sets the days as of which `seen_*` are read. */
export async function standAt({ seen, seenName }: Relations, days: readonly string[]): Promise<void> {
  await seen.run(`CREATE OR REPLACE TABLE ${seenName("cuts")} AS
    SELECT CAST(day AS DATE) AS as_of FROM (VALUES ${days.map((day) => `('${day}')`).join(", ")}) AS t(day)`);
  await seen.run(`CREATE OR REPLACE TABLE ${seenName("seen_customers")} AS
    SELECT o.as_of, o.customer_id, o.first_on, o.last_on, o.orders, o.gross, o.gross - COALESCE(r.total, 0) AS money
    FROM (SELECT as_of, customer_id, min(ordered_on) AS first_on, max(ordered_on) AS last_on, count(*) AS orders, sum(amount) AS gross
      FROM seen_orders GROUP BY as_of, customer_id) AS o
    LEFT JOIN (SELECT as_of, customer_id, -sum(amount) AS total FROM seen_money WHERE is_return GROUP BY as_of, customer_id) AS r
      ON r.as_of = o.as_of AND r.customer_id = o.customer_id`);
}

/** Joins lines and products once, for `seen_lines` to be read many times. */
export async function keepLines(relations: Relations): Promise<void> {
  const { seen, keptName } = relations;
  await seen.run(`CREATE TABLE ${keptName("kept_lines")} AS SELECT * FROM ${keptName("joined_lines")}`);
  await createLines(relations, "kept_lines");
}

async function createLines({ seen, keptName }: Relations, from: string): Promise<void> {
  await seen.run(`CREATE OR REPLACE VIEW ${keptName("lines")} AS SELECT * FROM ${keptName(from)}`);
}

function seenViews({ seenName, keptName }: Relations, returns: ReturnsPolicy): Readonly<Record<string, string>> {
  const cuts = `${seenName("cuts")} c`;
  const returned = `SELECT as_of, customer_id, returned_on AS day, -amount AS amount, true AS is_return FROM ${seenName("seen_returns")}`;
  return {
    seen_orders: `SELECT c.as_of, o.order_id, o.customer_id, o.ordered_on, o.amount, o.store_id, o.channel
      FROM ${cuts} JOIN ${seenName("orders")} o ON o.ordered_on <= c.as_of`,
    seen_lines: `SELECT c.as_of, l.* FROM ${cuts} JOIN ${keptName("lines")} l ON l.ordered_on <= c.as_of`,
    seen_returns: `SELECT c.as_of, r.customer_id, r.returned_on, r.amount
      FROM ${cuts} JOIN ${seenName("returns")} r ON r.returned_on <= c.as_of`,
    seen_contacts: `SELECT c.as_of, k.customer_id, k.sent_on, lower(trim(k.channel)) AS channel, k.promotion_id, lower(trim(k.arm)) AS arm,
        CASE WHEN k.redeemed_on <= c.as_of THEN k.redeemed_on END AS redeemed_on
      FROM ${cuts} JOIN ${seenName("contacts")} k ON k.sent_on <= c.as_of`,
    seen_demographics: `SELECT c.as_of, d.* FROM ${cuts} CROSS JOIN ${seenName("customers")} d`,
    seen_money: `SELECT as_of, customer_id, ordered_on AS day, amount, false AS is_return FROM ${seenName("seen_orders")}${
      returns === "net" ? ` UNION ALL ${returned}` : ""
    }`,
  };
}
