import { requireKnownOptions } from "../errors.js";
import { type Html, html } from "../text/index.js";
import { cellOf, cellText, fractionWidth, isRightAligned, sortedRows, titleOf } from "./cells.js";
import { type Conventions, DEFAULT_CONVENTIONS } from "./conventions.js";
import type { Cell, Column, DataTable, FormattedValue } from "./data-table.js";
import type { Format } from "./format.js";

/** Options of {@link renderHtmlTable}. */
export interface HtmlTableOptions extends Partial<Conventions> {
  /** Marks the table for {@link MAKE_SORTABLE}; defaults to false. */
  readonly sortable?: boolean;
  /** File name of a CSV to offer. */
  readonly download?: string | undefined;
  /** Marks columns of long texts with the class "w", others are set in one line; defaults to false. */
  readonly wrapLong?: boolean;
  /** CSS colour of the dot before the name of a segment; defaults to no dot. */
  readonly segmentColor?: (name: string) => string;
}

/** From this number of columns a table is set in smaller type on paper. */
const MANY_COLUMNS = 14;

/** From this number of columns it is set closer on screen. */
const DENSE_COLUMNS = 9;

/** From this number of characters a text is broken into lines. */
const LONG_TEXT = 30;

/**
 * Renders a table as HTML: in a box that scrolls sideways, with a caption, row headers, and numbers aligned by their decimal
 * point that carry the raw value in `data-value`.
 */
export function renderHtmlTable(table: DataTable, options: HtmlTableOptions = {}): Html {
  requireKnownOptions("render a table as HTML", options, {
    locale: true,
    currency: true,
    sortable: true,
    download: true,
    wrapLong: true,
    segmentColor: true,
  });
  const {
    locale = DEFAULT_CONVENTIONS.locale,
    currency = DEFAULT_CONVENTIONS.currency,
    sortable = false,
    download,
    wrapLong = false,
    segmentColor,
  } = options;
  const conventions = { locale, currency };
  const { caption, columns, total, sort } = table;
  const rows = sortedRows(table);
  const all = total ? [...rows, total] : rows;
  const drawn = columns.map((column, i): DrawnColumn => {
    const cells = all.map((row) => cellOf(row[i], column));
    return {
      column,
      isRowHeader: i === 0 && !isRightAligned(column),
      fraction: cells.reduce((most, cell) => Math.max(most, fractionWidth(cell, conventions)), 0),
      isLong: wrapLong && cells.some(({ value }) => typeof value === "string" && value.length > LONG_TEXT),
    };
  });
  const write = (row: readonly Cell[]) =>
    html`<tr>${drawn.map((one, i) => cellHtml(cellOf(row[i], one.column), one, { conventions, segmentColor }))}</tr>`;
  const heading = (column: Column) => {
    const sorted = sort?.column === column.name && (sort.descending ? "descending" : "ascending");
    return html`<th scope="col"${isRightAligned(column) && html` class="n"`}${sorted && html` aria-sort="${sorted}"`}>${titleOf(column)}</th>`;
  };
  return html`<div class="scroll${columns.length >= MANY_COLUMNS && " many"}${columns.length >= DENSE_COLUMNS && " dense"}" tabindex="0" role="${caption ? "region" : "group"}" aria-label="${caption ?? "Table"}"><table${sortable && rows.length > 1 && html` class="sortable"`}${download && html` data-download="${download}"`}>${caption && html`<caption>${caption}</caption>`}<thead><tr>${columns.map(heading)}</tr></thead><tbody>${rows.map(write)}</tbody>${total && html`<tfoot>${write(total)}</tfoot>`}</table></div>`;
}

interface DrawnColumn {
  readonly column: Column;
  readonly isRowHeader: boolean;
  /** Most digits after the decimal point. */
  readonly fraction: number;
  readonly isLong: boolean;
}

function cellHtml(
  cell: FormattedValue,
  { column, isRowHeader, fraction, isLong }: DrawnColumn,
  {
    conventions,
    segmentColor,
  }: { readonly conventions: Conventions; readonly segmentColor: HtmlTableOptions["segmentColor"] },
): Html {
  const { value, format } = cell;
  const isRight = isRightAligned(column);
  const text = cellText(cell, conventions);
  const content =
    format?.kind === "segment" && segmentColor
      ? html`<span class="dot" style="background:${segmentColor(text)}"></span>${text}`
      : format?.kind === "code"
        ? html`<code>${breakable(text)}</code>`
        : html`${text}${isRight && padding(fractionWidth(cell, conventions), fraction)}`;
  const raw = typeof value === "number" && html` data-value="${value}"`;
  const className = isRight ? "n" : isLong ? "w" : isShort(format) && !isRowHeader ? "t" : "";
  const attributes = html`${className && html` class="${className}"`}${raw}`;
  return isRowHeader ? html`<th scope="row"${attributes}>${content}</th>` : html`<td${attributes}>${content}</td>`;
}

/** Long names may break after an underscore. */
function breakable(text: string): Html[] {
  return text.split(/(?<=_)/).map((part, i) => html`${i > 0 && html`<wbr>`}${part}`);
}

function isShort(format: Format | undefined): boolean {
  return format?.kind === "date" || format?.kind === "month" || format?.kind === "segment";
}

/** Blanks as wide as the digits and the point that a number lacks: figure spaces, and one punctuation space. */
function padding(own: number, most: number): string {
  return "\u2007".repeat(Math.max(0, most - own)) + (own === 0 && most > 0 ? "\u2008" : "");
}
