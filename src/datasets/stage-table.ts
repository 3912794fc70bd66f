import { type Engine, quotedIdentifier, quotedText } from "../engine/index.js";
import { messageOf } from "../errors.js";
import { type ColumnType, sourceContract, type TableName } from "./contract.js";
import { columnNotFound, findColumn } from "./find-column.js";
import { joinFiles } from "./join-files.js";
import type { ColumnSource, TableMapping } from "./mapping.js";
import { timestampFormats } from "./sniff.js";
import { sniffTimeFormats } from "./sniff-time-formats.js";
import { hiddenColumns, openSource, type Source } from "./source.js";
import { expectedValue, typedExpression } from "./typed-expression.js";

/** A row that could not be read and was left out under `onError: "drop"`. */
export interface RejectedRow {
  readonly table: string;
  readonly file: string;
  /** Data row of the file, from 1. */
  readonly row: number;
  readonly reason: string;
}

export interface StagedTable {
  readonly sources: readonly Source[];
  readonly rejected: readonly RejectedRow[];
  /** Sentences on what was sniffed. */
  readonly notes: readonly string[];
}

export interface StageOptions {
  /** Finds the file that a mapping names. */
  readonly locate: (file: string) => string;
  readonly temporaryFolder: string;
  readonly timezone: string;
  readonly onError: "fail" | "drop";
}

/**
 * Reads one table of a mapping into the engine's table `staged_<table>`: canonical columns with their types,
 * `source_row`, timestamps in UTC.
 *
 * @throws {SyntaxError} If a column is missing, or a value cannot be read and `onError` is "fail".
 */
export async function stageTable(
  engine: Engine,
  table: TableName,
  mapping: TableMapping,
  { locate, temporaryFolder, timezone, onError }: StageOptions,
): Promise<StagedTable> {
  const view = sourceView(table);
  const open = { ...mapping, temporaryFolder, skipBrokenLines: onError === "drop" };
  const { source, broken } = await openSource(engine, locate(mapping.file), view, open);
  const joined = await joinFiles(engine, view, mapping.join ?? [], { locate, temporaryFolder });
  const notes = [source, ...joined.sources].flatMap(({ file, sheets = [], skippedSheets = [] }) =>
    skippedSheets.map(
      (name) => `sheet "${name}" of "${file}" is left out, its header is not that of "${sheets[0]?.name}"`,
    ),
  );
  const columns: StagedColumn[] = [];
  const available = (await engine.describe(`SELECT * FROM ${quotedIdentifier(joined.view)}`)).map(({ name }) => name);
  try {
    for (const [name, from] of Object.entries(mapping.columns)) {
      const { type } = sourceContract[table].columns[name];
      const raw = rawExpression(from, available, `Cannot import "${table}" from "${source.file}"`);
      let formats: readonly string[] = [];
      if (type === "timestamp" || type === "date") {
        const given = mapping.formats?.[name] ?? mapping.timestamp_format;
        const what = `Cannot import "${table}" from "${source.file}": "${name}"`;
        const found = given ? [given].flat() : await sniffTimeFormats(engine, joined.view, raw, what);
        if (!given) notes.push(`${table}.${name} is read as ${found.map((format) => `"${format}"`).join(", ")}`);
        // What a workbook or Parquet holds as a time has been written in ISO form.
        formats = source.kind === "delimited" ? found : [...new Set([...found, ...timestampFormats.slice(0, 8)])];
      }
      const reading = { formats, zone: mapping.timezone ?? timezone, decimal: mapping.decimal ?? "." };
      columns.push({ name, type, raw, typed: typedExpression(raw, type, reading) });
    }
    await engine.run(stagingStatement(table, joined.view, columns));
  } catch (error) {
    throw (
      (await wrongExpression(engine, joined.view, mapping.columns, `Cannot import "${table}" from "${source.file}"`)) ??
      error
    );
  }
  const unreadable = await takeUnreadable(engine, table, source, columns, onError);
  const rejected = [...broken.map((line) => ({ table, file: source.file, ...line })), ...unreadable];
  return { sources: [source, ...joined.sources], rejected: rejected.sort((a, b) => a.row - b.row), notes };
}

/** The view of a table's source file. */
export function sourceView(table: TableName): string {
  return `source_${table}`;
}

