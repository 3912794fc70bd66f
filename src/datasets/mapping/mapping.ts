import { sourceContract, type TableName } from "../import/contract.js";
import { checkOptions, hint, isRecord } from "./mapping-checks.js";

/** Source of a canonical column: a source column, or an SQL expression over the source's text columns. */
export type ColumnSource = string | { readonly sql: string };

/** Options for reading a source file that override automatic detection. */
export interface FileOptions {
  readonly delimiter?: string;
  readonly encoding?: "utf-8" | "latin-1";
  /** Names of the columns of a file without a header line. */
  readonly header?: readonly string[];
  /** Sheets of a workbook to read; defaults to every sheet with the header of the first. */
  readonly sheets?: readonly string[];
}

/** Join of another file on common columns. */
export interface Join extends FileOptions {
  readonly file: string;
  readonly on: readonly string[];
  /** Column that sorts several matching rows; the first is used. Without it, several matches are an error. */
  readonly first_by?: string;
}

/** Mapping of one canonical table to a file. */
export interface TableMapping extends FileOptions {
  readonly file: string;
  readonly columns: Readonly<Record<string, ColumnSource>>;
  /** strptime formats, tried in order; detected and reported by default. */
  readonly timestamp_format?: string | readonly string[];
  /** Formats by canonical column. */
  readonly formats?: Readonly<Record<string, string | readonly string[]>>;
  /** IANA zone of the timestamps; defaults to that of the mapping, then of the settings. */
  readonly timezone?: string;
  /** Decimal mark of numbers; defaults to ".". */
  readonly decimal?: "." | ",";
  readonly join?: readonly Join[];
}

/** Mapping of the files of a source to canonical tables: one entry per table. */
export type Mapping = { readonly orders: TableMapping } & {
  readonly [table in Exclude<TableName, "orders">]?: TableMapping;
};

/** Former and common names of canonical columns, accepted in the flat form. */
const aliases: Readonly<Record<string, string>> = {
  order_datetime: "ordered_at",
  date: "ordered_at",
  price: "unit_price",
};

/** Returns the canonical column for a name or alias, if any. */
export function canonicalColumn(table: TableName, name: string): string | undefined {
  const { columns } = sourceContract[table];
  return [name, aliases[name]].find((candidate) => candidate !== undefined && Object.hasOwn(columns, candidate));
}

/**
 * Parses a mapping in nested form (`{"orders": {"file": …, "columns": {…}}}`) or in flat form
 * (`{"customer_id": "ClientNumber", "order_datetime": …}`) for a single file.
 *
 * @param file Name of the only file, for the flat form and for tables without one.
 * @throws {SyntaxError} If a table or a canonical column is unknown, or a required column is missing.
 *
 * @example
 * parseMapping({customer_id: "ClientNumber", order_id: "TxnID", order_datetime: "PurchaseDate", order_total: "OrderTotal"}, {file: "shop.csv"});
 * // {orders: {file: "shop.csv", columns: {customer_id: "ClientNumber", order_id: "TxnID", ordered_at: "PurchaseDate", order_total: "OrderTotal"}}}
 */
export function parseMapping(json: unknown, { file = "" }: { file?: string } = {}): Mapping {
  if (!isRecord(json)) throw new SyntaxError("Cannot read the mapping: it is not a JSON object");
  const nested = Object.keys(json).some((key) => Object.hasOwn(sourceContract, key))
    ? json
    : { orders: flatTable(json) };
  const mapping: Partial<Record<TableName, TableMapping>> = {};
  for (const [name, entry] of Object.entries(nested)) {
    if (!Object.hasOwn(sourceContract, name)) {
      throw new SyntaxError(
        `Cannot read the mapping: unknown table "${name}"${hint(name, Object.keys(sourceContract))}`,
      );
    }
    mapping[name as TableName] = parseTable(name as TableName, entry, file);
  }
  const { orders } = mapping;
  if (!orders) throw new SyntaxError('Cannot read the mapping: the required table "orders" is missing');
  requireAmount({ ...mapping, orders });
  return { ...mapping, orders };
}

function flatTable(json: Record<string, unknown>): Record<string, unknown> {
  const columns: Record<string, unknown> = {};
  const options: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(json)) {
    const canonical = canonicalColumn("orders", key);
    if (canonical !== undefined) columns[canonical] = value;
    else options[key] = value;
  }
  return { ...options, columns };
}

const tableKeys = [
  "file",
  "columns",
  "timestamp_format",
  "formats",
  "timezone",
  "decimal",
  "join",
  "delimiter",
  "encoding",
  "header",
  "sheets",
];

function parseTable(table: TableName, entry: unknown, file: string): TableMapping {
  const refuse = (what: string) => new SyntaxError(`Cannot read the mapping: ${what}`);
  if (!isRecord(entry)) throw refuse(`"${table}" is not an object with "file" and "columns"`);
  const known = sourceContract[table].columns;
  for (const key of Object.keys(entry)) {
    if (tableKeys.includes(key)) continue;
    throw refuse(`"${table}" has an unknown key "${key}"${hint(key, [...tableKeys, ...Object.keys(known)])}`);
  }
  if (!isRecord(entry["columns"])) throw refuse(`"${table}" has no "columns"`);
  const columns: Record<string, ColumnSource> = {};
  for (const [key, value] of Object.entries(entry["columns"])) {
    const canonical = canonicalColumn(table, key);
    if (canonical === undefined) {
      const names = Object.keys(known);
      throw refuse(`"${table}" has no column "${key}"${hint(key, names)}; expected one of ${names.join(", ")}`);
    }
    if (!isColumnSource(value)) {
      throw refuse(`"${table}.${key}" is ${JSON.stringify(value)}; expected a source column or {"sql": …}`);
    }
    columns[canonical] = value;
  }
  for (const [name, { required }] of Object.entries(known)) {
    if (required && !(name in columns)) throw refuse(`"${table}" lacks the required column "${name}"`);
  }
  checkOptions(entry, (what) => refuse(`"${table}" ${what}`));
  return {
    ...(entry as unknown as TableMapping),
    file: typeof entry["file"] === "string" ? entry["file"] : file,
    columns,
  };
}

function isColumnSource(value: unknown): value is ColumnSource {
  return typeof value === "string" || (isRecord(value) && typeof value["sql"] === "string");
}

function requireAmount({ orders, order_lines }: Mapping): void {
  const has = (name: string) => name in orders.columns || (order_lines !== undefined && name in order_lines.columns);
  if (!has("order_total") && !has("amount") && !(has("unit_price") && has("quantity"))) {
    throw new SyntaxError(
      'Cannot read the mapping: "orders" has no amount; map "quantity" and "unit_price", or "amount", or "order_total"',
    );
  }
}
