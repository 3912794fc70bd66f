import { type Engine, quotedIdentifier, quotedText } from "../../engine/index.js";
import { assertUnreachable } from "../../errors.js";
import { shownId } from "../../text/index.js";
import type { Mapping } from "../mapping/mapping.js";

/** Quantity x price, exact: DuckDB keeps 18 digits in a product of two 18-digit decimals, and 38 of longer ones. */
const PRODUCT = "CAST(quantity AS DECIMAL(19, 4)) * CAST(unit_price AS DECIMAL(19, 4))";

/** Amounts are below this: they have 14 digits before the point. */
const LARGEST_AMOUNT = 1e14;

/** Optional columns of the relation `lines`, in output order. */
const optionalColumns = [
  "product_id",
  "product_name",
  "category",
  "product_type",
  "quantity",
  "unit_price",
  "discount",
  "stated_amount",
  "store_id",
  "channel",
  "country",
  "promotion_id",
  "part",
] as const;

/**
 * Combines staged `orders` and `order_lines` into one view `lines` with one row per order line and its order's columns:
 * `source_row, order_id, line_no, customer_id, ordered_at, amount` and the optional columns of the source.
 *
 * - Rows without an order id form one order per customer and calendar day: `<customer_id>-<YYYYMMDD>`. `has_order_id` of
 *   `identified` marks them.
 * - `amount` is the mapped amount, or quantity x unit_price minus the discount, or the order total in equal parts (the
 *   first line takes the remainder, so that the parts sum exactly to the total).
 *
 * @param numberLines Numbers the lines of each order in `line_no`; defaults to true.
 * @returns Notes on excluded rows and derived ids.
 * @throws {RangeError} If an order has two different totals, or quantity x unit_price is too large.
 */
export async function assembleLines(
  engine: Engine,
  mapping: Mapping,
  { timezone, numberLines = true }: { timezone: string; numberLines?: boolean },
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
  const optional = optionalColumns.filter(has).map(quotedIdentifier);
  await engine.run(`CREATE OR REPLACE VIEW identified AS SELECT * REPLACE (${orderId} AS order_id), order_id IS NOT NULL AS has_order_id FROM (
    SELECT *${has("order_id") ? "" : ", NULL AS order_id"} FROM ${from}) AS t`);
  if (amountKind(has) === "order total") await requireOneTotal(engine);
  if (amountKind(has) === "price") await requireAmountsFit(engine, (mapping.order_lines ?? mapping.orders).file);
  // Lines are numbered in a separate query: a window would sort every column.
  const numbers = `JOIN (SELECT source_row, CAST(row_number() OVER (PARTITION BY order_id ORDER BY source_row) AS INTEGER) AS line_no
      FROM identified) AS n USING (source_row)`;
  await engine.run(`CREATE OR REPLACE VIEW lines AS
    SELECT source_row, order_id, ${numberLines ? "n.line_no, " : ""}customer_id, ordered_at,
      @money(${amountExpression(has)}) AS amount${optional.map((name) => `, ${name}`).join("")}
    FROM identified ${numberLines ? numbers : ""}`);
  return notes;
}

function amountKind(has: (name: string) => boolean): "amount" | "price" | "day total" | "order total" {
  if (has("amount")) return "amount";
  if (has("unit_price") && has("quantity")) return "price";
  return has("order_id") ? "order total" : "day total";
}

function amountExpression(has: (name: string) => boolean): string {
  const kind = amountKind(has);
  switch (kind) {
    case "amount":
      return "amount";
    case "price":
      return `${PRODUCT}${has("discount") ? " - COALESCE(discount, 0)" : ""}`;
    case "day total":
      return "order_total";
    case "order total": {
      // Rows without an order id keep their own totals.
      const n = "count(*) OVER (PARTITION BY order_id)";
      const total = "max(order_total) OVER (PARTITION BY order_id)";
      const share = `@money(${total} / ${n})`;
      return `CASE WHEN NOT has_order_id THEN order_total
        WHEN row_number() OVER (PARTITION BY order_id ORDER BY source_row) = 1 THEN ${total} - ${share} * (${n} - 1)
        ELSE ${share} END`;
    }
    default:
      return assertUnreachable(kind, "kind of amount");
  }
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

async function requireAmountsFit(engine: Engine, file: string): Promise<void> {
  const [large] = await engine.rows(
    `SELECT source_row, @number(quantity) AS quantity, @number(unit_price) AS unit_price FROM identified
     WHERE abs(@number(quantity) * @number(unit_price)) >= ${LARGEST_AMOUNT} ORDER BY source_row LIMIT 1`,
  );
  if (!large) return;
  throw new RangeError(
    `Cannot import "${file}": row ${large["source_row"]}: quantity is ${large["quantity"]} and unit_price is ${large["unit_price"]}; expected an amount below ${LARGEST_AMOUNT}, so correct the row`,
  );
}

async function requireOneTotal(engine: Engine): Promise<void> {
  const [conflict] = await engine.rows(
    `SELECT order_id, min(order_total) AS a, max(order_total) AS b FROM identified WHERE has_order_id
     GROUP BY order_id HAVING min(order_total) <> max(order_total) ORDER BY order_id LIMIT 1`,
  );
  if (conflict) {
    throw new RangeError(
      `Cannot import "orders": order "${shownId(String(conflict["order_id"]))}" has the totals ${conflict["a"]} and ${conflict["b"]}; expected one total per order`,
    );
  }
}
