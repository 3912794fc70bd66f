import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { duckDbDialect } from "../../src/engine/dialect.js";

/** What standard SQL, DuckDB and Spark write alike; all else is a macro of the dialect. */
const common = new Set(
  "abs and as avg by cast coalesce count exists floor from greatest in join lag least lower max min nullif on over rank row_number select sqrt sum then trim upper values when where".split(
    " ",
  ),
);
/** Spellings that one of the engines lacks. */
const unportable = /::|\b(EXCLUDE|QUALIFY|REPLACE|ILIKE|INTERVAL|EXTRACT|LATERAL|PIVOT|SAMPLE)\b|\bBY ALL\b|\[|->/i;

const folder = join(import.meta.dirname, "..", "..", "src", "features", "sql");
const plain = (sql: string) => sql.replace(/--.*$/gm, "").replace(/'[^']*'/g, "''");

/** What a statement uses that not every engine understands. */
function foreign(sql: string): string[] {
  const calls = [...plain(sql).matchAll(/(@?)\b([a-z_]+)\s*\(/gi)].map(([, macro, name]) => `${macro}${name}`);
  const unknown = calls.filter((call) =>
    call.startsWith("@") ? !(call.slice(1) in duckDbDialect.macros) : !common.has(call.toLowerCase()),
  );
  return [...unknown, ...(unportable.exec(plain(sql))?.slice(0, 1) ?? [])];
}

test.each(readdirSync(folder))("%s keeps to what every engine understands", (name) => {
  expect(foreign(readFileSync(join(folder, name), "utf8"))).toEqual([]);
});

test.each([
  ["SELECT date_diff('day', a, b) FROM t", "date_diff"],
  ["SELECT a::DOUBLE FROM t", "::"],
  ["SELECT * EXCLUDE (a) FROM t", "EXCLUDE"],
  ["SELECT @no_such(a) FROM t", "@no_such"],
])("%s would be noticed", (sql, what) => {
  expect(foreign(sql)).toContain(what);
});
