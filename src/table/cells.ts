import type { Conventions } from "./conventions.js";
import type { Cell, Column, DataTable, FormattedValue } from "./data-table.js";
import { isNumeric } from "./format.js";
import { formatValue } from "./format-value.js";

/** Returns the value of a cell with the format that applies to it. */
export function cellOf(cell: Cell | undefined, column: Column | undefined): FormattedValue {
  if (typeof cell === "object" && cell !== null) return { ...column, ...cell };
  return { value: cell ?? null, ...(column?.format ? { format: column.format } : {}) };
}

/** Returns the heading of a column. */
export function titleOf({ name, title = name }: Column): string {
  return title;
}

/** Returns true for a column that is aligned to the right. */
export function isRightAligned({ format, align }: Column): boolean {
  return align ? align === "right" : isNumeric(format);
}

/** Writes a cell as text. An unknown text is empty, an unknown number is a dash. */
export function cellText({ value, format }: FormattedValue, conventions: Conventions): string {
  return value === null && !isNumeric(format) ? "" : formatValue(value, format, conventions);
}

/** Returns the rows in the order in which the table is shown. */
export function sortedRows({ columns, rows, sort }: Pick<DataTable, "columns" | "rows" | "sort">): DataTable["rows"] {
  if (!sort) return rows;
  const index = columns.findIndex(({ name }) => name === sort.column);
  if (index < 0) {
    throw new RangeError(
      `Cannot sort the table: no column is named "${sort.column}"; use one of ${JSON.stringify(columns.map(({ name }) => name))}`,
    );
  }
  const direction = sort.descending ? -1 : 1;
  const value = (row: readonly Cell[]) => cellOf(row[index], columns[index]).value;
  return [...rows].sort((a, b) => compareValues(value(a), value(b), direction));
}

function compareValues(a: FormattedValue["value"], b: FormattedValue["value"], direction: number): number {
  const rank = (value: FormattedValue["value"]) =>
    value === null || Number.isNaN(value) ? 2 : typeof value === "string" ? 1 : 0;
  if (rank(a) !== rank(b)) return rank(a) - rank(b);
  if (rank(a) === 2) return 0;
  // Infinity less infinity is NaN.
  if (typeof a === "number" && typeof b === "number") return (a - b) * direction || 0;
  return String(a).localeCompare(String(b), "en", { numeric: true }) * direction;
}

/** Counts the digits after the decimal point as written. */
export function fractionWidth(cell: FormattedValue, conventions: Conventions): number {
  if (typeof cell.value !== "number" || !isNumeric(cell.format ?? { kind: "number" })) return 0;
  const text = formatValue(cell.value, cell.format, conventions);
  const point = text.lastIndexOf(decimalPoint(conventions));
  return point < 0 ? 0 : (/^\p{Nd}+/u.exec(text.slice(point + 1))?.[0].length ?? 0);
}

function decimalPoint(conventions: Conventions): string {
  return formatValue(0.5, { kind: "number", digits: 1 }, conventions)[1];
}
