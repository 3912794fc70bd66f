import type { DatasetSettings } from "../datasets/index.js";
import { type Engine, quotedIdentifier, quotedText } from "../engine/index.js";
import { maskedValue, shownId } from "../text/index.js";
import { checkContract } from "./check-contract.js";

/** Query of a trusted table, and its sort columns. */
export interface TrustedQuery {
  readonly name: string;
  readonly sql: string;
  readonly order: string;
}

/** Options for the trusted tables. */
export interface TrustedTablesOptions {
  /** Time zone of calendar days, and the customer columns for the separate table `protected`. */
  readonly settings: Pick<DatasetSettings, "timezone" | "protected">;
  /** Other tables of the source, already cleaned as `clean_<name>`. */
  readonly others: readonly string[];
}

/**
 * Returns the canonical tables as queries over `clean_lines`, `returned_lines` and the other cleaned tables. Without line
 * numbers in the source, the tables have none.
 *
 * @throws {RangeError} If a required value is missing, or one order belongs to two customers.
 */
export async function trustedTables(
  engine: Engine,
  { settings, others }: TrustedTablesOptions,
): Promise<TrustedQuery[]> {
  const lines = await columnSet(engine, "clean_lines");
  const zone = quotedText(settings.timezone);
  await checkContract(engine, others);
  await oneCustomerPerOrder(engine);
  const tables: TrustedQuery[] = [
    { name: "orders", sql: ordersSql(lines, zone), order: "order_id" },
    { name: "order_lines", sql: orderLinesSql(lines), order: "order_id, line_no" },
    { name: "returns", sql: await returnsSql(engine, lines, zone, others), order: "return_id, line_no" },
  ];
  const products = others.includes("products") ? await givenProducts(engine) : derivedProducts(lines);
  if (products) tables.push({ name: "products", sql: products, order: "product_id" });
  if (others.includes("customers")) {
    const columns = [...(await columnSet(engine, "clean_customers"))].filter((name) => name !== "source_row");
    tables.push(...customerTables("SELECT * FROM clean_customers", columns, settings.protected));
  } else if (lines.has("country")) {
    const columns = ["customer_id", "country"];
    tables.push(...customerTables(mostFrequent("customer_id", ["country"]), columns, settings.protected));
  }
  for (const name of ["stores", "promotions"].filter((table) => others.includes(table))) {
    tables.push({ name, sql: `SELECT * EXCLUDE (source_row) FROM clean_${name}`, order: `${name.slice(0, -1)}_id` });
  }
  if (others.includes("contacts")) {
    tables.push({
      name: "contacts",
      sql: contactsSql(await columnSet(engine, "clean_contacts"), zone),
      order: "contact_id",
    });
  }
  return tables;
}

async function columnSet(engine: Engine, table: string): Promise<Set<string>> {
  return new Set((await engine.describe(`SELECT * FROM ${quotedIdentifier(table)}`)).map(({ name }) => name));
}

/** Returns the queries of customers and of their protected columns. */
function customerTables(from: string, columns: readonly string[], protectedColumns: readonly string[]): TrustedQuery[] {
  const isHidden = (name: string) => name !== "customer_id" && protectedColumns.includes(name);
  const select = (names: readonly string[]) => `SELECT ${names.map(quotedIdentifier).join(", ")} FROM (${from}) AS t`;
  const order = "customer_id";
  const customers = { name: "customers", sql: select(columns.filter((name) => !isHidden(name))), order };
  const hidden = protectedColumns.filter((name) => columns.includes(name) && isHidden(name));
  return hidden.length
    ? [customers, { name: "protected", sql: select(["customer_id", ...hidden]), order }]
    : [customers];
}

async function oneCustomerPerOrder(engine: Engine): Promise<void> {
  const [shared] = await engine.rows(
    "SELECT order_id, min(customer_id) AS a, max(customer_id) AS b FROM clean_lines GROUP BY order_id HAVING min(customer_id) <> max(customer_id) ORDER BY order_id LIMIT 1",
  );
  if (shared) {
    throw new RangeError(
      `Cannot clean: order "${shownId(String(shared["order_id"]))}" belongs to the customers "${maskedValue(String(shared["a"]))}" and "${maskedValue(String(shared["b"]))}"; expected one customer per order`,
    );
  }
}

function ordersSql(lines: ReadonlySet<string>, zone: string): string {
  const optional = ["stated_amount", "store_id", "channel", "promotion_id"].filter((name) => lines.has(name));
  return `SELECT order_id, min(customer_id) AS customer_id, min(ordered_at) AS ordered_at,
      @local_day(min(ordered_at), ${zone}) AS ordered_on, @money(sum(amount)) AS amount${optional.map((name) => `, min(${name}) AS ${name}`).join("")}
    FROM clean_lines GROUP BY order_id`;
}

