import { inspect } from "node:util";
import { quantileOfSorted } from "../numeric/index.js";
import { isCalendarDay } from "../text/index.js";
import { cellOf } from "./cells.js";
import { createTable } from "./create-table.js";
import type { Cell, DataTable, Value } from "./data-table.js";
import type { Format } from "./format.js";
import { inferColumn } from "./infer-column.js";
import {
  type ArqueroTable,
  isArqueroTable,
  isRecords,
  type PlainRecord,
  readArquero,
  readRecords,
} from "./rectangle.js";

/** Types of a column's values. */
type ValueType = "number" | "text" | "date" | "flag" | "other" | "mixed" | "unknown";

const SHARES = [0.25, 0.5, 0.75];

/**
 * Summarizes a table by column: type, present values, missing values (null, undefined, NaN), distinct values, minimum,
 * quartiles and maximum. Every row counts. Texts that are all days, such as "2025-12-31", are dates. Quantiles are of numbers and dates, with linear interpolation between the two
 * nearest values (type 7 of Hyndman & Fan 1996, `quantile_cont` in SQL). Text is compared by its characters' codes.
 *
 * @param table An arquero table, records, or a table of this package, without its total.
 * @returns One row per column: column, type, count, missing, distinct, min, p25, p50, p75, max.
 * @throws {TypeError} If it is anything else.
 *
 * @example
 * const [row] = tableRecords(summary([{ spend: 10 }, { spend: 20 }, { spend: null }, { spend: 40 }]));
 * [row.count, row.missing, row.p25, row.p50]; // [3, 1, 15, 20]
 */
export function summary(table: ArqueroTable | readonly PlainRecord[] | DataTable): DataTable {
  const count = { kind: "count" } as const;
  return createTable({
    columns: [
      { name: "column" },
      { name: "type" },
      { name: "count", format: count },
      { name: "missing", format: count },
      { name: "distinct", format: count },
      { name: "min", align: "right" },
      { name: "p25", title: "25 %", align: "right" },
      { name: "p50", title: "50 %", align: "right" },
      { name: "p75", title: "75 %", align: "right" },
      { name: "max", align: "right" },
    ],
    rows: columnsOf(table).map(({ name, values, format }) => summarize(name, values, format)),
  });
}

interface SourceColumn {
  readonly name: string;
  readonly values: readonly unknown[];
  readonly format?: Format | undefined;
}

function columnsOf(table: unknown): SourceColumn[] {
  if (isDataTable(table)) {
    return table.columns.map((column, i) => ({
      name: column.name,
      values: table.rows.map((row) => cellOf(row[i], column).value),
      format: column.format,
    }));
  }
  if (Array.isArray(table) && table.length === 0) return [];
  const rectangle = isArqueroTable(table) ? readArquero(table) : isRecords(table) ? readRecords(table) : undefined;
  if (!rectangle) {
    throw new TypeError(
      `Cannot summarize a table: it is ${inspect(table, { depth: 0, breakLength: Number.POSITIVE_INFINITY })}; expected an arquero table, records or a DataTable`,
    );
  }
  const { names, nRows, read } = rectangle;
  return names.map((name) => ({ name, values: Array.from({ length: nRows }, (_, row) => read(name, row)) }));
}

function isDataTable(value: unknown): value is DataTable {
  return (
    typeof value === "object" &&
    value !== null &&
    "columns" in value &&
    Array.isArray(value.columns) &&
    "rows" in value &&
    Array.isArray(value.rows)
  );
}

function summarize(name: string, values: readonly unknown[], ownFormat: Format | undefined): Cell[] {
  const present = asDates(values.filter((value) => value !== null && value !== undefined && !Number.isNaN(value)));
  const type = typeOf(present);
  const counts = [present.length, values.length - present.length, new Set(present.map(identity)).size];
  const format = ownFormat ?? inferColumn(name, present).column.format;
  return [name, type, ...counts, ...fiveNumbers(type, present).map((value) => (format ? { value, format } : value))];
}

/** Returns minimum, quartiles and maximum; null where the type has none. */
function fiveNumbers(type: ValueType, present: readonly unknown[]): Value[] {
  if (type === "text") {
    const sorted = present.map(String).sort();
    return [sorted[0], null, null, null, sorted[sorted.length - 1]];
  }
  if (type !== "number" && type !== "date") return [null, null, null, null, null];
  const sorted = Float64Array.from(present, Number).sort();
  const numbers = [sorted[0], ...SHARES.map((share) => quantileOfSorted(sorted, share)), sorted[sorted.length - 1]];
  if (type === "number") return numbers;
  return inferColumn(
    "",
    numbers.map((time) => new Date(time)),
  ).values;
}

/** Returns texts that are all ISO days as dates; other values as they are. */
function asDates(present: readonly unknown[]): readonly unknown[] {
  return present.every(isCalendarDay) ? present.map((value) => new Date(`${value}T00:00:00Z`)) : present;
}

function typeOf(present: readonly unknown[]): ValueType {
  const types = new Set(present.map(typeOfValue));
  const [first = "unknown"] = types;
  return types.size > 1 ? "mixed" : first;
}

function typeOfValue(value: unknown): ValueType {
  if (typeof value === "number" || typeof value === "bigint") return "number";
  if (typeof value === "string") return "text";
  if (typeof value === "boolean") return "flag";
  return value instanceof Date ? "date" : "other";
}

/** Returns what equal values share: a date's time, the text of other objects. */
function identity(value: unknown): unknown {
  if (typeof value === "bigint") return Number(value);
  if (value instanceof Date) return `date ${value.getTime()}`;
  return typeof value === "object" ? inspect(value, { depth: null, maxArrayLength: null }) : value;
}
