import { nearest } from "../../errors.js";

/** A delimited text, taken apart. */
export interface DelimitedRows {
  readonly header: readonly string[];
  readonly rows: readonly { readonly line: number; readonly fields: readonly string[] }[];
  /** The place of a column. @throws {SyntaxError} If it is not there. */
  readonly at: (column: string) => number;
}

/**
 * Takes a small CSV with a header apart: commas, semicolons or tabs, whichever the header has most of, and quotes as in
 * RFC 4180. Blank lines are passed over; names of columns lose their blanks and case.
 *
 * @param options.what The name of the text, for messages.
 * @throws {SyntaxError} If there is no header, a line has more or fewer fields, or a quote stays open.
 *
 * @example
 * delimitedRows('id;spend\n"a;b";1\n', { what: "results.csv" }).rows; // [{line: 2, fields: ["a;b", "1"]}]
 */
export function delimitedRows(text: string, { what }: { readonly what: string }): DelimitedRows {
  const body = text.startsWith("\ufeff") ? text.slice(1) : text;
  const first = /^[^\r\n]*/.exec(body)?.[0] ?? "";
  const counts = [",", ";", "\t"].map((mark) => ({ mark, count: first.split(mark).length }));
  const { mark } = counts.reduce((best, one) => (one.count > best.count ? one : best));
  const [head, ...records] = recordsOf(body, mark, what);
  if (!head) throw new SyntaxError(`Cannot read ${what}: it is empty, a header and a line per customer are needed`);
  const header = head.fields.map((name) => name.trim().toLowerCase());
  for (const { line, fields } of records) {
    if (fields.length === header.length) continue;
    throw new SyntaxError(
      `Cannot read ${what}: line ${line} has ${fields.length} field${fields.length === 1 ? "" : "s"}, ${header.length} are needed`,
    );
  }
  return {
    header,
    rows: records,
    at: (column) => {
      const place = header.indexOf(column.toLowerCase());
      if (place >= 0) return place;
      const near = nearest(column, header);
      throw new SyntaxError(
        `Cannot read ${what}: it has no column "${column}"${near === undefined ? "" : `, did you mean "${near}"?`}; there are ${header.join(", ")}`,
      );
    },
  };
}

/**
 * The names of the customers, one on each line.
 *
 * @param at Place of the column that has them.
 * @throws {SyntaxError} If a line names nobody, or somebody comes twice.
 */
export function customerNames(
  rows: DelimitedRows["rows"],
  at: number,
  { what }: { readonly what: string },
): readonly string[] {
  const lineOf = new Map<string, number>();
  return rows.map(({ line, fields }) => {
    const name = fields[at].trim();
    if (!name) throw new SyntaxError(`Cannot read ${what}: line ${line} names no customer`);
    const earlier = lineOf.get(name);
    if (earlier !== undefined) {
      throw new SyntaxError(
        `Cannot read ${what}: "${name}" is on lines ${earlier} and ${line}, one line per customer is needed`,
      );
    }
    lineOf.set(name, line);
    return name;
  });
}

function recordsOf(text: string, mark: string, what: string): { line: number; fields: string[] }[] {
  const records: { line: number; fields: string[] }[] = [];
  let line = 1;
  for (let i = 0; i < text.length; ) {
    const start = line;
    const fields: string[] = [];
    for (let more = true; more; ) {
      let field = "";
      if (text[i] === '"') {
        for (++i; ; ++i) {
          if (i >= text.length)
            throw new SyntaxError(`Cannot read ${what}: a quote opened on line ${start} is not closed`);
          if (text[i] === "\n") ++line;
          if (text[i] === '"' && text[++i] !== '"') break;
          field += text[i];
        }
      }
      while (i < text.length && text[i] !== mark && text[i] !== "\n" && text[i] !== "\r") field += text[i++];
      fields.push(field);
      more = text[i] === mark;
      if (more) ++i;
    }
    if (text[i] === "\r") ++i;
    if (text[i] === "\n") ++i;
    ++line;
    if (fields.length > 1 || fields[0].trim()) records.push({ line: start, fields });
  }
  return records;
}
