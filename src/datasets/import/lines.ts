import { type Engine, quotedIdentifier, quotedText } from "../../engine/index.js";
import type { Mapping } from "../mapping/mapping.js";
import { lineAmounts, statedNotes } from "./line-amounts.js";
import { splitReusedOrders } from "./split-reused-orders.js";

/** Optional columns of the relation `lines`, in output order. */
const optionalColumns = [
  "product_id",
  "product_name",
  "category",
  "product_type",
  "quantity",
  "unit_price",
  "discount",
  "discount_rate",
  "stated_amount",
  "store_id",
  "channel",
  "country",
  "promotion_id",
  "part",
] as const;

/** Options for {@link assembleLines}. */
export interface AssembleLinesOptions {
  readonly timezone: string;
  /** Days over which the lines of one order may be spread. */
  readonly spanDays: number;
  /** Numbers the lines of each order in `line_no`; defaults to true. */
  readonly numberLines?: boolean;
}

/**
 * Combines staged `orders` and `order_lines` into one view `lines` with one row per order line and its order's columns:
 * `source_row, order_id, line_no, customer_id, ordered_at, amount` and the optional columns of the source.
 *
 * - Rows without an order id form one order per customer and calendar day: `<customer_id>-<YYYYMMDD>`. `has_order_id` of
 *   `identified` marks them.
 * - An order id that was used again, in another year or store, is several orders ({@link splitReusedOrders}).
 * - For `amount` and `stated_amount` see {@link lineAmounts}.
 *
 * @returns Notes on excluded rows and derived ids.
 * @throws {RangeError} If an order has two different totals, its lines are spread over days, or an amount is too large.
 */
export async function assembleLines(
  engine: Engine,
  mapping: Mapping,
  { timezone, spanDays, numberLines = true }: AssembleLinesOptions,
): Promise<string[]> {
  const orderColumns = new Set(Object.keys(mapping.orders.columns));
  const lineColumns = new Set(Object.keys(mapping.order_lines?.columns ?? {}));
  const has = (name: string) => orderColumns.has(name) || lineColumns.has(name);
  const from = mapping.order_lines ? await headersAndLines(engine, orderColumns, lineColumns) : "staged_orders";
  const notes = mapping.order_lines ? await ordersWithoutLines(engine) : [];
  const day = `customer_id || '-' || strftime(@local_day(ordered_at, ${quotedText(timezone)}), '%Y%m%d')`;
  // A line of an unknown order has no customer either, so it cannot form an order.
  const empty = has("order_id") && !mapping.order_lines ? await rowsWithoutOrder(engine) : 0;
  const orderId = !has("order_id") ? day : empty ? `COALESCE(order_id, ${day})` : "order_id";
  if (empty) notes.push(`${empty} rows have no order_id: grouped into one order per customer and calendar day`);
  await engine.run(`CREATE OR REPLACE VIEW identified AS SELECT * REPLACE (${orderId} AS order_id), order_id IS NOT NULL AS has_order_id FROM (
    SELECT *${has("order_id") ? "" : ", NULL AS order_id"} FROM ${from}) AS t`);
  const split = has("order_id")
    ? await splitReusedOrders(engine, "identified", { has, timezone, spanDays })
    : { relation: "identified", notes: [] };
  notes.push(...split.notes);
  const { relation, amount, stated } = await lineAmounts(engine, split.relation, { has, mapping });
  const source = quotedIdentifier(relation);
  const optional = optionalColumns.filter((name) => (name === "stated_amount" ? stated !== undefined : has(name)));
  const selected = optional.map(
    (name) => `, ${name === "stated_amount" ? `${stated} AS ` : ""}${quotedIdentifier(name)}`,
  );
  // Lines are numbered in a separate query: a window would sort every column.
  const numbers = `JOIN (SELECT source_row, CAST(row_number() OVER (PARTITION BY order_id ORDER BY source_row) AS INTEGER) AS line_no
      FROM ${source}) AS n USING (source_row)`;
  await engine.run(`CREATE OR REPLACE VIEW lines AS
    SELECT source_row, order_id, ${numberLines ? "n.line_no, " : ""}customer_id, ordered_at,
      @money(${amount}) AS amount${selected.join("")}
    FROM ${source} ${numberLines ? numbers : ""}`);
  notes.push(...(await statedNotes(engine, { has, mapping })));
  return notes;
}

async function headersAndLines(engine: Engine, orderColumns: Set<string>, lineColumns: Set<string>): Promise<string> {
  const fromLines = [...lineColumns].filter((name) => name !== "line_no").map((name) => `l.${quotedIdentifier(name)}`);
  const fromOrders = [...orderColumns]
    .filter((name) => !lineColumns.has(name))
    .map((name) => `o.${quotedIdentifier(name)}`);
  await engine.run(`CREATE OR REPLACE VIEW header_lines AS
    SELECT l.source_row, ${[...fromLines, ...fromOrders].join(", ")} FROM staged_order_lines l LEFT JOIN staged_orders o ON o.order_id = l.order_id`);
  return "header_lines";
}

async function rowsWithoutOrder(engine: Engine): Promise<number> {
  const [{ n }] = await engine.rows(
    "SELECT count(*) AS n FROM staged_orders WHERE order_id IS NULL AND customer_id IS NOT NULL AND ordered_at IS NOT NULL",
  );
  return Number(n);
}

async function ordersWithoutLines(engine: Engine): Promise<string[]> {
  const [{ n }] = await engine.rows(
    "SELECT count(*) AS n FROM staged_orders o LEFT JOIN (SELECT DISTINCT order_id FROM staged_order_lines) l ON l.order_id = o.order_id WHERE l.order_id IS NULL",
  );
  return n ? [`${n} orders without lines: excluded`] : [];
}
