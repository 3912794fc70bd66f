import { type Engine, quotedIdentifier, quotedText } from "../../engine/index.js";
import { currencySymbol } from "../../table/index.js";
import { columnNotFound, findColumn } from "../mapping/find-column.js";
import type { ColumnSource, TableMapping } from "../mapping/mapping.js";
import { type ReadingOptions, typedExpression } from "../mapping/typed-expression.js";
import type { NumberNotation } from "../numbers/number-notation.js";
import { sniffNumberNotation } from "../numbers/sniff-number-notation.js";
import { hiddenColumns, type Source } from "../sources/source.js";
import { sniffTimeFormats } from "../times/sniff-time-formats.js";
import { isoFormats } from "../times/time-formats.js";
import { isWithin, type TimeRange, timeRange } from "../times/time-range.js";
import { type ColumnType, sourceContract, type TableName } from "./contract.js";

/** SQL of one canonical column of a source. */
export interface StagedColumn {
  readonly name: string;
  readonly type: ColumnType;
  /** SQL of the original text. */
  readonly raw: string;
  /** SQL of the typed value, given the text as column `raw <name>`. */
  readonly typed: string;
  /** How a time is read, and the days within which it is plausible. */
  readonly time?: { readonly formats: readonly string[]; readonly range: TimeRange };
}

/** Options for reading the columns of a source. */
export interface StagedColumnsOptions {
  /** Relation with the source columns. */
  readonly view: string;
  readonly source: Source;
  readonly timezone: string;
  /** ISO code of the dataset's currency. */
  readonly currency: string;
  /** Time of import; later times are implausible. */
  readonly now: Date;
  /** Takes numbers as the engine reads them, without a look at the texts; defaults to false. */
  readonly inPlace?: boolean;
}

/**
 * Returns the columns of one table of a mapping, and notes on detected formats.
 *
 * @throws {SyntaxError} If the source lacks a column, SQL is no expression or reads a file, or the format of times is
 *   ambiguous.
 */
export async function stagedColumns(
  engine: Engine,
  table: TableName,
  mapping: TableMapping,
  options: StagedColumnsOptions,
): Promise<{ columns: StagedColumn[]; notes: string[] }> {
  const { view, source } = options;
  const available = (await engine.describe(`SELECT * FROM ${quotedIdentifier(view)}`)).map(({ name }) => name);
  const notes: string[] = [];
  const columns: StagedColumn[] = [];
  for (const [name, from] of Object.entries(mapping.columns)) {
    const action = `Cannot import "${table}" from "${source.file}"`;
    if (typeof from !== "string") await requireExpression(engine, from.sql, `${action}: the SQL of "${name}"`);
    const raw = rawExpression(from, { available, action, words: mapping.missing ?? [] });
    const found = await readingOf(engine, { table, name, raw, what: `${action}: "${name}"` }, mapping, options);
    notes.push(...found.notes.map((note) => `${table}.${name} is read as ${note}`));
    const { type } = sourceContract[table].columns[name];
    const { time } = found;
    const typed = typedExpression(rawName(name), type, found.reading);
    columns.push({
      name,
      type,
      raw,
      typed,
      ...(time ? { time: { formats: found.reading.formats, range: time } } : {}),
    });
  }
  return { columns, notes };
}

/** Refuses amounts that carry another currency than the dataset has. */
function requireCurrency(what: string, sign: string, currency: string): void {
  // Abbreviations such as "Fr." have no code.
  if (!/\p{Sc}|^[A-Z]{3}$/u.test(sign) || sign === currency || sign.endsWith(currencySymbol(currency))) return;
  throw new SyntaxError(
    `${what} holds amounts in "${sign}", but the currency of the dataset is ${currency}; set "currency" in "settings"`,
  );
}

interface RawColumn {
  readonly table: TableName;
  readonly name: string;
  /** SQL of the text. */
  readonly raw: string;
  /** What is read, for errors. */
  readonly what: string;
}

/** Finds out how the texts of a column are read; notes say what the mapping does not. */
async function readingOf(
  engine: Engine,
  { table, name, raw, what }: RawColumn,
  mapping: TableMapping,
  { view, source, timezone, currency, now, inPlace = false }: StagedColumnsOptions,
): Promise<{ readonly reading: ReadingOptions; readonly time?: TimeRange; readonly notes: readonly string[] }> {
  const contract = sourceContract[table].columns[name];
  const { decimal, timezone: zone = timezone } = mapping;
  const plain: NumberNotation = { decimal: ".", plain: true };
  switch (contract.type) {
    case "money":
    case "number": {
      if (inPlace) return { reading: { formats: [], zone, notation: plain }, notes: [] };
      const { sign, ...notation } = await sniffNumberNotation(engine, {
        ...{ view, raw, what, decimal, typed: source.kind !== "delimited" },
        unit: contract.type === "money" ? "currency" : "percent",
      });
      if (sign !== undefined) requireCurrency(what, sign, currency);
      const form = notation.decimal === "," ? "1.234,56" : "1,234.56";
      const notes = notation.plain ? [] : [`${form}${sign === undefined ? "" : `, in "${sign}"`}`];
      return { reading: { formats: [], zone, notation }, notes: decimal && sign === undefined ? [] : notes };
    }
    case "timestamp":
    case "date": {
      const range = timeRange(contract, now);
      const given = mapping.formats?.[name] ?? mapping.timestamp_format;
      const found = given ? [given].flat() : await sniffTimeFormats(engine, { view, raw, what, range });
      // Times of workbooks and Parquet files were converted to ISO format.
      const formats = source.kind === "delimited" ? found : [...new Set([...found, ...isoFormats])];
      const notes = given ? [] : [found.map((format) => `"${format}"`).join(", ")];
      return { reading: { formats, zone, notation: plain }, time: range, notes };
    }
    default:
      return { reading: { formats: [], zone, notation: plain }, notes: [] };
  }
}

