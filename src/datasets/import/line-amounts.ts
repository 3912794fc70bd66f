import { type Engine, quotedIdentifier } from "../../engine/index.js";
import { formatNumber } from "../../table/index.js";
import { shownId } from "../../text/index.js";
import type { Mapping } from "../mapping/mapping.js";

/** Quantity x price, exact: DuckDB keeps 18 digits in a product of two 18-digit decimals, and 38 of longer ones. */
const PRODUCT = "CAST(quantity AS DECIMAL(19, 4)) * CAST(unit_price AS DECIMAL(19, 4))";

/** Amounts are below this: they have 14 digits before the point. */
const LARGEST_AMOUNT = 1e14;

/** The columns of a mapping that make up the amounts of lines. */
export interface AmountColumns {
  has(name: string): boolean;
  readonly mapping: Mapping;
}

/** SQL of the amounts of lines. */
export interface LineAmounts {
  /** Relation over which the SQL is. */
  readonly relation: string;
  readonly amount: string;
  /** The total that the order states as well, if it does. */
  readonly stated: string | undefined;
}

/**
 * Returns SQL of the amount of a line over the relation `from`, and of the total that its order states as well.
 *
 * - The amount is mapped, or quantity x unit_price less the discount, or the order total in equal parts (the first line
 *   takes the remainder, so that the parts sum exactly to the total).
 * - A total beside amounts of lines is stated, not summed; with `"order_amount": "stated"` the lines share it in
 *   proportion to their amounts, exactly as above.
 *
 * @throws {RangeError} If an order has two different totals, quantity x unit_price is too large, or discounts look like
 *   shares.
 */
export async function lineAmounts(engine: Engine, from: string, { has, mapping }: AmountColumns): Promise<LineAmounts> {
  const own = ownAmount(has);
  const { file } = mapping.order_lines ?? mapping.orders;
  if (own === undefined) {
    if (!has("order_id")) return { relation: from, amount: "order_total", stated: statedColumn(has) };
    await requireOneTotal(engine, from, "order_total");
    return { relation: from, amount: sharedTotal(), stated: statedColumn(has) };
  }
  if (has("order_total") && has("stated_amount")) {
    throw new SyntaxError(
      `Cannot import "${file}": the mapping has "order_total" and "stated_amount" beside the amounts of lines; map one of them`,
    );
  }
  if (!has("amount")) {
    await requireAmountsFit(engine, from, file);
    if (has("discount")) await requireMoney(engine, from, { file, mapping });
    if (has("discount_rate")) await requireShares(engine, from, file);
  }
  const stated = has("order_total") ? "order_total" : statedColumn(has);
  if (mapping.orders.order_amount !== "stated") return { relation: from, amount: own, stated };
  if (stated === undefined) {
    throw new SyntaxError(
      `Cannot import "${file}": "order_amount" is "stated", but the mapping has no total of orders; map "order_total"`,
    );
  }
  await requireOneTotal(engine, from, stated);
  const relation = `${from}_shared`;
  await engine.run(
    `CREATE OR REPLACE VIEW ${quotedIdentifier(relation)} AS SELECT *, @money(${proportionalPart(own, stated)}) AS share FROM ${quotedIdentifier(from)}`,
  );
  const remainder = `max(${stated}) OVER (PARTITION BY order_id) - sum(share) OVER (PARTITION BY order_id)`;
  return {
    relation,
    amount: `share + CASE WHEN has_order_id AND ${FIRST} THEN COALESCE(${remainder}, 0) ELSE 0 END`,
    stated,
  };
}

/**
 * Says by how much the totals that orders state differ from the sum of their lines.
 *
 * @returns No note if they do not, or if the totals count.
 */
export async function statedNotes(engine: Engine, { has, mapping }: AmountColumns): Promise<string[]> {
  if (ownAmount(has) === undefined || !has("order_total") || mapping.orders.order_amount === "stated") return [];
  const [row] = await engine.rows(
    `SELECT count(*) FILTER (WHERE difference <> 0) AS orders, @number(COALESCE(sum(difference), 0)) AS difference
     FROM (SELECT max(stated_amount) - sum(amount) AS difference FROM lines GROUP BY order_id) AS t`,
  );
  const orders = Number(row["orders"]);
  if (!orders) return [];
  const format = (value: number, digits: number) => formatNumber(value, { kind: "number", digits });
  return [
    `orders: the totals of ${format(orders, 0)} ${orders === 1 ? "order differs" : "orders differ"} from the sum of the lines, by ${format(Number(row["difference"]), 2)} in all (such as shipping, tax, discounts of orders); amounts are those of the lines, unless the mapping says "order_amount": "stated"`,
  ];
}

