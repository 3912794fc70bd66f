import iconv from "iconv-lite";
import { requireKnownOptions } from "../../errors.js";
import { checkValue, Type } from "../../schema/index.js";
import { isRecord } from "../../text/index.js";
import { sourceContract, type TableName } from "../import/contract.js";
import type { SourceLimits } from "../sources/source-limits.js";
import { timeFormatProblem } from "../times/time-format-problem.js";
import { isTimezone } from "./is-timezone.js";
import { mappingSchema, tableOptions } from "./mapping-schema.js";

/** Source of a canonical column: a source column, or an SQL expression over the source's text columns. */
export type ColumnSource = string | { readonly sql: string };

/** Options for reading a source file that override automatic detection. */
export interface FileOptions {
  readonly delimiter?: string;
  /** Name of an encoding, such as "utf-8", "windows-1252" or "utf-16le". */
  readonly encoding?: string;
  /** Lines before the header or the first record. */
  readonly skip?: number;
  /** Names of the columns of a file without a header line; true or false says whether the first line is one. */
  readonly header?: boolean | readonly string[];
  /** Character before a quote within quotes; defaults to the quote itself. */
  readonly escape?: string;
  /** Sheets of a workbook to read; defaults to every sheet with the header of the first. */
  readonly sheets?: readonly string[];
  /** Largest file to read; defaults to 2,000 columns, lines of 1 MiB, and workbooks that unpack to 1 GiB. */
  readonly limits?: Partial<SourceLimits>;
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
  /** True if `file` is a pattern of several files with one header, in which `*` and `?` stand for others; defaults to false. */
  readonly glob?: boolean;
  readonly columns: Readonly<Record<string, ColumnSource>>;
  /**
   * strptime formats, tried in order, or `epoch`, `epoch_ms`, `epoch_us`, `excel` for numbers that count time; detected and
   * reported by default.
   */
  readonly timestamp_format?: string | readonly string[];
  /** Formats by canonical column. */
  readonly formats?: Readonly<Record<string, string | readonly string[]>>;
  /** IANA zone of the timestamps; defaults to that of the mapping, then of the settings. */
  readonly timezone?: string;
  /** Decimal mark of numbers; detected and reported by default. */
  readonly decimal?: "." | ",";
  /** Words that stand for a missing value, beside NULL, None, \\N, N/A, #N/A, <NA>, nan, undefined and -. */
  readonly missing?: readonly string[];
  readonly join?: readonly Join[];
  /**
   * "stated" if the totals of orders are what they are worth, not the sum of their lines, which share them; of `orders`
   * only. Defaults to "lines".
   */
  readonly order_amount?: "lines" | "stated";
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
export function parseMapping(json: unknown, options: { file?: string } = {}): Mapping {
  requireKnownOptions("read the mapping", options, { file: true });
  const { file = "" } = options;
  if (!isRecord(json))
    throw new SyntaxError('Cannot read the mapping: it is not a JSON object; expected {"orders": {…}}');
  const isNested = Object.keys(json).some((key) => Object.hasOwn(sourceContract, key));
  const nested = isNested ? json : { orders: flatTable(json) };
  const named = Object.entries(nested).map(([table, entry]) => [table, withCanonicalNames(table, entry)] as const);
  const action = "read the mapping";
  const tables = checkValue(Type.Unsafe<Mapping>(mappingSchema), Object.fromEntries(named), { action });
  for (const [table, { timezone, encoding, order_amount, timestamp_format = [], formats = {} }] of Object.entries(
    tables,
  )) {
    if (order_amount !== undefined && table !== "orders") {
      throw new SyntaxError(`Cannot ${action}: "${table}" has "order_amount"; set it for "orders"`);
    }
    if (encoding !== undefined && !iconv.encodingExists(encoding)) {
      const expected = 'expected an encoding such as "utf-8", "windows-1252" or "utf-16le"';
      throw new SyntaxError(`Cannot ${action}: "${table}.encoding" is "${encoding}"; ${expected}`);
    }
    for (const [name, format] of Object.entries({ timestamp_format, ...prefixed(formats) })) {
      const problem = [format]
        .flat()
        .map(timeFormatProblem)
        .find((found) => found !== undefined);
      if (problem) throw new SyntaxError(`Cannot ${action}: "${table}.${name}": ${problem}`);
    }
    if (timezone !== undefined && !isTimezone(timezone)) {
      throw new SyntaxError(`Cannot ${action}: "${table}.timezone" is "${timezone}"; expected an IANA time zone`);
    }
  }
  requireAmount(tables);
  const withFiles = Object.entries(tables).map(([table, entry]) => [table, { ...entry, file: entry.file ?? file }]);
  return Object.fromEntries(withFiles) as Mapping;
}

/** Formats by column under the names that errors give them. */
function prefixed(formats: NonNullable<TableMapping["formats"]>): NonNullable<TableMapping["formats"]> {
  return Object.fromEntries(Object.entries(formats).map(([name, format]) => [`formats.${name}`, format]));
}

/** The only table of the flat form: what is not an option of the table is a column. */
function flatTable(json: Record<string, unknown>): Record<string, unknown> {
  const isOption = ([key]: [string, unknown]) => Object.hasOwn(tableOptions, key) || key === "columns";
  const entries = Object.entries(json);
  const columns = Object.fromEntries(entries.filter((entry) => !isOption(entry)));
  return { ...Object.fromEntries(entries.filter(isOption)), columns };
}

/** A table whose columns have canonical names in place of their aliases; anything else stays for the schema to refuse. */
function withCanonicalNames(table: string, entry: unknown): unknown {
  if (!Object.hasOwn(sourceContract, table) || !isRecord(entry) || !isRecord(entry["columns"])) return entry;
  const columns = Object.entries(entry["columns"]).map(([name, source]) => [
    canonicalColumn(table as TableName, name) ?? name,
    source,
  ]);
  return { ...entry, columns: Object.fromEntries(columns) };
}

function requireAmount({ orders, order_lines }: Mapping): void {
  const has = (name: string) => name in orders.columns || (order_lines !== undefined && name in order_lines.columns);
  if (!has("order_total") && !has("amount") && !(has("unit_price") && has("quantity"))) {
    throw new SyntaxError(
      'Cannot read the mapping: "orders" has no amount; map "quantity" and "unit_price", or "amount", or "order_total"',
    );
  }
}
