import { join as joinPath } from "node:path";
import { type Engine, quotedIdentifier, quotedText } from "../engine/index.js";
import { nearest } from "../errors.js";
import { type ColumnType, sourceContract, type TableName } from "./contract.js";
import type { ColumnSource, Join, TableMapping } from "./mapping.js";
import { exchangedFormat, timestampFormats } from "./sniff.js";
import { hiddenColumns, openSource, type Source } from "./source.js";

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
  /** Canonical columns that the mapping gives. */
  readonly columns: readonly string[];
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
  const view = `source_${table}`;
  const open = { ...mapping, temporaryFolder, skipBrokenLines: onError === "drop" };
  const source = await openSource(engine, locate(mapping.file), view, open);
  const joined = await joinFiles(engine, view, mapping.join ?? [], { locate, temporaryFolder });
  const sources = [source, ...joined.sources];
  const available = (await engine.describe(`SELECT * FROM ${quotedIdentifier(joined.view)}`)).map(({ name }) => name);
  const zone = mapping.timezone ?? timezone;
  const notes: string[] = [];
  const columns: { name: string; raw: string; typed: string; type: ColumnType }[] = [];
  for (const [name, from] of Object.entries(mapping.columns)) {
    const type = sourceContract[table].columns[name].type;
    const raw = rawExpression(from, available, { table, source, column: name });
    let formats: readonly string[] = [];
    if (type === "timestamp" || type === "date") {
      const given = mapping.formats?.[name] ?? mapping.timestamp_format;
      const sniffed = given
        ? [given].flat()
        : await sniffFormats(engine, joined.view, raw, { table, source, column: name });
      formats = source.kind === "delimited" ? sniffed : [...new Set([...sniffed, ...timestampFormats.slice(0, 5)])];
      if (!given) notes.push(`${table}.${name} is read as ${sniffed.map((format) => `"${format}"`).join(", ")}`);
    }
    columns.push({
      name,
      raw,
      type,
      typed: typedExpression(raw, type, { formats, zone, decimal: mapping.decimal ?? "." }),
    });
  }
  await engine.run(stagingStatement(table, joined.view, columns));
  const rejected = await badRows(engine, table, source, columns, onError);
  if (onError === "drop") {
    for (const { line, reason } of await engine.rejectedLines()) {
      rejected.push({ table, file: source.file, row: line, reason });
    }
  }
  return { sources, columns: columns.map(({ name }) => name), rejected, notes };
}

interface Place {
  readonly table: string;
  readonly source: Source;
  readonly column: string;
}

function rawExpression(from: ColumnSource, available: readonly string[], { table, source }: Place): string {
  if (typeof from !== "string") return `CAST((${from.sql}) AS VARCHAR)`;
  const exact = available.find((name) => name === from);
  const alike = available.filter((name) => name.trim().toLowerCase() === from.trim().toLowerCase());
  const found = exact ?? (alike.length === 1 ? alike[0] : undefined);
  if (found === undefined) {
    const names = available.filter((name) => !hiddenColumns.includes(name));
    const near = nearest(from, names);
    throw new SyntaxError(
      `Cannot import "${table}" from "${source.file}": it has no column "${from}"${near ? `, did you mean "${near}"?` : ","} it has ${names.map((name) => `"${name}"`).join(", ")}`,
    );
  }
  return `NULLIF(trim(${quotedIdentifier(found)}), '')`;
}

interface TypeOptions {
  readonly formats: readonly string[];
  readonly zone: string;
  readonly decimal: "." | ",";
}

function typedExpression(raw: string, type: ColumnType, { formats, zone, decimal }: TypeOptions): string {
  switch (type) {
    case "text":
      return raw;
    case "id":
      // Spreadsheets and data frames turn whole numbers into "13085.0".
      return `CASE WHEN ends_with(${raw}, '.0') THEN regexp_replace(${raw}, '^(-?[0-9]+)\\.0$', '\\1') ELSE ${raw} END`;
    case "money":
    case "number":
      return `TRY_CAST(${decimal === "," ? `replace(replace(${raw}, '.', ''), ',', '.')` : raw} AS DECIMAL(18, 4))`;
    case "flag":
      return `CASE WHEN lower(${raw}) IN ('1', 'true', 't', 'yes', 'y') THEN true WHEN lower(${raw}) IN ('0', 'false', 'f', 'no', 'n') THEN false END`;
    case "date":
      return `CAST(${strptime(raw, formats)} AS DATE)`;
    case "timestamp": {
      const local = strptime(raw, formats);
      const utc = zone === "UTC" ? local : `@utc(${local}, ${quotedText(zone)})`;
      return formats.some((format) => format.endsWith("Z")) && zone !== "UTC"
        ? `CASE WHEN ends_with(${raw}, 'Z') THEN ${local} ELSE ${utc} END`
        : utc;
    }
  }
}

function strptime(raw: string, formats: readonly string[]): string {
  return `try_strptime(${raw}, [${formats.map(quotedText).join(", ")}])`;
}

