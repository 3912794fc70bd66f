import { nearest, requireKnownOptions } from "../errors.js";
import { readRecord } from "./delimited-record.js";
import { maskedEmails } from "./masked-value.js";

/** A delimited text with a header, parsed. */
export interface DelimitedText {
  /** Names of the columns, trimmed and in lower case. */
  readonly header: readonly string[];
  readonly rows: readonly { readonly line: number; readonly fields: readonly string[] }[];
  /** Returns the index of a column. @throws {SyntaxError} If there is none of that name. */
  readonly at: (column: string) => number;
}

/**
 * Parses a small CSV with a header. The separator is a comma, semicolon or tab, whichever the header has most of; quotes
 * follow RFC 4180. Blank lines are skipped.
 *
 * @param options.what Name of the text, for errors.
 * @throws {SyntaxError} If there is no header, a line has more or fewer fields than it, or a quote is not closed.
 *
 * @example
 * parseDelimited('id;spend\n"a;b";1\n', { what: "results.csv" }).rows; // [{line: 2, fields: ["a;b", "1"]}]
 */
export function parseDelimited(text: string, options: { readonly what: string }): DelimitedText {
  requireKnownOptions("parse text", options, { what: true });
  const { what } = options;
  const body = text.startsWith("\ufeff") ? text.slice(1) : text;
  const first = /^[^\r\n]*/.exec(body)?.[0] ?? "";
  const counts = [",", ";", "\t"].map((mark) => ({ mark, count: first.split(mark).length }));
  const { mark } = counts.reduce((best, one) => (one.count > best.count ? one : best));
  const [head, ...rows] = recordsOf(body, mark, what);
  if (!head) throw new SyntaxError(`Cannot read ${what}: it is empty; expected a header and one line per row`);
  const header = head.fields.map((name) => name.trim().toLowerCase());
  for (const { line, fields } of rows) {
    if (fields.length === header.length) continue;
    throw new SyntaxError(
      `Cannot read ${what}: line ${line} has ${fields.length} field${fields.length === 1 ? "" : "s"}; expected ${header.length}`,
    );
  }
  return {
    header,
    rows,
    at: (column) => {
      const index = header.indexOf(column.toLowerCase());
      if (index >= 0) return index;
      const near = nearest(column, header);
      throw new SyntaxError(
        `Cannot read ${what}: it has no column "${column}"; ${near === undefined ? "" : `did you mean "${near}"? `}columns: ${maskedEmails(header.join(", "))}`,
      );
    },
  };
}

function recordsOf(text: string, mark: string, what: string): { line: number; fields: readonly string[] }[] {
  const records: { line: number; fields: readonly string[] }[] = [];
  let line = 1;
  for (let i = 0; i < text.length; ) {
    const { fields, end, closed } = readRecord(text, mark, i);
    if (!closed)
      throw new SyntaxError(
        `Cannot read ${what}: the quote opened on line ${line} is not closed; close it, or double it if it is part of the text`,
      );
    if (fields.length > 1 || fields[0].trim()) records.push({ line, fields });
    line += fields.reduce((breaks, field) => breaks + field.split("\n").length - 1, 1);
    i = end;
  }
  return records;
}
