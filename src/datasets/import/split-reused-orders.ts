import { type Engine, quotedIdentifier, quotedText } from "../../engine/index.js";
import { formatNumber } from "../../table/index.js";
import { shownId } from "../../text/index.js";

/** Options for {@link splitReusedOrders}. */
export interface SplitReusedOrdersOptions {
  readonly has: (name: string) => boolean;
  readonly timezone: string;
  /** Days over which the lines of one order may be spread. */
  readonly spanDays: number;
}

/** Days after which lines of one customer are no late delivery of the same order. */
const LATE_DAYS = 30;

/**
 * Splits orders whose id was used again, in another year or store: sales of one id that lie more than `spanDays` apart, or
 * in two stores, are orders of their own. The first keeps the id; the others get `<id>-<YYYYMMDD>`, and the store if need be.
 * What is no sale, such as a return or a discount, goes to the latest order of its customer before it.
 *
 * @param from Relation of the lines with `order_id` and `has_order_id`.
 * @returns The relation to read on, and a note if an order was split.
 * @throws {RangeError} If it is not clear which lines form an order: they are spread over several days, or one customer has
 *   others within a month or on the same day in another store.
 */
export async function splitReusedOrders(
  engine: Engine,
  from: string,
  { has, timezone, spanDays }: SplitReusedOrdersOptions,
): Promise<{ readonly relation: string; readonly notes: readonly string[] }> {
  const store = has("store_id") ? "store_id" : "CAST(NULL AS VARCHAR)";
  // Returns come days later under the id of their order.
  const amounts = ["quantity", "amount", "order_total"].filter(has);
  const isSale = amounts.map((name) => `COALESCE(${name}, 1) > 0`).join(" AND ") || "true";
  const lines = `SELECT source_row, order_id, customer_id, ${store} AS store, ordered_at, ${isSale} AS is_sale
    FROM ${quotedIdentifier(from)} WHERE has_order_id AND ordered_at IS NOT NULL`;
  const reused = `SELECT order_id FROM (${lines}) AS s WHERE is_sale GROUP BY order_id
    HAVING max(ordered_at) - min(ordered_at) > INTERVAL '${spanDays} days' OR min(store) <> max(store)`;
  const [{ n }] = await engine.rows(`SELECT count(*) AS n FROM (${reused}) AS r`);
  if (!Number(n)) return { relation: from, notes: [] };
  await engine.run(`CREATE OR REPLACE TABLE lines_of_reused AS
    SELECT source_row, order_id, customer_id, store, is_sale, @local_day(ordered_at, ${quotedText(timezone)}) AS day
    FROM (${lines}) AS s WHERE order_id IN (${reused})`);
  await numberParts(engine, spanDays);
  await requireClear(engine, spanDays);
  await nameParts(engine);
  const relation = `${from}_split`;
  await engine.run(`CREATE OR REPLACE VIEW ${quotedIdentifier(relation)} AS
    SELECT l.* REPLACE (COALESCE(n.name, l.order_id) AS order_id) FROM ${quotedIdentifier(from)} AS l LEFT JOIN names_of_orders AS n ON n.source_row = l.source_row`);
  return { relation, notes: [await note(engine, Number(n))] };
}

/** Makes `parts_of_orders`: the sales of reused ids with the number of their part, per id and store. */
async function numberParts(engine: Engine, spanDays: number): Promise<void> {
  const before = "lag(day) OVER (PARTITION BY order_id, store ORDER BY day, source_row)";
  const gaps = `SELECT *, CASE WHEN day - ${before} <= ${spanDays} THEN 0 ELSE 1 END AS begins FROM lines_of_reused WHERE is_sale`;
  await engine.run(`CREATE OR REPLACE TABLE parts_of_orders AS
    SELECT *, sum(begins) OVER (PARTITION BY order_id, store ORDER BY day, source_row) AS part FROM (${gaps}) AS g`);
}

/** Makes `names_of_orders`: the order of every line. */
async function nameParts(engine: Engine): Promise<void> {
  const places = `SELECT order_id, store, part, min(day) AS day, row_number() OVER (PARTITION BY order_id ORDER BY min(day), store) AS place,
      count(*) OVER (PARTITION BY order_id, min(day)) AS alike FROM parts_of_orders GROUP BY order_id, store, part`;
  const name = `CASE WHEN place = 1 THEN order_id ELSE order_id || '-' || strftime(day, '%Y%m%d') || CASE WHEN alike > 1 THEN '-' || store ELSE '' END END`;
  await engine.run(`CREATE OR REPLACE TABLE names_of_sales AS SELECT p.*, name
    FROM parts_of_orders AS p JOIN (SELECT *, ${name} AS name FROM (${places}) AS t) AS names
    ON p.order_id = names.order_id AND p.part = names.part AND p.store IS NOT DISTINCT FROM names.store`);
  await engine.run(`CREATE OR REPLACE TABLE names_of_orders AS SELECT source_row, name FROM names_of_sales
    UNION ALL SELECT l.source_row, arg_max(s.name, s.day) AS name FROM lines_of_reused AS l JOIN names_of_sales AS s
      ON s.order_id = l.order_id AND s.customer_id IS NOT DISTINCT FROM l.customer_id AND s.day <= l.day
    WHERE NOT l.is_sale GROUP BY l.source_row`);
}

/** Refuses an id whose lines may be one order: on days that follow each other, or of one customer within a month. */
async function requireClear(engine: Engine, spanDays: number): Promise<void> {
  const spread = "SELECT order_id FROM parts_of_orders GROUP BY order_id, store, part HAVING min(day) <> max(day)";
  const sameCustomer = `SELECT a.order_id FROM parts_of_orders AS a JOIN parts_of_orders AS b
    ON a.order_id = b.order_id AND a.customer_id = b.customer_id AND (a.part, COALESCE(a.store, '')) <> (b.part, COALESCE(b.store, ''))
    WHERE abs(a.day - b.day) <= ${LATE_DAYS}`;
  const [unclear] = await engine.rows(
    `SELECT order_id, CAST(min(day) AS VARCHAR) AS first, CAST(max(day) AS VARCHAR) AS last FROM parts_of_orders
     WHERE order_id IN (${spread} UNION ALL ${sameCustomer}) GROUP BY order_id ORDER BY order_id LIMIT 1`,
  );
  if (!unclear) return;
  const { first, last } = unclear;
  const where =
    first === last ? `in two stores on ${first}` : `from ${first} to ${last}, more than ${spanDays} days apart`;
  throw new RangeError(
    `Cannot import "orders": order "${shownId(String(unclear["order_id"]))}" has lines ${where}; if that is one order, set "order_span_days" in "settings" or leave out "store_id", if the id was used again, make it unique with "sql"`,
  );
}

async function note(engine: Engine, ids: number): Promise<string> {
  const [{ orders, id, first, last }] = await engine.rows(
    `SELECT (SELECT count(DISTINCT name) FROM names_of_sales) AS orders, order_id AS id, CAST(min(day) AS VARCHAR) AS first, CAST(max(day) AS VARCHAR) AS last
     FROM parts_of_orders GROUP BY order_id ORDER BY order_id LIMIT 1`,
  );
  const count = (value: unknown) => formatNumber(Number(value), { kind: "count" });
  const days = first === last ? `${first}` : `${first} and ${last}`;
  return `orders: ${count(ids)} order ${ids === 1 ? "id was" : "ids were"} used again, in other ${first === last ? "stores" : "periods"}: split into ${count(orders)} orders, such as "${shownId(String(id))}" of ${days}`;
}