/** Refuses SQL of a mapping that is not an expression over the source. @throws {SyntaxError} */
async function requireExpression(engine: Engine, sql: string, what: string): Promise<void> {
  const problem = await engine.expressionProblem(sql);
  if (problem !== undefined) throw new SyntaxError(`${what} is invalid: ${problem}`);
}

/** Options for reading typed rows. */
export interface TypedRowsOptions {
  /** Columns of the view to keep unchanged; defaults to none. */
  readonly kept?: readonly string[];
  /** Columns that mark an unreadable value: the first such column of a row, and its text. */
  readonly marks: readonly ("bad_column" | "bad_value")[];
  /** Marks implausible dates as well as times; defaults to false. */
  readonly marksDates?: boolean;
}

/** Returns SQL of the typed rows of a source view. */
export function typedRows(
  view: string,
  columns: readonly StagedColumn[],
  { kept = [], marks, marksDates = false }: TypedRowsOptions,
): string {
  const checked = columns.filter(({ type }) => type !== "text");
  const isWrong = ({ name, type, time }: StagedColumn) => {
    const value = quotedIdentifier(name);
    const unreadable = `${value} IS NULL AND ${rawName(name)} IS NOT NULL`;
    return time && (marksDates || type === "timestamp")
      ? `(${unreadable} OR NOT ${isWithin(value, time.range)})`
      : unreadable;
  };
  const cases = (value: (name: string) => string) =>
    checked.map((column) => `WHEN ${isWrong(column)} THEN ${value(column.name)}`);
  const one = (value: (name: string) => string) =>
    checked.length ? `CASE ${cases(value).join(" ")} END` : "CAST(NULL AS VARCHAR)";
  const marked = marks.map((mark) => `${one(mark === "bad_column" ? quotedText : rawName)} AS ${mark}`);
  const names = columns.map(({ name }) => quotedIdentifier(name));
  const typed = columns.map(({ name, typed }) => `${typed} AS ${quotedIdentifier(name)}`);
  const raws = columns.map(({ name }) => rawName(name));
  const texts = columns.map(({ name, raw }) => `${raw} AS ${rawName(name)}`);
  // The texts are a subquery, so that repeated uses are evaluated once.
  return `SELECT ${[...kept, ...names, ...marked].join(", ")}
    FROM (SELECT ${[...kept, ...typed, ...raws].join(", ")}
      FROM (SELECT ${[...kept, ...texts].join(", ")} FROM ${quotedIdentifier(view)}) AS texts) AS values_and_texts`;
}

function rawName(name: string): string {
  return quotedIdentifier(`raw ${name}`);
}

/** Returns SQL of the source text. SQL of the mapping sees the texts as they stand. */
function rawExpression(
  from: ColumnSource,
  {
    available,
    action,
    words,
  }: { readonly available: readonly string[]; readonly action: string; readonly words: readonly string[] },
): string {
  if (typeof from !== "string") return `CAST((${from.sql}\n) AS VARCHAR)`;
  const found = findColumn(available, from);
  if (found === undefined) {
    throw columnNotFound(
      action,
      from,
      available.filter((name) => !hiddenColumns.includes(name)),
    );
  }
  return presentText(quotedIdentifier(found), words);
}

/** Texts that stand for a missing value in exports of databases, spreadsheets and data frames. */
const MISSING = ["NULL", "None", "\\N", "N/A", "#N/A", "<NA>", "nan", "undefined", "-"];
const MISSING_FORMS = [...MISSING.flatMap((word) => [word, word.toLowerCase(), word.toUpperCase()]), "NaN", "Null"];

/** Returns SQL of the trimmed text, or null if it stands for a missing value. */
function presentText(text: string, words: readonly string[]): string {
  const missing = [...new Set([...MISSING_FORMS, ...words])];
  const starts = [...new Set(missing.map((word) => [...word][0]))].join("");
  // `trim` and the words cost more than the rest of the reading, so they are tried only where needed. ASCII whitespace
  // sorts before "!"; other whitespace has more bytes than characters.
  const odd = `${text} < '!' OR ends_with(${text}, ' ') OR strlen(${text}) <> length(${text}) OR contains(${quotedText(starts)}, left(${text}, 1))`;
  // Long IN lists become joins, which do not keep the order of rows.
  const isMissing = `trim(${text}) = '' OR list_contains([${missing.map(quotedText).join(", ")}], trim(${text}))`;
  return `CASE WHEN ${odd} THEN CASE WHEN ${isMissing} THEN NULL ELSE trim(${text}) END ELSE ${text} END`;
}
