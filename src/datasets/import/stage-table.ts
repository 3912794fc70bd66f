import { type Engine, quotedIdentifier, StatementTimeout } from "../../engine/index.js";
import { messageOf } from "../../errors.js";
import type { TableMapping } from "../mapping/mapping.js";
import type { FileLocator } from "../sources/locate-file.js";
import { openInPlace, type Source } from "../sources/source.js";
import type { TableName } from "./contract.js";
import { joinedView, joinFiles } from "./join-files.js";
import { openFiles, placeOf as placeIn } from "./open-files.js";
import { type StagedColumn, type StagedColumnsOptions, stagedColumns, typedRows } from "./staged-columns.js";
import { type RejectedRow, takeUnreadable } from "./take-unreadable.js";

/** Source of a table and the view of its rows as text. */
export interface StagedSource {
  readonly source: Source;
  readonly view: string;
}

/** Result of staging one table. */
export interface StagedTable {
  /** The files of the table, and those joined to it. */
  readonly sources: readonly StagedSource[];
  /** Returns the file of a row of the table, and the row in it. */
  readonly placeOf: (row: number) => { readonly file: string; readonly row: number };
  readonly rejected: readonly RejectedRow[];
  /** Notes on detected formats. */
  readonly notes: readonly string[];
}

/** Options for staging a table. */
export interface StageOptions {
  readonly locate: FileLocator;
  readonly temporaryFolder: string;
  readonly timezone: string;
  /** ISO code of the dataset's currency. */
  readonly currency: string;
  readonly onError: "fail" | "drop";
  /** Time of import. */
  readonly now: Date;
  /** Keeps the source readable as text, in the view {@link sourceView}. */
  readonly keepText: boolean;
  /** False allows any row order if the mapping does not depend on it; defaults to true. */
  readonly inOrder?: boolean;
}

/**
 * Reads one table of a mapping into the engine's relation `staged_<table>`: canonical columns with their types,
 * `source_row`, timestamps in UTC.
 *
 * @throws {SyntaxError} If a column is missing, or a value cannot be read and `onError` is "fail".
 */
export async function stageTable(
  engine: Engine,
  table: TableName,
  mapping: TableMapping,
  options: StageOptions,
): Promise<StagedTable> {
  return (await stageInPlace(engine, table, mapping, options)) ?? stageCopy(engine, table, mapping, options);
}

/** Returns the name of the view of a table's source file. */
export function sourceView(table: TableName): string {
  return `source_${table}`;
}

/** Returns the name of the relation of a table's typed rows. */
export function stagedName(table: TableName): string {
  return `staged_${table}`;
}

/**
 * Reads a text file in one pass into typed columns. Returns undefined if one pass is not enough or the file has any error;
 * {@link stageCopy} then gives the details.
 */
async function stageInPlace(
  engine: Engine,
  table: TableName,
  mapping: TableMapping,
  { locate, timezone, currency, onError, now, keepText, inOrder = true }: StageOptions,
): Promise<StagedTable | undefined> {
  if (keepText || onError === "drop" || mapping.join || mapping.glob || mapping.decimal === ",") return undefined;
  // SQL may hold what does not keep the order of rows, such as a long IN list, which becomes a join.
  if (Object.values(mapping.columns).some((from) => typeof from !== "string")) return undefined;
  const view = sourceView(table);
  const [read, staged] = [`read_${table}`, stagedName(table)].map(quotedIdentifier);
  try {
    const [path] = locate(mapping);
    const source = await openInPlace(engine, path, view, { ...mapping, names: namesOf(mapping) });
    if (!source) return undefined;
    const { columns, notes } = await stagedColumns(engine, table, mapping, {
      view,
      source,
      timezone,
      currency,
      now,
      inPlace: true,
    });
    const rows = typedRows(view, columns, { marks: ["bad_column"], marksDates: true });
    // The first line of an order takes the remainder of a shared total.
    const anyOrder = !inOrder && /^order/.test(table) && !("order_total" in mapping.columns);
    await engine.keepNumbered(`read_${table}`, rows, "source_row", { inOrder: !anyOrder });
    const [{ bad }] = await engine.rows(`SELECT count(bad_column) AS bad FROM ${read}`);
    if (bad || (await mayBeThousands(engine, read, mapping, columns))) return undefined;
    await engine.run(`CREATE OR REPLACE VIEW ${staged} AS SELECT * EXCLUDE (bad_column) FROM ${read}`);
    const placeOf = (row: number) => ({ file: source.file, row });
    return { sources: [{ source, view }], placeOf, rejected: [], notes };
  } catch (error) {
    if (error instanceof StatementTimeout) throw named(error, table, mapping);
    return undefined;
  }
}

/** True if all fractions of a column may be thousands, such as 1.234, or 15.000 read as 15; the text decides. */
async function mayBeThousands(
  engine: Engine,
  relation: string,
  { decimal }: TableMapping,
  columns: readonly StagedColumn[],
): Promise<boolean> {
  const numeric = columns.filter(({ type }) => type === "money" || type === "number");
  if (decimal !== undefined || !numeric.length) return false;
  const doubts = numeric.map(({ name, type }) => {
    const value = quotedIdentifier(name);
    const isFraction = `${value} <> trunc(${value})`;
    // Counts are whole numbers; prices that all are, are rare enough to look at the text.
    const hasDoubt = type === "money" ? "true" : `bool_or(${isFraction})`;
    return `COALESCE(${hasDoubt} AND NOT bool_or(abs(${value}) >= 1000 OR (${isFraction} AND abs(${value}) < 1)), false)`;
  });
  const [{ doubt }] = await engine.rows(`SELECT ${doubts.join(" OR ")} AS doubt FROM ${relation}`);
  return Boolean(doubt);
}

