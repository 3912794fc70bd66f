import { type Engine, quotedIdentifier, quotedText } from "../../engine/index.js";
import { formatNumber } from "../../table/index.js";
import { maskedValue, shownCell } from "../../text/index.js";
import { expectedValue } from "../mapping/typed-expression.js";
import { plausibleTimeFormats } from "../times/sniff-time-formats.js";
import { isWithin, type TimeRange } from "../times/time-range.js";
import type { TableName } from "./contract.js";
import type { StagedColumn } from "./staged-columns.js";

/** Unreadable row that was left out. */
export interface RejectedRow {
  readonly table: string;
  readonly file: string;
  /** Data row of the file, from 1. */
  readonly row: number;
  readonly reason: string;
}

/** Options for {@link takeUnreadable}. */
export interface TakeUnreadableOptions {
  readonly columns: readonly StagedColumn[];
  readonly onError: "fail" | "drop";
  readonly placeOf: (row: number) => { readonly file: string; readonly row: number };
}

/** The share of rows up to which implausible times are left out without being asked to. */
const FEW = 0.001;

/** A row with a value that is not what its column holds. */
interface BadRow {
  readonly sourceRow: number;
  readonly column: StagedColumn;
  readonly text: string;
  /** The time that was read, if it is implausible. */
  readonly read: string | undefined;
}

/**
 * Takes the rows with an unreadable value, or an implausible time, out of `staged_<table>`. A few implausible times, such
 * as 9999-12-31 for "never", are left out and said; more of them are read with the wrong format.
 *
 * @throws {SyntaxError} If `onError` is "fail" and a value is unreadable, or more than a few times are implausible.
 */
export async function takeUnreadable(
  engine: Engine,
  table: TableName,
  { columns, onError, placeOf }: TakeUnreadableOptions,
): Promise<{ readonly rejected: readonly RejectedRow[]; readonly notes: readonly string[] }> {
  const staged = quotedIdentifier(`staged_${table}`);
  const dates = await clearImplausibleDates(engine, table, columns);
  const bad = await badRows(engine, staged, columns);
  const place = ({ sourceRow }: BadRow) => placeOf(sourceRow);
  const refuse = async (rows: readonly BadRow[], remedy: string) => {
    const more = rows.length > 1 ? ` (and ${rows.length - 1} more such rows)` : "";
    const { file, row } = place(rows[0]);
    return new SyntaxError(
      `Cannot import "${table}" from "${file}": row ${row}: ${reasonOf(rows[0])}${more}; ${remedy}or drop and list such rows with --on-error drop`,
    );
  };
  const implausible = bad.filter(({ read }) => read !== undefined);
  if (onError === "fail") {
    const unreadable = bad.filter(({ read }) => read === undefined);
    if (unreadable.length) throw await refuse(unreadable, remedyFor(unreadable[0].column));
    const [{ rows }] = await engine.rows(`SELECT count(*) AS rows FROM ${staged}`);
    if (implausible.length > FEW * Number(rows)) {
      const other = await otherFormat(engine, staged, implausible[0].column);
      throw await refuse(implausible, other ? `set "timestamp_format" to "${other}", which fits, ` : "fix the file, ");
    }
  }
  if (bad.length) await engine.run(`DELETE FROM ${staged} WHERE bad_column IS NOT NULL`);
  await engine.run(`ALTER TABLE ${staged} DROP COLUMN bad_column`);
  await engine.run(`ALTER TABLE ${staged} DROP COLUMN bad_value`);
  const rejected = bad.map((row) => ({ table, ...place(row), reason: reasonOf(row) }));
  const times = columns.flatMap((column) => implausibleNotes(table, column, { implausible, place }));
  return { rejected, notes: [...dates, ...times] };
}

