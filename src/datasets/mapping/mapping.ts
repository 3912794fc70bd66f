import { sourceContract, type TableName } from "../import/contract.js";
import { checkOptions, hint, isRecord } from "./mapping-checks.js";

/** A canonical column comes from a source column, or from an SQL expression over the source's text columns. */
export type ColumnSource = string | { readonly sql: string };

/** How a source file is read, where sniffing should not decide. */
export interface FileOptions {
  readonly delimiter?: string;
  readonly encoding?: "utf-8" | "latin-1";
  /** Names of the columns of a file without a header line. */
  readonly header?: readonly string[];
  /** Sheets of a workbook, read one after the other; defaults to every sheet with the first one's header. */
  readonly sheets?: readonly string[];
}

/** Columns of another file, joined on columns that both have. */
export interface Join extends FileOptions {
  readonly file: string;
  readonly on: readonly string[];
  /** Of several matching rows the first by this column counts; without it several matches are an error. */
  readonly first_by?: string;
}

/** How one canonical table is read from a file. */
export interface TableMapping extends FileOptions {
  readonly file: string;
  readonly columns: Readonly<Record<string, ColumnSource>>;
  /** strptime formats, tried in order; without them the format is sniffed and said. */
  readonly timestamp_format?: string | readonly string[];
  /** Formats of single columns, by canonical name. */
  readonly formats?: Readonly<Record<string, string | readonly string[]>>;
  /** IANA zone of the timestamps; defaults to the mapping's, then to the settings'. */
  readonly timezone?: string;
  /** Decimal mark of numbers; defaults to ".". */
  readonly decimal?: "." | ",";
  readonly join?: readonly Join[];
}

/** How the files of a source become canonical tables: one entry per table. */
export type Mapping = { readonly orders: TableMapping } & {
  readonly [table in Exclude<TableName, "orders">]?: TableMapping;
};

/** Old and common names of canonical columns, accepted in the flat form. */
const aliases: Readonly<Record<string, string>> = {
  order_datetime: "ordered_at",
  date: "ordered_at",
  price: "unit_price",
};

/** The canonical column that a name stands for, if any. */
export function canonicalColumn(table: TableName, name: string): string | undefined {
  const { columns } = sourceContract[table];
  return [name, aliases[name]].find((candidate) => candidate !== undefined && Object.hasOwn(columns, candidate));
}

/**
 * Reads a mapping in its nested form (`{"orders": {"file": …, "columns": {…}}}`) or in the flat one
 * (`{"customer_id": "ClientNumber", "order_datetime": …}`), whose columns all belong to one file.
 *
 * @param file Name of the only file, for the flat form and for tables without one.
 * @throws {SyntaxError} If a table or a canonical column is unknown, or an indispensable column is missing.
 *
 * @example
 * parseMapping({customer_id: "ClientNumber", order_id: "TxnID", order_datetime: "PurchaseDate", order_total: "OrderTotal"}, {file: "shop.csv"});
 * // {orders: {file: "shop.csv", columns: {customer_id: "ClientNumber", order_id: "TxnID", ordered_at: "PurchaseDate", order_total: "OrderTotal"}}}
 */
export function parseMapping(json: unknown, { file = "" }: { file?: string } = {}): Mapping {
  if (!isRecord(json)) throw new SyntaxError("Cannot read the mapping: a JSON object is needed");
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
  if (!orders) throw new SyntaxError('Cannot read the mapping: it has no "orders", which is indispensable');
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
      throw refuse(`"${table}" has no column "${key}"${hint(key, names)}; it may have ${names.join(", ")}`);
    }
    if (!isColumnSource(value)) {
      throw refuse(`"${table}.${key}" is ${JSON.stringify(value)}, a source column or {"sql": …} is needed`);
    }
    columns[canonical] = value;
  }
  for (const [name, { required }] of Object.entries(known)) {
    if (required && !(name in columns)) throw refuse(`"${table}" lacks "${name}", which is indispensable`);
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
      'Cannot read the mapping: "orders" has no amount, "quantity" and "unit_price", or "amount", or "order_total" is needed',
    );
  }
}