function statedColumn(has: AmountColumns["has"]): string | undefined {
  return has("stated_amount") ? "stated_amount" : undefined;
}

/** SQL of the amount that a line has of its own. */
function ownAmount(has: AmountColumns["has"]): string | undefined {
  if (has("amount")) return "amount";
  if (!has("unit_price") || !has("quantity")) return undefined;
  const rate = has("discount_rate") ? " * (1 - COALESCE(discount_rate, 0))" : "";
  return `${PRODUCT}${rate}${has("discount") ? " - COALESCE(discount, 0)" : ""}`;
}

const FIRST = "row_number() OVER (PARTITION BY order_id ORDER BY source_row) = 1";

/** SQL of the total of an order in equal parts. Rows without an order id keep their own totals. */
function sharedTotal(): string {
  const n = "count(*) OVER (PARTITION BY order_id)";
  const total = "max(order_total) OVER (PARTITION BY order_id)";
  const share = `@money(${total} / ${n})`;
  return `CASE WHEN NOT has_order_id THEN order_total WHEN ${FIRST} THEN ${total} - ${share} * (${n} - 1) ELSE ${share} END`;
}

/** SQL of a line's part of the total of its order, in proportion to the amounts of its lines, or in equal parts if they sum to zero. */
function proportionalPart(own: string, stated: string): string {
  const total = `max(${stated}) OVER (PARTITION BY order_id)`;
  const sum = `sum(${own}) OVER (PARTITION BY order_id)`;
  const n = "count(*) OVER (PARTITION BY order_id)";
  return `CASE WHEN NOT has_order_id THEN COALESCE(${stated}, ${own}) WHEN ${total} IS NULL THEN ${own} WHEN ${sum} = 0 THEN ${total} / ${n} ELSE CAST(${own} AS DOUBLE) * ${total} / ${sum} END`;
}

async function requireAmountsFit(engine: Engine, from: string, file: string): Promise<void> {
  const [large] = await engine.rows(
    `SELECT source_row, @number(quantity) AS quantity, @number(unit_price) AS unit_price FROM ${quotedIdentifier(from)}
     WHERE abs(@number(quantity) * @number(unit_price)) >= ${LARGEST_AMOUNT} ORDER BY source_row LIMIT 1`,
  );
  if (!large) return;
  throw new RangeError(
    `Cannot import "${file}": row ${large["source_row"]}: quantity is ${large["quantity"]} and unit_price is ${large["unit_price"]}; expected an amount below ${LARGEST_AMOUNT}, so correct the row`,
  );
}

/** Refuses discounts of which all are shares of one, unless SQL says that they are money. */
async function requireMoney(
  engine: Engine,
  from: string,
  { file, mapping }: { readonly file: string; readonly mapping: Mapping },
): Promise<void> {
  const source = mapping.order_lines?.columns["discount"] ?? mapping.orders.columns["discount"];
  if (typeof source !== "string") return;
  const [row] = await engine.rows(
    `SELECT @number(min(discount)) AS least, @number(max(discount)) AS most FROM ${quotedIdentifier(from)} WHERE discount <> 0`,
  );
  if (row["least"] === null || !(Number(row["least"]) > 0 && Number(row["most"]) <= 1)) return;
  throw new RangeError(
    `Cannot import "${file}": every discount is between 0 and 1, such as ${row["most"]}; map it as "discount_rate" if it is a share of the price, or as {"sql": …} if it is money`,
  );
}

async function requireShares(engine: Engine, from: string, file: string): Promise<void> {
  const [wrong] = await engine.rows(
    `SELECT source_row, @number(discount_rate) AS rate FROM ${quotedIdentifier(from)}
     WHERE discount_rate < 0 OR discount_rate > 1 ORDER BY source_row LIMIT 1`,
  );
  if (!wrong) return;
  throw new RangeError(
    `Cannot import "${file}": row ${wrong["source_row"]}: discount_rate is ${wrong["rate"]}; expected a share in [0, 1], so map percentages as {"sql": "rate / 100"}`,
  );
}

async function requireOneTotal(engine: Engine, from: string, column: string): Promise<void> {
  const [conflict] = await engine.rows(
    `SELECT order_id, min(${column}) AS a, max(${column}) AS b FROM ${quotedIdentifier(from)} WHERE has_order_id
     GROUP BY order_id HAVING min(${column}) <> max(${column}) ORDER BY order_id LIMIT 1`,
  );
  if (conflict) {
    throw new RangeError(
      `Cannot import "orders": order "${shownId(String(conflict["order_id"]))}" has the totals ${conflict["a"]} and ${conflict["b"]}; expected one total per order`,
    );
  }
}