/** Takes implausible dates as missing: they are facts about a row that is worth more, such as 9999-12-31 for "no end". */
async function clearImplausibleDates(
  engine: Engine,
  table: TableName,
  columns: readonly StagedColumn[],
): Promise<string[]> {
  const staged = quotedIdentifier(`staged_${table}`);
  const notes: string[] = [];
  for (const { name, type, time } of columns) {
    if (type !== "date" || !time) continue;
    const column = quotedIdentifier(name);
    const [{ n, example }] = await engine.rows(
      `SELECT count(*) AS n, CAST(min(${column}) AS VARCHAR) AS example FROM ${staged} WHERE NOT ${isWithin(column, time.range)}`,
    );
    if (!Number(n)) continue;
    await engine.run(`UPDATE ${staged} SET ${column} = NULL WHERE NOT ${isWithin(column, time.range)}`);
    const { first, last } = time.range;
    const count = formatNumber(Number(n), { kind: "count" });
    notes.push(
      `${table}: ${count} ${Number(n) === 1 ? "value" : "values"} of ${name} taken as missing, not from ${first} to ${last}, such as ${example}`,
    );
  }
  return notes;
}

async function badRows(engine: Engine, staged: string, columns: readonly StagedColumn[]): Promise<BadRow[]> {
  const times = columns.filter(({ time }) => time);
  const read = times.map(({ name }) => `WHEN ${quotedText(name)} THEN CAST(${quotedIdentifier(name)} AS VARCHAR)`);
  const rows = await engine.rows(
    `SELECT source_row, bad_column, bad_value, ${read.length ? `CASE bad_column ${read.join(" ")} END` : "NULL"} AS read
     FROM ${staged} WHERE bad_column IS NOT NULL ORDER BY source_row`,
  );
  return rows.flatMap((row) => {
    const column = columns.find(({ name }) => name === row["bad_column"]);
    if (!column) return [];
    const text = String(row["bad_value"]);
    return [
      {
        sourceRow: Number(row["source_row"]),
        column,
        text,
        read: row["read"] === null ? undefined : String(row["read"]),
      },
    ];
  });
}

function reasonOf({ column: { name, type, time }, text, read }: BadRow): string {
  const shown = type === "id" || type === "text" || type === "flag" ? maskedValue : shownCell;
  const what = `${name} is "${shown(text)}"`;
  if (read === undefined || !time) return `${what}, expected ${expectedValue[type]}`;
  const formats = time.formats.map((format) => `"${format}"`).join(", ");
  return `${what}, which is ${beyond(read, time.range)} when read with ${formats}`;
}

function beyond(read: string, { first, last }: TimeRange): string {
  // Years of more or fewer than four digits do not sort as text.
  const isEarly = read < first || /^\d{1,3}-/.test(read) || read.includes("(BC)");
  return isEarly ? `before ${first}` : `after ${last}`;
}

function remedyFor({ time }: StagedColumn): string {
  return time ? 'set "timestamp_format" or an "sql" that gives the time, fix the file, ' : "fix the file, ";
}

/** A format other than the one tried that reads the implausible times of a column plausibly. */
async function otherFormat(engine: Engine, staged: string, { name, time }: StagedColumn): Promise<string | undefined> {
  if (!time) return undefined;
  const view = "implausible times";
  await engine.run(
    `CREATE OR REPLACE TEMP VIEW ${quotedIdentifier(view)} AS SELECT source_row, bad_value FROM ${staged} WHERE bad_column = ${quotedText(name)}`,
  );
  const texts = { view, raw: "bad_value", what: "", range: time.range };
  const found = await plausibleTimeFormats(engine, texts).catch(() => []);
  // One that reads them all.
  return found.length === 1 && !time.formats.includes(found[0]) ? found[0] : undefined;
}

/** Names the implausible times that were left out, each with its first rows. */
function implausibleNotes(
  table: TableName,
  column: StagedColumn,
  {
    implausible,
    place,
  }: {
    readonly implausible: readonly BadRow[];
    readonly place: (row: BadRow) => { readonly file: string; readonly row: number };
  },
): string[] {
  const rows = implausible.filter((row) => row.column === column);
  if (!rows.length || !column.time) return [];
  const { first, last } = column.time.range;
  const texts = [...new Set(rows.map(({ text }) => text))].slice(0, 3).map((text) => {
    const own = rows.filter((row) => row.text === text).map((row) => place(row).row);
    const shown = own.slice(0, 5).join(", ");
    return `"${text}" in row${own.length > 1 ? "s" : ""} ${shown}${own.length > 5 ? " and more" : ""}`;
  });
  const count = formatNumber(rows.length, { kind: "count" });
  return [
    `${table}: ${count} row${rows.length > 1 ? "s" : ""} left out, ${column.name} is not from ${first} to ${last}: ${texts.join("; ")}`,
  ];
}
