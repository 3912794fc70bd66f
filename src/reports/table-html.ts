import {
  type Column,
  type Conventions,
  cssVariable,
  type Format,
  formatValue,
  isNumeric,
  segmentToken,
} from "../charts/index.js";
import { type Html, html } from "./html.js";
import { type Cell, cellOf, type FormattedValue } from "./report.js";

/** What a table shows besides its rows. */
export interface TableOptions {
  readonly totals?: readonly Cell[] | undefined;
  /** Let readers sort; defaults to false. */
  readonly sortable?: boolean;
  /** File name of a CSV to offer. */
  readonly download?: string | undefined;
}

/** From this number of columns a table is set in smaller type on paper. */
const MANY_COLUMNS = 14;

/** From this number of columns it is set closer on screen. */
const DENSE_COLUMNS = 9;

/** A table in a box that scrolls sideways, with a caption, row headers, and numbers aligned by their decimal point. */
export function tableHtml(
  caption: string,
  columns: readonly Column[],
  rows: readonly (readonly Cell[])[],
  conventions: Conventions,
  { totals, sortable = false, download }: TableOptions = {},
): Html {
  const all = totals ? [...rows, totals] : rows;
  const widths = columns.map((column, i) =>
    Math.max(0, ...all.map((row) => fractionWidth(cellOf(row[i], column), conventions))),
  );
  const write = (row: readonly Cell[]) =>
    html`<tr>${columns.map((column, i) => cellHtml(cellOf(row[i], column), column, i === 0, widths[i], conventions))}</tr>`;
  return html`<div class="scroll${columns.length >= MANY_COLUMNS && " many"}${columns.length >= DENSE_COLUMNS && " dense"}" tabindex="0" role="region" aria-label="${caption}"><table${sortable && rows.length > 1 && html` class="sortable"`}${download && html` data-download="${download}"`}><caption>${caption}</caption><thead><tr>${columns.map(
    ({ label, format }) => html`<th scope="col"${isNumeric(format) && html` class="n"`}>${label}</th>`,
  )}</tr></thead><tbody>${rows.map(write)}</tbody>${totals && html`<tfoot>${write(totals)}</tfoot>`}</table></div>`;
}

function cellHtml(
  cell: FormattedValue,
  column: Column,
  isRowHeader: boolean,
  width: number,
  conventions: Conventions,
): Html {
  const { value, format } = cell;
  const isRight = isNumeric(column.format);
  const text = value === null && !isRight ? "" : formatValue(value, format, conventions);
  const padding = isRight
    ? padded(width - fractionWidth(cell, conventions), width, fractionWidth(cell, conventions))
    : "";
  const content =
    format?.kind === "segment"
      ? html`<span class="dot" style="background:var(${cssVariable(segmentToken(text))})"></span>${text}`
      : format?.kind === "code"
        ? html`<code>${breakable(text)}</code>`
        : html`${text}${padding}`;
  const raw = typeof value === "number" && html` data-value="${value}"`;
  return isRowHeader
    ? html`<th scope="row"${raw}>${content}</th>`
    : html`<td${isRight ? html` class="n"` : isShort(format) && html` class="t"`}${raw}>${content}</td>`;
}

/** Long names may break after an underscore. */
function breakable(text: string): Html[] {
  return text.split(/(?<=_)/).map((part, i) => html`${i > 0 && html`<wbr>`}${part}`);
}

function isShort(format: Format | undefined): boolean {
  return format?.kind === "date" || format?.kind === "month" || format?.kind === "segment";
}

/** Blanks as wide as the digits and the point that a number lacks: figure spaces, and one punctuation space. */
function padded(digits: number, width: number, own: number): string {
  return "\u2007".repeat(Math.max(0, digits)) + (own === 0 && width > 0 ? "\u2008" : "");
}

/** Digits after the decimal point as written. */
function fractionWidth({ value, format }: FormattedValue, conventions: Conventions): number {
  if (typeof value !== "number" || !isNumeric(format ?? { kind: "number" })) return 0;
  const text = formatValue(value, format, conventions);
  const point = text.lastIndexOf(decimalPoint(conventions.locale));
  return point < 0 ? 0 : (/^\d+/.exec(text.slice(point + 1))?.[0].length ?? 0);
}

function decimalPoint(locale: string): string {
  return formatValue(0.5, { kind: "number", decimals: 1 }, { locale, currency: "EUR" })[1];
}
