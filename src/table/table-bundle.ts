import { requireKnownOptions } from "../errors.js";
import { Html, html } from "../text/index.js";
import { sortedRows } from "./cells.js";
import { type Conventions, DEFAULT_CONVENTIONS } from "./conventions.js";
import type { DataTable } from "./data-table.js";
import { formatNumber } from "./format-value.js";
import type { MimeBundle } from "./jupyter-display.js";
import { NOTEBOOK_SCRIPT, PAGE_ROWS } from "./notebook-script.js";
import { NOTEBOOK_STYLE } from "./notebook-style.js";
import { renderHtmlTable } from "./render-html-table.js";
import { hiddenNote, renderText } from "./render-text.js";

/** Limits of what an output carries: notebooks are files that people keep and send. */
export const MAX_ROWS = 500;
export const MAX_COLUMNS = 100;
const MAX_CELLS = 10_000;

/** Limits of the plain text. */
const TEXT_ROWS = PAGE_ROWS;
const TEXT_WIDTH = 140;

/**
 * Renders a table for a notebook: HTML that sorts, pages and scrolls sideways in its own frame, and is a plain table where
 * scripts do not run; and plain text. Both say how many rows and columns they leave out.
 */
export function tableBundle(
  table: DataTable,
  options: Partial<Conventions> & {
    /** Rows and columns that the table was made without. */
    readonly more?: { readonly rows: number; readonly columns: number };
  } = {},
): MimeBundle {
  requireKnownOptions("display a table", options, { locale: true, currency: true, more: true });
  const {
    locale = DEFAULT_CONVENTIONS.locale,
    currency = DEFAULT_CONVENTIONS.currency,
    more = { rows: 0, columns: 0 },
  } = options;
  requireKnownOptions("display a table", more, { rows: true, columns: true });
  const columns = table.columns.slice(0, MAX_COLUMNS);
  const all = sortedRows(table);
  const rows = all.slice(0, Math.min(MAX_ROWS, Math.floor(MAX_CELLS / Math.max(1, columns.length))));
  const note = hiddenNote({
    rows: more.rows + all.length - rows.length,
    columns: more.columns + table.columns.length - columns.length,
  });
  // Where no script pages, as on GitHub, it says how long the table is.
  const count = rows.length > PAGE_ROWS && html`<p class="note count">${countOf(more.rows + all.length)}</p>`;
  const shown = renderHtmlTable({ ...table, columns, rows }, { locale, currency, wrapLong: true });
  const frame = html`<div class="rekindle-table"><style>${Html.unsafe(NOTEBOOK_STYLE)}</style>${count}${shown}${note && html`<p class="note">${note}</p>`}</div><script>${Html.unsafe(NOTEBOOK_SCRIPT)}</script>`;
  return {
    "text/html": frame.source,
    "text/plain": renderText(table, { locale, currency, maxRows: TEXT_ROWS, maxWidth: TEXT_WIDTH, more }),
  };
}

function countOf(rows: number): string {
  return `${formatNumber(rows, { kind: "count" }, { locale: DEFAULT_CONVENTIONS.locale })} rows`;
}
