import { DEFAULT_CONVENTIONS } from "./conventions.js";
import { inferColumn } from "./infer-column.js";
import type { MimeBundle } from "./jupyter-display.js";
import { MAX_COLUMNS, MAX_ROWS, tableBundle } from "./table-bundle.js";

/** Values in rows and columns. */
interface Rectangle {
  readonly names: readonly string[];
  readonly nRows: number;
  read(name: string, row: number): unknown;
}

/**
 * Renders table-like values for a notebook, as {@link tableBundle} does: an arquero table in its order and filter, or
 * an array of plain records. Column formats are inferred. Undefined for anything else.
 *
 * @example
 * valuesBundle([{ year: 2011, share: 0.25 }])?.["text/plain"]; // "year  share\n2011   0.25"
 */
export function valuesBundle(value: unknown): MimeBundle | undefined {
  const rectangle = isArqueroTable(value) ? readArquero(value) : isRecords(value) ? readRecords(value) : undefined;
  if (!rectangle) return undefined;
  const { names, nRows, read } = rectangle;
  const shown = Math.min(nRows, MAX_ROWS);
  const inferred = names.slice(0, MAX_COLUMNS).map((name) =>
    inferColumn(
      name,
      Array.from({ length: shown }, (_, row) => read(name, row)),
    ),
  );
  const table = {
    columns: inferred.map(({ column }) => column),
    rows: Array.from({ length: shown }, (_, row) => inferred.map(({ values }) => values[row])),
  };
  const more = { rows: nRows - shown, columns: names.length - inferred.length };
  return tableBundle(table, { ...DEFAULT_CONVENTIONS, more });
}

/** Returns true if {@link valuesBundle} renders a value. */
export function looksLikeTable(value: unknown): boolean {
  return isArqueroTable(value) || isRecords(value);
}

interface ArqueroTable {
  numRows(): number;
  columnNames(): string[];
  get(name: string, row: number): unknown;
}

/** Recognizes arquero tables by their methods, because a notebook may load another copy of arquero. */
function isArqueroTable(value: unknown): value is ArqueroTable {
  const methods = value as Readonly<Record<string, unknown>> | null | undefined;
  return ["numRows", "columnNames", "column", "get", "indices"].every(
    (method) => typeof methods?.[method] === "function",
  );
}

function readArquero(table: ArqueroTable): Rectangle {
  return { names: table.columnNames(), nRows: table.numRows(), read: (name, row) => table.get(name, row) };
}

type PlainRecord = Readonly<Record<string, unknown>>;

function isRecords(value: unknown): value is readonly PlainRecord[] {
  return Array.isArray(value) && value.length > 0 && value.every(isPlainRecord);
}

function isPlainRecord(value: unknown): boolean {
  if (value === null || typeof value !== "object") return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return (prototype === null || prototype === Object.prototype) && Object.keys(value).length > 0;
}

function readRecords(records: readonly PlainRecord[]): Rectangle {
  const names = [...new Set(records.slice(0, MAX_ROWS).flatMap(Object.keys))];
  return { names, nRows: records.length, read: (name, row) => records[row][name] };
}
