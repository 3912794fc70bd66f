import { requireKnownOptions } from "../errors.js";
import { cellOf, cellText, isRightAligned, sortedRows, titleOf } from "./cells.js";
import { type Conventions, DEFAULT_CONVENTIONS } from "./conventions.js";
import type { DataTable, FormattedValue } from "./data-table.js";
import { escapeMarkdown } from "./escape-markdown.js";

/**
 * Renders a table as GitHub-flavored Markdown, the total as its last row, without the caption.
 *
 * @example
 * renderMarkdownTable({ columns: [{ name: "Share", format: { kind: "percent" } }], rows: [[0.125]] });
 * // | Share |
 * // | ---: |
 * // | 12.5% |
 */
export function renderMarkdownTable(table: DataTable, options: Partial<Conventions> = {}): string {
  requireKnownOptions("render a table as Markdown", options, { locale: true, currency: true });
  const { locale = DEFAULT_CONVENTIONS.locale, currency = DEFAULT_CONVENTIONS.currency } = options;
  const { columns, total } = table;
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [
    line(columns.map((column) => escapeMarkdown(titleOf(column)))),
    line(columns.map((column) => (isRightAligned(column) ? "---:" : "---"))),
    ...[...sortedRows(table), ...(total ? [total] : [])].map((row) =>
      line(columns.map((column, i) => markdownValue(cellOf(row[i], column), { locale, currency }))),
    ),
  ].join("\n");
}

/** Writes a value as Markdown text, an unknown text as nothing. */
export function markdownValue(cell: FormattedValue, conventions: Conventions): string {
  const text = cellText(cell, conventions);
  return cell.format?.kind === "code" ? codeSpan(text) : escapeMarkdown(text);
}

/** A code span takes no escapes; a bar would still end the table cell. */
function codeSpan(text: string): string {
  return /^[\w .:/-]+$/.test(text) ? `\`${text}\`` : escapeMarkdown(text);
}
