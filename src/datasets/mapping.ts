import { nearest } from "../errors.js";
import { sourceContract, type TableName } from "./contract.js";
import type { DatasetSettings } from "./settings.js";

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

/** What a JSON mapping file says: one entry per table, and optionally settings. */
export type Mapping = { readonly orders: TableMapping } & {
  readonly [table in Exclude<TableName, "orders">]?: TableMapping;
} & { readonly settings?: Partial<DatasetSettings> };

/** Old and common names of canonical columns, accepted in the flat form. */
const aliases: Readonly<Record<string, string>> = {
  order_datetime: "ordered_at",
  date: "ordered_at",
  price: "unit_price",
};

/**
 * Reads a mapping in its nested form (`{"orders": {"file": …, "columns": {…}}}`) or in the flat one
 * (`{"customer_id": "ClientNumber", "order_datetime": …}`), whose columns all belong to one file.
 *
 * @param file Name of the only file, for the flat form and for an `orders` entry without one.
 * @throws {SyntaxError} If a table or a canonical column is unknown, or an indispensable column is missing.
 *
 * @example
 * parseMapping({customer_id: "ClientNumber", order_id: "TxnID", order_datetime: "PurchaseDate", order_total: "OrderTotal"}, {file: "shop.csv"});
 * // {orders: {file: "shop.csv", columns: {customer_id: "ClientNumber", order_id: "TxnID", ordered_at: "PurchaseDate", order_total: "OrderTotal"}}}
 */
export function parseMapping(json: unknown, { file = "" }: { file?: string } = {}): Mapping {
  if (!isRecord(json)) throw new SyntaxError("Cannot read the mapping: a JSON object is needed");
  const nested = isRecord(json["orders"]) ? json : { orders: flatTable(json) };
  const mapping: Record<string, unknown> = {};
  for (const [name, entry] of Object.entries(nested)) {
    if (name === "settings") mapping[name] = entry;
    else if (name in sourceContract) mapping[name] = parseTable(name as TableName, entry, file);
    else
      throw new SyntaxError(
        `Cannot read the mapping: unknown table "${name}"${hint(name, Object.keys(sourceContract))}`,
      );
  }
  requireAmount(mapping as unknown as Mapping);
  return mapping as unknown as Mapping;
}

function flatTable(json: Record<string, unknown>): Record<string, unknown> {
  const columns: Record<string, unknown> = {};
  const options: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(json)) {
    const canonical = aliases[key] ?? key;
    if (canonical in sourceContract.orders.columns) columns[canonical] = value;
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
  if (!isRecord(entry))
    throw new SyntaxError(`Cannot read the mapping: "${table}" is not an object with "file" and "columns"`);
  for (const key of Object.keys(entry)) {
    if (!tableKeys.includes(key)) {
      throw new SyntaxError(
        `Cannot read the mapping: "${table}" has an unknown key "${key}"${hint(key, [...tableKeys, ...Object.keys(sourceContract[table].columns)])}`,
      );
    }
  }
  const given = isRecord(entry["columns"]) ? entry["columns"] : {};
  const columns: Record<string, ColumnSource> = {};
  const known = sourceContract[table].columns;
  for (const [key, value] of Object.entries(given)) {
    const canonical = key in known ? key : (aliases[key] ?? key);
    if (!(canonical in known)) {
      throw new SyntaxError(
        `Cannot read the mapping: "${table}" has no column "${key}"${hint(key, Object.keys(known))}; it may have ${Object.keys(known).join(", ")}`,
      );
    }
    if (typeof value !== "string" && !(isRecord(value) && typeof value["sql"] === "string")) {
      throw new SyntaxError(
        `Cannot read the mapping: "${table}.${key}" is ${JSON.stringify(value)}, a source column or {"sql": …} is needed`,
      );
    }
    columns[canonical] = value as ColumnSource;
  }
  for (const [name, { required }] of Object.entries(known)) {
    if (required && !(name in columns)) {
      throw new SyntaxError(`Cannot read the mapping: "${table}" lacks "${name}", which is indispensable`);
    }
  }
  return {
    ...(entry as unknown as TableMapping),
    file: typeof entry["file"] === "string" ? entry["file"] : file,
    columns,
  };
}

function requireAmount({ orders, order_lines }: Mapping): void {
  const has = (name: string) => name in orders.columns || (order_lines !== undefined && name in order_lines.columns);
  if (!has("order_total") && !has("amount") && !(has("unit_price") && has("quantity"))) {
    throw new SyntaxError(
      'Cannot read the mapping: "orders" has no amount, "quantity" and "unit_price", or "amount", or "order_total" is needed',
    );
  }
}

function hint(word: string, candidates: readonly string[]): string {
  const near = nearest(word, candidates);
  return near ? `, did you mean "${near}"?` : "";
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
