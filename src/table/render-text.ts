import { requireKnownOptions } from "../errors.js";
import { displayWidth, plainLine } from "../text/index.js";
import { cellOf, cellText, fractionWidth, isRightAligned, sortedRows, titleOf } from "./cells.js";
import { type Conventions, DEFAULT_CONVENTIONS } from "./conventions.js";
import type { Cell, Column, DataTable } from "./data-table.js";
import { formatNumber } from "./format-value.js";

/** Widest text of a cell in columns of the terminal; the rest is cut. */
const MAX_CELL = 60;

/** Options of {@link renderText}. */
export interface TextTableOptions extends Partial<Conventions> {
  /** Begins with the caption; defaults to true. */
  readonly captioned?: boolean;
  /** Columns of the table that fit are shown, and at least one; defaults to all. */
  readonly maxWidth?: number;
  /** Rows that are shown; defaults to all. */
  readonly maxRows?: number;
  /** Rows and columns that the table was made without, counted in the last line too. */
  readonly more?: { readonly rows: number; readonly columns: number };
}

/**
 * Renders a table for the terminal: columns apart by two blanks, numbers aligned by their decimal point. The text of the
 * last column is never cut. What does not fit is counted in a last line.
 *
 * @example
 * renderText({ columns: [{ name: "dataset" }, { name: "lines", format: { kind: "count" } }], rows: [["demo", 5], ["cdnow", 69659]] });
 * // dataset   lines
 * // demo          5
 * // cdnow    69,659
 */
export function renderText(table: DataTable, options: TextTableOptions = {}): string {
  requireKnownOptions("render a table as text", options, {
    locale: true,
    currency: true,
    captioned: true,
    maxWidth: true,
    maxRows: true,
    more: true,
  });
  const {
    locale = DEFAULT_CONVENTIONS.locale,
    currency = DEFAULT_CONVENTIONS.currency,
    captioned = true,
    maxWidth = Number.POSITIVE_INFINITY,
    maxRows = Number.POSITIVE_INFINITY,
    more = { rows: 0, columns: 0 },
  } = options;
  requireKnownOptions("render a table as text", more, { rows: true, columns: true });
  const { columns, total } = table;
  const rows = sortedRows(table);
  const shown = [...rows.slice(0, maxRows), ...(total ? [total] : [])];
  const texts = columns.map((column, i) =>
    columnTexts(
      column,
      shown.map((row) => row[i]),
      { locale, currency },
      i === columns.length - 1,
    ),
  );
  const fitting = texts.slice(0, columnsWithin(maxWidth, texts));
  const lines = columns.length
    ? [0, ...shown.map((_, row) => row + 1)].map((line) =>
        fitting
          .map((cells) => cells[line])
          .join("  ")
          .trimEnd(),
      )
    : [];
  const note = hiddenNote({
    rows: more.rows + rows.length - Math.min(rows.length, maxRows),
    columns: more.columns + texts.length - fitting.length,
  });
  return [...(captioned && table.caption ? [plainLine(table.caption)] : []), ...lines, ...(note ? [note] : [])].join(
    "\n",
  );
}

/** Says how many rows and columns are not shown; empty if all are. */
export function hiddenNote({ rows, columns }: { readonly rows: number; readonly columns: number }): string {
  const { locale } = DEFAULT_CONVENTIONS;
  const count = (n: number, word: string) =>
    n > 0 ? [`${formatNumber(n, { kind: "count" }, { locale })} more ${word}${n === 1 ? "" : "s"}`] : [];
  return [...count(rows, "row"), ...count(columns, "column")].join(", ");
}

/** The heading and the cells of a column, padded to one width. */
function columnTexts(
  column: Column,
  cells: readonly (Cell | undefined)[],
  conventions: Conventions,
  isLast: boolean,
): string[] {
  const right = isRightAligned(column);
  const values = cells.map((cell) => cellOf(cell, column));
  const digits = values.map((value) => fractionWidth(value, conventions));
  const most = Math.max(0, ...digits);
  // A point stands before the digits, which a whole number lacks too.
  const padding = digits.map((own) => (right ? most - own + (own === 0 && most > 0 ? 1 : 0) : 0));
  const texts = values.map((value, i) => {
    const text = plainLine(cellText(value, conventions));
    return (isLast ? text : cut(text)) + " ".repeat(padding[i]);
  });
  const all = [plainLine(titleOf(column)), ...texts];
  const width = isLast && !right ? 0 : Math.max(...all.map(displayWidth));
  return all.map((text) => {
    const blanks = " ".repeat(Math.max(0, width - displayWidth(text)));
    return right ? blanks + text : text + blanks;
  });
}

function cut(text: string): string {
  if (displayWidth(text) <= MAX_CELL) return text;
  let kept = "";
  for (const character of text) {
    if (displayWidth(kept + character) >= MAX_CELL) break;
    kept += character;
  }
  return `${kept}…`;
}

/** How many columns fit into a width; one always does. */
function columnsWithin(width: number, texts: readonly (readonly string[])[]): number {
  let count = 0;
  for (let used = 0; count < texts.length; ++count) {
    used += Math.max(...texts[count].map(displayWidth)) + 2;
    if (used > width && count > 0) break;
  }
  return count;
}
