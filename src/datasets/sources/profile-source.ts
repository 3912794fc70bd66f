import { type Engine, quotedIdentifier } from "../../engine/index.js";
import { hiddenColumns } from "./source.js";

/** One column of a source as it came, before any reading of types. */
export interface SourceColumnProfile {
  readonly name: string;
  readonly empty: number;
  readonly distinct: number;
  /** Least and greatest value: of numbers if every value is one, else of text. */
  readonly min: string | number | null;
  readonly max: string | number | null;
  /** Exact sum, as text, if every value is a number. */
  readonly sum?: string;
}

/** What each column of a source holds, counted. */
export interface SourceProfile {
  readonly rows: number;
  /** Rows that repeat an earlier one in every column. */
  readonly fullRowDuplicates: number;
  readonly columns: readonly SourceColumnProfile[];
}

/** Counts what a source view holds, so that an import can be checked against published facts. */
export async function profileSource(engine: Engine, view: string): Promise<SourceProfile> {
  const from = quotedIdentifier(view);
  const names = (await engine.describe(`SELECT * FROM ${from}`))
    .map(({ name }) => name)
    .filter((name) => !hiddenColumns.includes(name));
  const columns: SourceColumnProfile[] = [];
  for (const name of names) columns.push(await profileColumn(engine, from, name));
  const [{ rows, kinds }] = await engine.rows(
    `SELECT (SELECT count(*) FROM ${from}) AS rows, (SELECT count(*) FROM (SELECT DISTINCT ${names.map(quotedIdentifier).join(", ")} FROM ${from}) AS t) AS kinds`,
  );
  return { rows: Number(rows), fullRowDuplicates: Number(rows) - Number(kinds), columns };
}

/**
 * Counts on the distinct values, each with its number of rows. Casts that fail are slow, and so are those to more than
 * 18 digits: only what looks like a number of up to 12 digits before the point counts as one.
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

/** The text of a decimal without trailing zeros. */
export function plainNumber(text: string): string {
  return text.includes(".") ? text.replace(/\.?0+$/, "") : text;
}