function orderLinesSql(lines: ReadonlySet<string>): string {
  const columns = ["order_id", "line_no", "amount", "product_id", "quantity", "unit_price", "discount", "promotion_id"];
  return `SELECT ${columns.filter((name) => lines.has(name)).join(", ")} FROM clean_lines`;
}

/** Returns the query of returns, with positive amounts and quantities. */
async function returnsSql(
  engine: Engine,
  lines: ReadonlySet<string>,
  zone: string,
  others: readonly string[],
): Promise<string> {
  const given = others.includes("returns") ? await columnSet(engine, "clean_returns") : new Set<string>();
  const part = (has: ReadonlySet<string>, orderId: string) =>
    [
      has.has("product_id") ? "product_id" : "NULL AS product_id",
      has.has("quantity") ? "abs(quantity) AS quantity" : "NULL AS quantity",
      `${orderId} AS order_id`,
    ].join(", ");
  const numbered = lines.has("line_no");
  // The cancelled order is unknown.
  const parts = [
    `SELECT order_id AS return_id, ${numbered ? "line_no" : "NULL AS line_no"}, customer_id, ordered_at AS returned_at, @money(abs(amount)) AS amount, ${part(lines, "NULL")} FROM returned_lines`,
  ];
  if (others.includes("returns")) {
    const lineNo = given.has("line_no")
      ? "CAST(line_no AS INTEGER)"
      : "CAST(row_number() OVER (PARTITION BY return_id ORDER BY source_row) AS INTEGER)";
    const orderId = given.has("order_id") ? "order_id" : "NULL";
    parts.push(
      `SELECT return_id, ${lineNo} AS line_no, customer_id, returned_at, @money(abs(amount)) AS amount, ${part(given, orderId)} FROM clean_returns`,
    );
  }
  return `SELECT return_id, ${numbered ? "line_no, " : ""}customer_id, returned_at, @local_day(returned_at, ${zone}) AS returned_on, amount,
      CAST(product_id AS VARCHAR) AS product_id, CAST(quantity AS DECIMAL(18, 4)) AS quantity${given.has("order_id") ? ", CAST(order_id AS VARCHAR) AS order_id" : ""}
    FROM (${parts.join(" UNION ALL ")}) AS t`;
}

async function givenProducts(engine: Engine): Promise<string> {
  const columns = await columnSet(engine, "clean_products");
  // Without product types, categories are used.
  const type = columns.has("product_type") ? "" : columns.has("category") ? ", category AS product_type" : "";
  return `SELECT * EXCLUDE (source_row)${type} FROM clean_products`;
}

function derivedProducts(lines: ReadonlySet<string>): string | undefined {
  const columns = ["product_name", "category", "product_type"].filter((name) => lines.has(name));
  return lines.has("product_id") && columns.length ? mostFrequent("product_id", columns) : undefined;
}

/** Returns SQL of the most frequent value of each column per key; ties are broken alphabetically. */
function mostFrequent(key: string, columns: readonly string[]): string {
  const values = columns.map(
    (
      name,
    ) => `LEFT JOIN (SELECT ${key}, ${name} FROM (SELECT ${key}, ${name}, row_number() OVER (PARTITION BY ${key} ORDER BY n DESC, ${name}) AS place
      FROM (SELECT ${key}, ${name}, count(*) AS n FROM clean_lines WHERE ${name} IS NOT NULL GROUP BY ${key}, ${name}) AS c) AS r WHERE place = 1) AS by_${name} USING (${key})`,
  );
  return `SELECT ${key}, ${columns.join(", ")} FROM (SELECT DISTINCT ${key} FROM clean_lines WHERE ${key} IS NOT NULL) AS keys ${values.join(" ")}`;
}

function contactsSql(columns: ReadonlySet<string>, zone: string): string {
  const id = columns.has("contact_id") ? "contact_id" : "CAST(row_number() OVER (ORDER BY source_row) AS VARCHAR)";
  const optional = ["channel", "promotion_id", "arm", "redeemed_at", "order_id"].filter((name) => columns.has(name));
  const redeemed = columns.has("redeemed_at") ? `, @local_day(redeemed_at, ${zone}) AS redeemed_on` : "";
  return `SELECT ${id} AS contact_id, customer_id, sent_at, @local_day(sent_at, ${zone}) AS sent_on${optional.map((name) => `, ${name}`).join("")}${redeemed}
    FROM clean_contacts`;
}