function stagingStatement(
  table: string,
  view: string,
  columns: readonly { name: string; raw: string; typed: string; type: ColumnType }[],
): string {
  const typed = columns.map(({ name, typed }) => `${typed} AS ${quotedIdentifier(name)}`);
  const kept = columns
    .filter(({ type }) => type !== "text" && type !== "id")
    .map(({ name, raw }) => `${raw} AS ${quotedIdentifier(`raw ${name}`)}`);
  const bad = columns
    .filter(({ type }) => type !== "text" && type !== "id")
    .map(
      ({ name }) =>
        `WHEN ${quotedIdentifier(name)} IS NULL AND ${quotedIdentifier(`raw ${name}`)} IS NOT NULL THEN ${quotedText(name)}`,
    );
  const badColumn = bad.length ? `CASE ${bad.join(" ")} END` : "NULL";
  const badValue = bad.length
    ? `CASE ${columns
        .filter(({ type }) => type !== "text" && type !== "id")
        .map(
          ({ name }) =>
            `WHEN ${quotedIdentifier(name)} IS NULL AND ${quotedIdentifier(`raw ${name}`)} IS NOT NULL THEN ${quotedIdentifier(`raw ${name}`)}`,
        )
        .join(" ")} END`
    : "NULL";
  const names = columns.map(({ name }) => quotedIdentifier(name)).join(", ");
  return `CREATE OR REPLACE TABLE ${quotedIdentifier(`staged_${table}`)} AS
    SELECT source_row, ${names}, ${badColumn} AS bad_column, ${badValue} AS bad_value
    FROM (SELECT source_row, ${[...typed, ...kept].join(", ")} FROM ${quotedIdentifier(view)}) AS t`;
}

const expected: Readonly<Record<ColumnType, string>> = {
  id: "an id",
  text: "text",
  money: "an amount",
  number: "a number",
  timestamp: "a date and time",
  date: "a date",
  flag: "yes or no",
};

async function badRows(
  engine: Engine,
  table: TableName,
  { file }: Source,
  columns: readonly { name: string; raw: string; type: ColumnType }[],
  onError: "fail" | "drop",
): Promise<RejectedRow[]> {
  const staged = quotedIdentifier(`staged_${table}`);
  const bad = await engine.rows(
    `SELECT source_row, bad_column, bad_value FROM ${staged} WHERE bad_column IS NOT NULL ORDER BY source_row`,
  );
  const explain = (row: (typeof bad)[number]) => {
    const type = columns.find(({ name }) => name === row["bad_column"])?.type ?? "text";
    return `${row["bad_column"]} is "${row["bad_value"]}", ${expected[type]} is needed`;
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

/** The fewest formats that together read every value, the widest first. */
async function sniffFormats(
  engine: Engine,
  view: string,
  raw: string,
  { table, source, column }: Place,
): Promise<string[]> {
  const chosen: string[] = [];
  for (;;) {
    const rest = chosen.length ? `AND ${strptime("v", chosen)} IS NULL` : "";
    const counts = timestampFormats
      .map((format, i) => `count(try_strptime(v, ${quotedText(format)})) AS "${i}"`)
      .join(", ");
    const [row] = await engine.rows(
      `SELECT count(*) AS n, ${counts} FROM (SELECT ${raw} AS v FROM ${quotedIdentifier(view)}) AS t WHERE v IS NOT NULL ${rest}`,
    );
    const ranked = timestampFormats
      .map((format, i) => ({ format: format as string, count: Number(row[String(i)]) }))
      .sort((a, b) => b.count - a.count);
    const best = ranked[0];
    if (Number(row["n"]) === 0 || best.count === 0) break;
    const other = exchangedFormat(best.format);
    const tie = ranked.find(({ format }) => format === other);
    if (other && tie && tie.count === best.count) {
      throw new SyntaxError(
        `Cannot import "${table}" from "${source.file}": "${column}" reads alike as "${best.format}" and as "${other}", say which with "timestamp_format"`,
      );
    }
    chosen.push(best.format);
  }
  if (!chosen.length) chosen.push(timestampFormats[0]);
  return chosen;
}

async function joinFiles(
  engine: Engine,
  view: string,
  joins: readonly Join[],
  { locate, temporaryFolder }: Pick<StageOptions, "locate" | "temporaryFolder">,
): Promise<{ view: string; sources: Source[] }> {
  let left = view;
  const sources: Source[] = [];
  for (const [i, join] of joins.entries()) {
    const right = `${view}_join_${i}`;
    sources.push(
      await openSource(engine, locate(join.file), right, { ...join, temporaryFolder: joinPath(temporaryFolder) }),
    );
    const on = join.on.map(quotedIdentifier);
    const order = join.first_by ? `${quotedIdentifier(join.first_by)}, source_row` : "source_row";
    if (!join.first_by) {
      const [twice] = await engine.rows(
        `SELECT concat_ws(', ', ${on.join(", ")}) AS key, count(*) AS n FROM ${quotedIdentifier(right)} GROUP BY ALL HAVING count(*) > 1 ORDER BY key LIMIT 1`,
      );
      if (twice) {
        throw new RangeError(
          `Cannot join "${join.file}": ${join.on.join(", ")} "${twice["key"]}" occurs ${twice["n"]} times, say with "first_by" which one counts`,
        );
      }
    }
    const known = new Set((await engine.describe(`SELECT * FROM ${quotedIdentifier(left)}`)).map(({ name }) => name));
    const added = (await engine.describe(`SELECT * FROM ${quotedIdentifier(right)}`))
      .map(({ name }) => name)
      .filter((name) => !known.has(name));
    const next = `${view}_joined_${i}`;
    await engine.run(`CREATE OR REPLACE VIEW ${quotedIdentifier(next)} AS
      SELECT l.*${added.map((name) => `, r.${quotedIdentifier(name)}`).join("")} FROM ${quotedIdentifier(left)} l
      LEFT JOIN (SELECT * FROM ${quotedIdentifier(right)} QUALIFY row_number() OVER (PARTITION BY ${on.join(", ")} ORDER BY ${order}) = 1) r
      ON ${on.map((name) => `l.${name} = r.${name}`).join(" AND ")}`);
    left = next;
  }
  return { view: left, sources };
}
