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

/**
 * Splits orders whose id was used again, in another year or store: sales of one id that lie more than `spanDays` apart, or
 * in two stores, are orders of their own. The first keeps the id; the others get `<id>-<YYYYMMDD>`, and the store if need be.
 *
 * @param from Relation of the lines with `order_id` and `has_order_id`.
 * @returns The relation to read on, and a note if an order was split.
 * @throws {RangeError} If it is not clear which lines form an order, since they are spread over several days.
 */
export async function splitReusedOrders(
  engine: Engine,
  from: string,
  { has, timezone, spanDays }: SplitReusedOrdersOptions,
): Promise<{ readonly relation: string; readonly notes: readonly string[] }> {
  const store = has("store_id") ? "store_id" : "NULL";
  // Returns come days later under the id of their order.
  const amounts = ["quantity", "amount", "order_total"].filter(has);
  const isSale = ["has_order_id", "ordered_at IS NOT NULL", ...amounts.map((name) => `COALESCE(${name}, 1) > 0`)].join(
    " AND ",
  );
  const sales = `SELECT source_row, order_id, ${store} AS store, ordered_at FROM ${quotedIdentifier(from)} WHERE ${isSale}`;
  const reused = `SELECT order_id FROM (${sales}) AS s GROUP BY order_id
    HAVING max(ordered_at) - min(ordered_at) > INTERVAL '${spanDays} days' OR min(store) <> max(store)`;
  const [{ n }] = await engine.rows(`SELECT count(*) AS n FROM (${reused}) AS r`);
  if (!Number(n)) return { relation: from, notes: [] };
  const days = `SELECT source_row, order_id, store, @local_day(ordered_at, ${quotedText(timezone)}) AS day
    FROM (${sales}) AS s WHERE order_id IN (${reused})`;
  const gaps = `SELECT *, CASE WHEN day - lag(day) OVER (PARTITION BY order_id, store ORDER BY day, source_row) <= ${spanDays} THEN 0 ELSE 1 END AS begins FROM (${days}) AS d`;
  const numbered = `SELECT *, sum(begins) OVER (PARTITION BY order_id, store ORDER BY day, source_row) AS part FROM (${gaps}) AS g`;
  await engine.run(`CREATE OR REPLACE TABLE parts_of_orders AS ${numbered}`);
  await requireClear(engine, spanDays);
  const places = `SELECT order_id, store, part, min(day) AS day, row_number() OVER (PARTITION BY order_id ORDER BY min(day), store) AS place,
      count(*) OVER (PARTITION BY order_id, min(day)) AS alike FROM parts_of_orders GROUP BY order_id, store, part`;
  const name = `CASE WHEN place = 1 THEN order_id ELSE order_id || '-' || strftime(day, '%Y%m%d') || CASE WHEN alike > 1 THEN '-' || store ELSE '' END END`;
  await engine.run(`CREATE OR REPLACE TABLE names_of_orders AS SELECT source_row, name
    FROM parts_of_orders AS p JOIN (SELECT *, ${name} AS name FROM (${places}) AS t) AS names
    ON p.order_id = names.order_id AND p.part = names.part AND p.store IS NOT DISTINCT FROM names.store`);
  const relation = `${from}_split`;
  await engine.run(`CREATE OR REPLACE VIEW ${quotedIdentifier(relation)} AS
    SELECT l.* REPLACE (COALESCE(n.name, l.order_id) AS order_id) FROM ${quotedIdentifier(from)} AS l LEFT JOIN names_of_orders AS n ON n.source_row = l.source_row`);
  const [{ orders, id, first, last }] = await engine.rows(
    `SELECT (SELECT count(DISTINCT name) FROM names_of_orders) AS orders, order_id AS id, CAST(min(day) AS VARCHAR) AS first, CAST(max(day) AS VARCHAR) AS last
     FROM parts_of_orders GROUP BY order_id ORDER BY order_id LIMIT 1`,
  );
  const count = (value: unknown) => formatNumber(Number(value), { kind: "count" });
  return {
    relation,
    notes: [
      `orders: ${count(n)} order ${Number(n) === 1 ? "id was" : "ids were"} used again, in other ${first === last ? "stores" : "periods"}: split into ${count(orders)} orders, such as "${shownId(String(id))}" of ${first}${first === last ? "" : ` and ${last}`}`,
    ],
  };
}

/** Refuses an id whose lines are spread over days that follow each other closely. */
async function requireClear(engine: Engine, spanDays: number): Promise<void> {
  const [unclear] = await engine.rows(
    `SELECT order_id, count(DISTINCT day) AS days, CAST(min(day) AS VARCHAR) AS first, CAST(max(day) AS VARCHAR) AS last FROM parts_of_orders
     WHERE order_id IN (SELECT order_id FROM parts_of_orders GROUP BY order_id, store, part HAVING min(day) <> max(day))
     GROUP BY order_id ORDER BY order_id LIMIT 1`,
  );
  if (!unclear) return;
  throw new RangeError(
    `Cannot import "orders": order "${shownId(String(unclear["order_id"]))}" has lines on ${unclear["days"]} days, from ${unclear["first"]} to ${unclear["last"]}, more than ${spanDays} days apart; if that is one order, set "order_span_days" in "settings", if the id was used again, make it unique with "sql"`,
  );
}
