import { type Engine, quotedIdentifier } from "../../engine/index.js";
import { maskedValue } from "../../text/index.js";
import { columnNotFound, findColumn } from "../mapping/find-column.js";
import type { Join } from "../mapping/mapping.js";
import type { FileLocator } from "../sources/locate-file.js";
import { openSource, type Source } from "../sources/source.js";
import { parsedTime } from "../times/parsed-time.js";
import { sniffTimeFormats } from "../times/sniff-time-formats.js";
import { ANY_TIME } from "../times/time-range.js";

/** Options for joining files. */
export interface JoinFilesOptions {
  readonly locate: FileLocator;
  readonly temporaryFolder: string;
}

/**
 * Left-joins further files to a source view by the columns of `on`.
 *
 * @returns View with all columns, and the files read.
 * @throws {RangeError} If several rows match and `first_by` is not given.
 */
export async function joinFiles(
  engine: Engine,
  view: string,
  joins: readonly Join[],
  { locate, temporaryFolder }: JoinFilesOptions,
): Promise<{ view: string; sources: Source[] }> {
  let left = view;
  const sources: Source[] = [];
  for (const [i, join] of joins.entries()) {
    const right = joinedView(view, i);
    const [path] = locate({ file: join.file });
    const { source } = await openSource(engine, path, right, { ...join, names: join.on, temporaryFolder });
    sources.push(source);
    const known = (await engine.describe(`SELECT * FROM ${quotedIdentifier(left)}`)).map(({ name }) => name);
    for (const name of [...join.on, ...(join.first_by ? [join.first_by] : [])]) {
      if (!findColumn(source.columns, name)) throw columnNotFound(`Cannot join "${join.file}"`, name, source.columns);
    }
    for (const name of join.on) {
      if (!findColumn(known, name)) throw columnNotFound(`Cannot join "${join.file}" to "${view}"`, name, known);
    }
    const on = join.on.map(quotedIdentifier);
    if (!join.first_by) await requireOneMatch(engine, right, join);
    const order = join.first_by
      ? `${await typedOrder(engine, right, join.file, join.first_by)}, source_row`
      : "source_row";
    const taken = new Set(known.map((name) => name.toLowerCase()));
    const added = source.columns.filter((name) => !taken.has(name.toLowerCase()));
    const next = `${view}_joined_${i}`;
    await engine.run(`CREATE OR REPLACE VIEW ${quotedIdentifier(next)} AS
      SELECT l.*${added.map((name) => `, r.${quotedIdentifier(name)}`).join("")} FROM ${quotedIdentifier(left)} l
      LEFT JOIN (SELECT * FROM ${quotedIdentifier(right)} QUALIFY row_number() OVER (PARTITION BY ${on.join(", ")} ORDER BY ${order}) = 1) r
      ON ${on.map((name) => `l.${name} = r.${name}`).join(" AND ")}`);
    left = next;
  }
  return { view: left, sources };
}

/** Returns the name of the view of the `i`th file joined to `view`. */
export function joinedView(view: string, i: number): string {
  return `${view}_join_${i}`;
}

/** Returns SQL that sorts a text column by its content: numbers, times, or text. */
async function typedOrder(engine: Engine, view: string, file: string, name: string): Promise<string> {
  const raw = `NULLIF(trim(${quotedIdentifier(name)}), '')`;
  const number = `TRY_CAST(${raw} AS DOUBLE)`;
  const read = async (sql: string) => {
    const [{ n }] = await engine.rows(`SELECT count(${sql}) AS n FROM ${quotedIdentifier(view)}`);
    return Number(n);
  };
  const all = await read(raw);
  const numbers = await read(number);
  if (numbers === all) return number;
  const what = `Cannot join "${file}": "${name}", by which it is ordered,`;
  const time = parsedTime(raw, await sniffTimeFormats(engine, { view, raw, what, range: ANY_TIME }));
  const times = await read(time);
  if (times === all) return time;
  if (numbers || times) {
    throw new SyntaxError(`${what} holds ${numbers} numbers and ${times} times in ${all} values; expected one kind`);
  }
  return raw;
}

async function requireOneMatch(engine: Engine, right: string, join: Join): Promise<void> {
  const [twice] = await engine.rows(
    `SELECT concat_ws(', ', ${join.on.map(quotedIdentifier).join(", ")}) AS key, count(*) AS n FROM ${quotedIdentifier(right)}
     GROUP BY ${join.on.map(quotedIdentifier).join(", ")} HAVING count(*) > 1 ORDER BY key LIMIT 1`,
  );
  if (twice) {
    throw new RangeError(
      `Cannot join "${join.file}": ${join.on.join(", ")} "${maskedValue(String(twice["key"]))}" occurs ${twice["n"]} times; choose one with "first_by"`,
    );
  }
}