/** Reads a source through a copy of its text, in several passes. */
async function stageCopy(
  engine: Engine,
  table: TableName,
  mapping: TableMapping,
  { locate, temporaryFolder, timezone, currency, onError, now }: StageOptions,
): Promise<StagedTable> {
  const view = sourceView(table);
  const open = { ...mapping, names: namesOf(mapping), temporaryFolder, skipBrokenLines: onError === "drop" };
  const files = await openFiles(engine, locate(mapping), view, open);
  const placeOf = (row: number) => placeIn(files, row);
  const joined = await joinFiles(engine, view, mapping.join ?? [], { locate, temporaryFolder });
  const source = { ...files[0].source, ...(mapping.glob ? { file: mapping.file } : {}) };
  const { columns, notes } = await stageTyped(engine, table, mapping, {
    view: joined.view,
    source,
    timezone,
    currency,
    now,
  });
  const unreadable = await takeUnreadable(engine, table, { columns, onError, placeOf });
  const broken = files.flatMap((file) => file.broken.map((line) => ({ table, file: file.source.file, ...line })));
  const order = files.map((file) => file.source.file);
  const rejected = [...broken, ...unreadable.rejected].sort(
    (a, b) => order.indexOf(a.file) - order.indexOf(b.file) || a.row - b.row,
  );
  const sources = [...files, ...joined.sources.map((right, i) => ({ source: right, view: joinedView(view, i) }))].map(
    (one) => ({ source: one.source, view: one.view }),
  );
  return {
    sources,
    placeOf,
    rejected,
    notes: [
      ...globNotes(table, mapping, files.length),
      ...sources.flatMap((one) => [...skippedSheetNotes(one.source), ...textNotes(one.source, mapping)]),
      ...notes,
      ...unreadable.notes,
    ],
  };
}

function globNotes(table: TableName, { file, glob = false }: TableMapping, count: number): string[] {
  return glob ? [`${table}: ${count} ${count === 1 ? "file matches" : "files match"} "${file}"`] : [];
}

async function stageTyped(
  engine: Engine,
  table: TableName,
  mapping: TableMapping,
  reading: StagedColumnsOptions,
): ReturnType<typeof stagedColumns> {
  const { view, source } = reading;
  try {
    const staged = await stagedColumns(engine, table, mapping, reading);
    const rows = typedRows(view, staged.columns, { kept: ["source_row"], marks: ["bad_column", "bad_value"] });
    await engine.run(`CREATE OR REPLACE TABLE ${quotedIdentifier(stagedName(table))} AS ${rows}`);
    return staged;
  } catch (error) {
    if (error instanceof StatementTimeout) throw named(error, table, mapping);
    const action = `Cannot import "${table}" from "${source.file}"`;
    throw (await wrongExpression(engine, view, mapping.columns, action)) ?? error;
  }
}

/** Returns the error of the first invalid SQL expression of a mapping, if any. */
async function wrongExpression(
  engine: Engine,
  view: string,
  columns: TableMapping["columns"],
  action: string,
): Promise<SyntaxError | undefined> {
  for (const [name, from] of Object.entries(columns)) {
    if (typeof from === "string") continue;
    try {
      if ((await engine.expressionProblem(from.sql)) !== undefined) return undefined;
      await engine.rows(`SELECT count(CAST((${from.sql}\n) AS VARCHAR)) AS n FROM ${quotedIdentifier(view)}`);
    } catch (cause) {
      const reason = messageOf(cause).replace(/^Cannot run ".*?…": /s, "");
      return new SyntaxError(`${action}: the SQL of "${name}" is invalid: ${reason}`, { cause });
    }
  }
  return undefined;
}

/** Returns the error of a statement that ran too long, naming the columns that have SQL. */
function named(timeout: StatementTimeout, table: TableName, { columns, file }: TableMapping): Error {
  const names = Object.entries(columns).flatMap(([name, from]) => (typeof from === "string" ? [] : [`"${name}"`]));
  const what = names.length ? `compute ${names.join(", ")} of` : "import";
  return timeout.of(`${what} "${table}" from "${file}"`);
}

/** The source columns that a mapping names; the rest of its columns come from SQL. */
function namesOf({ columns }: TableMapping): readonly string[] {
  return Object.values(columns).filter((from) => typeof from === "string");
}

/** Says what was found about a text, and may be wrong. */
function textNotes({ file, encoding = "utf-8", skippedLines = 0 }: Source, mapping: TableMapping): string[] {
  const lines = `${skippedLines} ${skippedLines === 1 ? "line" : "lines"}`;
  return [
    ...(encoding === "utf-8" || mapping.encoding ? [] : [`"${file}" is read as ${encoding}`]),
    ...(skippedLines && mapping.skip === undefined ? [`"${file}": ${lines} before the header skipped`] : []),
  ];
}

function skippedSheetNotes({ file, sheets = [], skippedSheets = [] }: Source): string[] {
  return skippedSheets.map(
    (name) => `sheet "${name}" of "${file}": skipped, its header differs from "${sheets[0]?.name}"`,
  );
}
