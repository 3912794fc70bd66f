import { type Engine, quotedIdentifier } from "../../engine/index.js";
import { hiddenColumns } from "./source.js";

/** Profile of one source column, as text. */
export interface SourceColumnProfile {
  readonly name: string;
  readonly empty: number;
  readonly distinct: number;
  /** Minimum and maximum: numeric if every value is a number, else of text. */
  readonly min: string | number | null;
  readonly max: string | number | null;
  /** Exact sum as text, if every value is a number. */
  readonly sum?: string;
}

/** Profile of a source. */
export interface SourceProfile {
  readonly rows: number;
  /** Rows identical to an earlier row. */
  readonly fullRowDuplicates: number;
  readonly columns: readonly SourceColumnProfile[];
}

/** Profiles a source view, for comparison with published figures. */
export async function profileSource(engine: Engine, view: string): Promise<SourceProfile> {
  const from = quotedIdentifier(view);
  const names = (await engine.describe(`SELECT * FROM ${from}`))
    .map(({ name }) => name)
    .filter((name) => !hiddenColumns.includes(name));
  const columns: SourceColumnProfile[] = [];
  for (let start = 0; start < names.length; start += COLUMNS_AT_ONCE) {
    const some = names.slice(start, start + COLUMNS_AT_ONCE);
    await withFewColumns(engine, from, { some, of: names.length }, async (narrow) => {
      for (const name of some) columns.push(await profileColumn(engine, narrow, name));
    });
  }
  const [{ rows, kinds }] = await engine.rows(
    `SELECT (SELECT count(*) FROM ${from}) AS rows, (SELECT count(*) FROM (SELECT DISTINCT ${names.map(quotedIdentifier).join(", ")} FROM ${from}) AS t) AS kinds`,
  );
  return { rows: Number(rows), fullRowDuplicates: Number(rows) - Number(kinds), columns };
}

const COLUMNS_AT_ONCE = 100;

/** Gives some columns of a wide relation as a table, since every query of a file looks up all of its columns. */
async function withFewColumns(
  engine: Engine,
  from: string,
  { some, of }: { readonly some: readonly string[]; readonly of: number },
  body: (relation: string) => Promise<void>,
): Promise<void> {
  if (some.length === of) return body(from);
  const table = quotedIdentifier("some columns");
  await engine.run(`CREATE OR REPLACE TABLE ${table} AS SELECT ${some.map(quotedIdentifier).join(", ")} FROM ${from}`);
  await body(table);
  await engine.run(`DROP TABLE ${table}`);
}

/**
 * Profiles a column from its distinct values. Failing casts and casts to more than 18 digits are slow, so only text that
 * looks like a number with up to 12 integer digits counts as a number.
 */
async function profileColumn(engine: Engine, from: string, name: string): Promise<SourceColumnProfile> {
  const [row] = await engine.rows(
    `SELECT COALESCE(sum(n) FILTER (WHERE v IS NULL), 0) AS empty, count(v) AS kinds, min(v) AS least, max(v) AS greatest,
       count(number) AS numbers, min(number) AS min, max(number) AS max, CAST(sum(CAST(number AS DECIMAL(30, 6)) * n) AS VARCHAR) AS total
     FROM (SELECT v, n, CASE WHEN regexp_full_match(trim(v), '[-+]?[0-9]{1,12}(\\.[0-9]*)?') THEN TRY_CAST(trim(v) AS DECIMAL(18, 6)) END AS number
       FROM (SELECT CASE WHEN trim(c) <> '' THEN c END AS v, CAST(count(*) AS INTEGER) AS n
         FROM (SELECT ${quotedIdentifier(name)} AS c FROM ${from}) AS t GROUP BY v) AS t) AS t`,
  );
  const numeric = Number(row["kinds"]) > 0 && row["numbers"] === row["kinds"];
  return {
    name,
    empty: Number(row["empty"]),
    distinct: Number(row["kinds"]),
    min: (numeric ? row["min"] : row["least"]) as string | number | null,
    max: (numeric ? row["max"] : row["greatest"]) as string | number | null,
    ...(numeric ? { sum: plainNumber(String(row["total"])) } : {}),
  };
}

/** Removes trailing zeros from a decimal. */
export function plainNumber(text: string): string {
  return text.includes(".") ? text.replace(/\.?0+$/, "") : text;
}
