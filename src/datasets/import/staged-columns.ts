import { type Engine, quotedIdentifier, quotedText } from "../../engine/index.js";
import { columnNotFound, findColumn } from "../mapping/find-column.js";
import type { ColumnSource, TableMapping } from "../mapping/mapping.js";
import { timestampFormats } from "../mapping/sniff.js";
import { sniffTimeFormats } from "../mapping/sniff-time-formats.js";
import { typedExpression } from "../mapping/typed-expression.js";
import { hiddenColumns, type Source } from "../sources/source.js";
import { type ColumnType, sourceContract, type TableName } from "./contract.js";

/** How one canonical column comes out of a source. */
export interface StagedColumn {
  readonly name: string;
  readonly type: ColumnType;
  /** SQL of the text as it came. */
  readonly raw: string;
  /** SQL of the value, over the column `raw <name>` with that text. */
  readonly typed: string;
}

/** The source's relation, the file behind it and the zone of its local times. */
export interface StagedColumnsOptions {
  /** The relation with the source's columns. */
  readonly view: string;
  readonly source: Source;
  readonly timezone: string;
}

/**
 * The columns of one table of a mapping, and sentences on what was sniffed.
 *
 * @throws {SyntaxError} If the source lacks a column, or nothing says how its times are to be read.
 */
export async function stagedColumns(
  engine: Engine,
  table: TableName,
  mapping: TableMapping,
  { view, source, timezone }: StagedColumnsOptions,
): Promise<{ columns: StagedColumn[]; notes: string[] }> {
  const notes: string[] = [];
  const columns: StagedColumn[] = [];
  const available = (await engine.describe(`SELECT * FROM ${quotedIdentifier(view)}`)).map(({ name }) => name);
  for (const [name, from] of Object.entries(mapping.columns)) {
    const { type } = sourceContract[table].columns[name];
    const action = `Cannot import "${table}" from "${source.file}"`;
    const raw = rawExpression(from, available, action);
    let formats: readonly string[] = [];
    if (type === "timestamp" || type === "date") {
      const given = mapping.formats?.[name] ?? mapping.timestamp_format;
      const what = `${action}: "${name}"`;
      const found = given ? [given].flat() : await sniffTimeFormats(engine, view, raw, what);
      if (!given) notes.push(`${table}.${name} is read as ${found.map((format) => `"${format}"`).join(", ")}`);
      // What a workbook or Parquet holds as a time has been written in ISO form.
      formats = source.kind === "delimited" ? found : [...new Set([...found, ...timestampFormats.slice(0, 8)])];
    }
    const reading = { formats, zone: mapping.timezone ?? timezone, decimal: mapping.decimal ?? "." };
    columns.push({ name, type, raw, typed: typedExpression(rawName(name), type, reading) });
  }
  return { columns, notes };
}

/** Columns to keep as they are, and the marks that say what could not be read. */
export interface TypedRowsOptions {
  /** Columns of the view that stay as they are; defaults to none. */
  readonly kept?: readonly string[];
  /** What to tell of a value that is there and cannot be read: the first such column of a row, and its text. */
  readonly marks: readonly ("bad_column" | "bad_value")[];
}

/** SQL of the typed rows of a source view. */
export function typedRows(
  view: string,
  columns: readonly StagedColumn[],
  { kept = [], marks }: TypedRowsOptions,
): string {
  const checked = columns.filter(({ type }) => type !== "text").map(({ name }) => name);
  const cases = (value: (name: string) => string) =>
    checked.map(
      (name) => `WHEN ${quotedIdentifier(name)} IS NULL AND ${rawName(name)} IS NOT NULL THEN ${value(name)}`,
    );
  const one = (value: (name: string) => string) =>
    checked.length ? `CASE ${cases(value).join(" ")} END` : "CAST(NULL AS VARCHAR)";
  const marked = marks.map((mark) => `${one(mark === "bad_column" ? quotedText : rawName)} AS ${mark}`);
  const names = columns.map(({ name }) => quotedIdentifier(name));
  const typed = columns.map(({ name, typed }) => `${typed} AS ${quotedIdentifier(name)}`);
  const raws = columns.map(({ name }) => rawName(name));
  const texts = columns.map(({ name, raw }) => `${raw} AS ${rawName(name)}`);
  // The texts in a layer of their own: an expression that names one several times prepares it once.
  return `SELECT ${[...kept, ...names, ...marked].join(", ")}
    FROM (SELECT ${[...kept, ...typed, ...raws].join(", ")}
      FROM (SELECT ${[...kept, ...texts].join(", ")} FROM ${quotedIdentifier(view)}) AS texts) AS values_and_texts`;
}

function rawName(name: string): string {
  return quotedIdentifier(`raw ${name}`);
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
  return presentText(quotedIdentifier(found));
}

/** The text without blanks around it, or nothing if it stands for a missing value. */
function presentText(text: string): string {
  const missing = `trim(${text}) IN ('', 'nan', 'NaN')`;
  // `trim` goes through every character, which takes longer than all the rest of the reading: it is asked only where
  // there may be something to do. Blanks stand before "!"; those beyond ASCII have more bytes than characters.
  const odd = `${text} < '!' OR ends_with(${text}, ' ') OR strlen(${text}) <> length(${text}) OR ${text} IN ('nan', 'NaN')`;
  return `CASE WHEN ${odd} THEN CASE WHEN ${missing} THEN NULL ELSE trim(${text}) END ELSE ${text} END`;
}