interface StagedColumn {
  readonly name: string;
  readonly type: ColumnType;
  /** SQL of the text as it came. */
  readonly raw: string;
  /** SQL of the value. */
  readonly typed: string;
}

/** Data frames write a missing value as nan. */
function rawExpression(from: ColumnSource, available: readonly string[], action: string): string {
  if (typeof from !== "string") return `CAST((${from.sql}) AS VARCHAR)`;
  const found = findColumn(available, from);
  if (found === undefined) {
    throw columnNotFound(
      action,
      from,
      available.filter((name) => !hiddenColumns.includes(name)),
    );
  }
  const text = `trim(${quotedIdentifier(found)})`;
  return `CASE WHEN ${text} NOT IN ('', 'nan', 'NaN') THEN ${text} END`;
}

/** The error of the first SQL expression of a mapping that cannot be run, if there is one. */
async function wrongExpression(
  engine: Engine,
  view: string,
  columns: TableMapping["columns"],
  action: string,
): Promise<SyntaxError | undefined> {
  for (const [name, from] of Object.entries(columns)) {
    if (typeof from === "string") continue;
    try {
      await engine.rows(`SELECT count(CAST((${from.sql}) AS VARCHAR)) AS n FROM ${quotedIdentifier(view)}`);
    } catch (cause) {
      const reason = messageOf(cause).replace(/^Cannot run ".*?…": /s, "");
      return new SyntaxError(`${action}: the SQL of "${name}" cannot be run: ${reason}`, { cause });
    }
  }
  return undefined;
}

/** A value that is there and cannot be read shows in `bad_column` and `bad_value`. */
function stagingStatement(table: string, view: string, columns: readonly StagedColumn[]): string {
  const names = columns.map(({ name }) => quotedIdentifier(name));
  const rawName = (name: string) => quotedIdentifier(`raw ${name}`);
  const checked = columns.filter(({ type }) => type !== "text").map(({ name }) => name);
  const cases = (value: (name: string) => string) =>
    checked.map(
      (name) => `WHEN ${quotedIdentifier(name)} IS NULL AND ${rawName(name)} IS NOT NULL THEN ${value(name)}`,
    );
  const one = (value: (name: string) => string) => (checked.length ? `CASE ${cases(value).join(" ")} END` : "NULL");
  const raws = columns.map(({ name, raw }) => `${raw} AS ${rawName(name)}`);
  const typed = columns.map(({ name, typed }) => `${typed} AS ${quotedIdentifier(name)}`);
  return `CREATE OR REPLACE TABLE ${quotedIdentifier(`staged_${table}`)} AS
    SELECT source_row, ${names.join(", ")}, ${one(quotedText)} AS bad_column, ${one(rawName)} AS bad_value
    FROM (SELECT source_row, ${[...typed, ...raws].join(", ")} FROM ${quotedIdentifier(view)}) AS t`;
}

async function takeUnreadable(
  engine: Engine,
  table: TableName,
  { file }: Source,
  columns: readonly StagedColumn[],
  onError: "fail" | "drop",
): Promise<RejectedRow[]> {
  const staged = quotedIdentifier(`staged_${table}`);
  const bad = await engine.rows(
    `SELECT source_row, bad_column, bad_value FROM ${staged} WHERE bad_column IS NOT NULL ORDER BY source_row`,
  );
  const explain = (row: (typeof bad)[number]) => {
    const type = columns.find(({ name }) => name === row["bad_column"])?.type ?? "text";
    return `${row["bad_column"]} is "${row["bad_value"]}", ${expectedValue[type]} is needed`;
  };
  if (bad.length && onError === "fail") {
    const more = bad.length > 1 ? ` (and ${bad.length - 1} more such rows)` : "";
    throw new SyntaxError(
      `Cannot import "${table}" from "${file}": row ${bad[0]["source_row"]}: ${explain(bad[0])}${more}; mend the file, or --on-error drop leaves such rows out and lists them`,
    );
  }
  if (bad.length) await engine.run(`DELETE FROM ${staged} WHERE bad_column IS NOT NULL`);
  await engine.run(`ALTER TABLE ${staged} DROP COLUMN bad_column`);
  await engine.run(`ALTER TABLE ${staged} DROP COLUMN bad_value`);
  return bad.map((row) => ({ table, file, row: Number(row["source_row"]), reason: explain(row) }));
}
