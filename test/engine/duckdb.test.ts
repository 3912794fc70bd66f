import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inspect } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Engine, openDuckDb } from "../../src/engine/index.js";

describe("the DuckDB engine", () => {
  let engine: Engine;
  const folder = mkdtempSync(join(tmpdir(), "rekindle-engine-"));
  beforeAll(async () => {
    engine = await openDuckDb();
  });
  afterAll(() => {
    engine.close();
    rmSync(folder, { recursive: true });
  });

  it("returns numbers as Float64Array with NaN as missing, whatever the type", async () => {
    const sql =
      "SELECT * FROM (VALUES (1::BIGINT, 2.5::DECIMAL(18,4), 3::HUGEINT, 1.5::DOUBLE), (NULL, NULL, NULL, NULL)) t(a, b, c, d)";
    const columns = await engine.columns(sql);
    for (const [name, first] of Object.entries({ a: 1, b: 2.5, c: 3, d: 1.5 })) {
      expect(columns[name]).toBeInstanceOf(Float64Array);
      expect(Array.from(columns[name] as Float64Array)).toEqual([first, Number.NaN]);
    }
  });

  it.each([
    "CAST(who AS DOUBLE)",
    "CAST(who AS TIMESTAMP)",
    "CAST(who AS DATE)",
    "CAST(who AS BOOLEAN)",
    "strptime(who, '%Y-%m-%d')",
    "date_trunc(who, DATE '2024-01-01')",
  ])("names no value of a row in the error of %s, nor in its causes", async (sql) => {
    for (const who of ["Anna Schmidt O'Brien", 'Anna "Schmidt" O', "anna.schmidt@example.com", "x\nAnna Schmidt"]) {
      await engine.keepColumns("people", { who: [who] });
      const error = await engine.rows(`SELECT ${sql} AS a FROM people`).catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(Error);
      expect(inspect(error)).not.toMatch(/schmidt/i);
    }
    await engine.run("DROP TABLE people");
  });

  it("names no value of a line of text in an error, nor in its causes", async () => {
    const path = join(folder, "lines.csv");
    writeFileSync(path, "a,b\n1,2\nAnna Schmidt\n3,4\n");
    await engine.registerDelimited("lines", path, {
      ...{ delimiter: ",", header: true, encoding: "utf-8", columns: ["a", "b"] },
    });
    const error = await engine.rows("SELECT * FROM lines").catch((thrown: unknown) => thrown);
    expect(inspect(error)).toMatch(/CSV Error on Line: 3/);
    expect(inspect(error)).not.toMatch(/Schmidt/);
  });

  it("returns dates and timestamps as ISO text and flags as booleans", async () => {
    const sql =
      "SELECT DATE '2011-12-09' AS day, TIMESTAMP '2011-12-09 12:50:00' AS at, true AS flag, NULL::VARCHAR AS none";
    expect(await engine.rows(sql)).toEqual([{ day: "2011-12-09", at: "2011-12-09T12:50:00Z", flag: true, none: null }]);
  });

  it.each(["[x]", "*", "?", "a[*]b"])("reads the file %s.csv alone, not its neighbours", async (name) => {
    for (const file of [name, "x", "axb"]) writeFileSync(join(folder, `${file}.csv`), `v\n${file}\n`);
    const path = join(folder, `${name}.csv`);
    await engine.registerDelimited("one", path, { delimiter: ",", header: true, encoding: "utf-8" });
    expect(await engine.rows("SELECT v FROM one")).toEqual([{ v: name }]);
    await engine.writeParquet("SELECT * FROM one", join(folder, "x.parquet"));
    await engine.writeParquet(`SELECT '${name}' AS v`, join(folder, `${name}.parquet`));
    await engine.registerParquet("kept", join(folder, `${name}.parquet`), { numberedAs: "row" });
    expect(await engine.rows("SELECT v FROM kept")).toEqual([{ v: name }]);
  });

  it("runs statements about tables like queries", async () => {
    await engine.run("CREATE OR REPLACE TABLE about AS SELECT 1 AS a, 'x' AS \"the name\" UNION ALL SELECT 3, NULL");
    expect(await engine.rows("SHOW TABLES")).toContainEqual({ name: "about" });
    expect(await engine.rows("-- the columns\n/* of it */ describe about;")).toMatchObject([
      { column_name: "a", column_type: "INTEGER" },
      { column_name: "the name", column_type: "VARCHAR" },
    ]);
    const summarized = await engine.table("SUMMARIZE SELECT a FROM about");
    expect(summarized.objects()).toMatchObject([{ column_name: "a", min: "1", max: "3", avg: "2.0", count: 2 }]);
    expect(await engine.describe("SUMMARIZE about")).toContainEqual({ name: "approx_unique", type: "BIGINT" });
    await engine.writeCsv("DESCRIBE about;", join(folder, "columns.csv"));
    expect(readFileSync(join(folder, "columns.csv"), "utf8")).toContain("the name,VARCHAR");
    // Nothing of a query is taken for one.
    expect(await engine.rows("SELECT 'SHOW' AS show;")).toEqual([{ show: "SHOW" }]);
    expect(await engine.rows("WITH shown AS (SELECT 1 AS a) FROM shown")).toEqual([{ a: 1 }]);
    await engine.run("DROP TABLE about");
  });

  it("binds parameters and spells out macros", async () => {
    const sql = "SELECT @days_between(CAST($from AS DATE), CAST($to AS DATE)) AS days, $name AS name";
    expect(await engine.rows(sql, { from: "2024-01-01", to: "2024-03-01", name: "o'neil" })).toEqual([
      { days: 60, name: "o'neil" },
    ]);
  });

  it.each([
    ["SELECT * FROM seen_orders AS o JOIN main.orders USING (x)", ["main.orders", "seen_orders"]],
    ['SELECT (SELECT max(x) FROM a) FROM "two words" WHERE EXISTS (SELECT 1 FROM b.c)', ["a", "b.c", "two words"]],
    ["WITH own AS (SELECT @days_between(x, y) FROM a), more AS (SELECT * FROM OWN) SELECT * FROM own, more", ["a"]],
    ["WITH a AS (SELECT * FROM a) SELECT * FROM a", ["a"]],
    ["WITH RECURSIVE r AS (SELECT 1 AS i UNION ALL SELECT i + 1 FROM r WHERE i < 9) SELECT * FROM r", []],
    ["SELECT * FROM (WITH a AS (SELECT 1) SELECT * FROM a), a", ["a"]],
    // Recursion within a definition does not make the definition recursive.
    [
      "WITH a AS (WITH RECURSIVE r AS (SELECT 1 AS i UNION ALL SELECT i + 1 FROM r WHERE i < 2) SELECT * FROM a, r) SELECT * FROM a",
      ["a"],
    ],
    ["WITH RECURSIVE a AS (SELECT 1 AS i), b AS (SELECT * FROM b) SELECT * FROM a, b", ["b"]],
    ["SELECT x FROM a UNION ALL SELECT y FROM b EXCEPT SELECT z FROM c", ["a", "b", "c"]],
    ["SELECT * FROM query_table('a')", ["query_table"]],
    ["SELECT * FROM a, READ_CSV('x.csv')", ["a", "read_csv"]],
    ["SELECT (SELECT max(x) FROM 'x.csv') FROM a, range(3), unnest([1])", ["a", "x.csv"]],
    ["SELECT 1", []],
  ])("names the relations that a query reads: %s", async (sql, relations) => {
    expect(await engine.relationsOf(sql)).toEqual(relations);
  });

  it("says of what it cannot parse that it cannot tell what it reads", async () => {
    await expect(engine.relationsOf("SELEC 1")).rejects.toThrow(/^Cannot tell what "SELEC 1…" reads: syntax error/);
  });

  it.each([
    "amount * 2",
    "@money(amount) > 1",
    "x IN (SELECT max(y) FROM orders, range(3))",
    "CASE WHEN a THEN ')' ELSE '--' END",
    "amount * 2 -- net",
    "(SELECT count(*) FROM (SELECT * FROM orders))",
    "x AND (a OR b)",
    "amount /* the shop's */ * 2",
    "pg_typeof(amount) || version()",
  ])("takes %s for an expression", async (sql) => {
    expect(await engine.expressionProblem(sql)).toBeUndefined();
  });

  it.each([
    [
      "(SELECT max(column0) FROM read_csv('/etc/passwd'))",
      /^it reads read_csv; SQL of a dataset may read its own tables/,
    ],
    ["(SELECT content FROM read_text('/etc/passwd'))", /^it reads read_text; /],
    ["(SELECT max(x) FROM '/etc/hosts.csv')", /^it reads \/etc\/hosts\.csv; /],
    ["(SELECT max(x) FROM query('FROM read_csv(1)'))", /^it reads query; /],
    ["(SELECT max(value) FROM duckdb_settings())", /^it reads duckdb_settings; /],
    ["current_setting('temp_directory')", /^it reads current_setting; /],
    ["pg_catalog.pg_get_viewdef(1)", /^it reads pg_get_viewdef; /],
    ["(SELECT max(table_name) FROM information_schema.tables)", /^it reads information_schema\.tables; /],
    ["(SELECT max(table_name) FROM Duckdb_Tables)", /^it reads Duckdb_Tables; /],
    ["(SELECT max(name) FROM temp.sqlite_master)", /^it reads temp\.sqlite_master; /],
    ["1) FROM read_csv('/etc/passwd') --", /syntax error/],
    ["1=1) --", /syntax error/],
    ["false) OR (true", /syntax error/],
    ["sku) || (price", /syntax error/],
    ["COLUMNS(*)", /^it has a \* that stands for several columns; name one column$/],
    ["*", /^it has a \* that stands for several columns; /],
    ["1), (2", /^it is not one expression; /],
    ["1) UNION ALL SELECT (2", /^it is not one expression; /],
    ["1) ORDER BY (1", /^it is not one expression; /],
    ["1); SELECT (2", /^it is not one expression; /],
    ["1); COPY (SELECT 1) TO 'out.csv'; SELECT (1", /^it is not one expression; /],
    ["1); ATTACH 'out.db'; SELECT (1", /^it is not one expression; /],
    ["1); INSTALL httpfs; SELECT (1", /^it is not one expression; /],
    ["1) AS VARCHAR); ATTACH 'out.db'; SELECT CAST((1", /syntax error/],
    ["amount *", /syntax error/],
    ["@mony(1)", /no such macro; did you mean "@money"/],
  ])("takes %s for no expression", async (sql, problem) => {
    expect(await engine.expressionProblem(sql)).toMatch(problem);
  });

  it("lets SQL of a dataset read none of the views in which DuckDB describes itself", async () => {
    const views = await engine.rows(
      "SELECT schema_name AS place, view_name AS name FROM duckdb_views() WHERE internal",
    );
    expect(views.length).toBeGreaterThan(30);
    const open: string[] = [];
    for (const { place, name } of views) {
      for (const relation of [
        `${place}.${name}`,
        `system.${place}.${name}`,
        ...(place === "main" ? [`${name}`] : []),
      ]) {
        if ((await engine.expressionProblem(`(SELECT count(*) FROM ${relation})`)) === undefined) open.push(relation);
      }
    }
    expect(open).toEqual([]);
  });

  it("lets SQL of a dataset call no function whose value comes from elsewhere, but for time and chance", async () => {
    const functions = await engine.rows(
      "SELECT DISTINCT function_name AS name FROM duckdb_functions() WHERE function_type = 'scalar' AND stability <> 'CONSISTENT'",
    );
    expect(functions.length).toBeGreaterThan(20);
    const open: string[] = [];
    for (const { name } of functions) {
      if ((await engine.expressionProblem(`${name}()`)) === undefined) open.push(String(name));
    }
    expect(
      open.filter((name) => !/^(random|(gen_random_)?uuid.*|error|now|today|.*_(time|date|timestamp))$/.test(name)),
    ).toEqual([]);
  });

  it("stops a statement at its limit and runs the next", async () => {
    const limited = await openDuckDb({ statementLimit: 0.3 });
    try {
      const endless = "WITH RECURSIVE r AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM r) SELECT count(*) AS n FROM r";
      const [first, second] = await Promise.allSettled([limited.rows(endless), limited.rows("SELECT 1 AS n")]);
      expect(first).toMatchObject({
        reason: expect.objectContaining({
          message: expect.stringMatching(
            /^Cannot run "WITH RECURSIVE .*…": its SQL ran longer than 0\.3 s; simplify it, or allow more with --statement-limit <seconds>/,
          ),
        }),
      });
      expect(second).toEqual({ status: "fulfilled", value: [{ n: 1 }] });
    } finally {
      limited.close();
    }
  });

  it.each([0, -1, Number.NaN, 1e9])("refuses a limit of %s seconds", async (statementLimit) => {
    await expect(openDuckDb({ statementLimit })).rejects.toThrow(
      `Cannot open DuckDB: statementLimit is ${statementLimit}; expected seconds above 0`,
    );
  });

  it("opens only the files and folders that are left once the others are closed", async () => {
    const [given, other, inside] = ["[g]iven", "g", "inside"].map((name) => join(folder, `closed-${name}.csv`));
    for (const path of [given, other]) writeFileSync(path!, "v\n1\n");
    const open = join(folder, "open");
    mkdirSync(open);
    const closed = await engine.another();
    try {
      await closed.closeFiles({ files: [given!], folders: [open] });
      const delimited = { delimiter: ",", header: true, encoding: "utf-8" } as const;
      await closed.registerDelimited("given", given!, delimited);
      expect(await closed.rows("SELECT v FROM given")).toEqual([{ v: "1" }]);
      const path = join(open, "kept.parquet");
      await closed.writeParquet("SELECT * FROM given", path);
      await closed.registerParquet("kept", path);
      const second = await closed.inSchemas(["main"]);
      expect(await second.rows("SELECT v FROM kept")).toEqual([{ v: "1" }]);
      for (const sql of [
        `SELECT * FROM read_csv('${other}')`,
        `SELECT * FROM read_csv('${join(open, "..", "closed-g.csv")}')`,
        "SELECT * FROM read_text('/etc/passwd')",
        "SELECT * FROM glob('/etc/*')",
        `COPY given TO '${inside}'`,
        `ATTACH '${join(folder, "closed.db")}'`,
        "INSTALL httpfs",
        "LOAD httpfs",
        "SET enable_external_access = true",
        "SET allowed_directories = ['/']",
      ]) {
        for (const one of [closed, second]) {
          await expect(one.run(sql), sql).rejects.toThrow(/disabled|Cannot enable external access|Cannot change/);
        }
      }
      expect(existsSync(inside!)).toBe(false);
    } finally {
      closed.close();
    }
  });

  it("spills to its own folder after files are closed", async () => {
    const small = await openDuckDb({ memoryLimit: "60MB" });
    try {
      await small.closeFiles({ folders: [] });
      await small.run("CREATE TABLE big AS SELECT hash(range) AS h, repeat('x', 50) AS s FROM range(3000000)");
      expect(await small.rows("SELECT count(*) AS n FROM big")).toEqual([{ n: 3_000_000 }]);
    } finally {
      small.close();
    }
  });

  it("opens a second engine that finds names in some schemas first, and creates them there", async () => {
    await engine.run("CREATE SCHEMA first; CREATE SCHEMA second");
    for (const schema of ["main", "first", "second"])
      await engine.run(`CREATE TABLE ${schema}.place AS SELECT '${schema}' AS name`);
    await engine.run("CREATE TABLE second.other AS SELECT 2 AS n");
    const inner = await engine.inSchemas(["first", "second"]);
    expect(await inner.rows("SELECT name, n FROM place, other")).toEqual([{ name: "first", n: 2 }]);
    await inner.run("CREATE TABLE made AS SELECT TIMESTAMPTZ '2024-01-01 00:00:00+00' AS instant");
    expect(await inner.rows("SELECT CAST(instant AS VARCHAR) AS text FROM made")).toEqual([
      { text: "2024-01-01 00:00:00+00" },
    ]);
    inner.close();
    expect(await engine.rows("SELECT name FROM place")).toEqual([{ name: "main" }]);
    expect(await engine.rows("SELECT count(*) AS n FROM first.made")).toEqual([{ n: 1 }]);
    await engine.run("DROP SCHEMA first CASCADE; DROP SCHEMA second CASCADE; DROP TABLE place");
  });

  it("gives an arquero table", async () => {
    const table = await engine.table("SELECT range AS i FROM range(5)");
    expect(table.numRows()).toBe(5);
    expect(table.get("i", 4)).toBe(4);
  });

  it("reads delimited text as text", async () => {
    const path = join(folder, "latin.csv");
    writeFileSync(path, Buffer.from('id;name\n007;caf\xe9\n008;"a;b"\n', "latin1"));
    await engine.registerDelimited("latin", path, { delimiter: ";", header: true, encoding: "latin-1" });
    expect(await engine.rows("SELECT * FROM latin")).toEqual([
      { id: "007", name: "café" },
      { id: "008", name: "a;b" },
    ]);
  });

  it("keeps an answer with the numbers of its rows, in their order", async () => {
    const path = join(folder, "many.csv");
    const n = 400_000;
    writeFileSync(path, `i\n${Array.from({ length: n }, (_, i) => i + 1).join("\n")}\n`);
    await engine.registerDelimited("many", path, { delimiter: ",", header: true, encoding: "utf-8" });
    for (const sql of ["SELECT i, i AS j FROM many", "SELECT i FROM many"]) {
      await engine.keepNumbered("numbered", sql, "place");
      const [row] = await engine.rows(
        "SELECT count(*) AS n, count(*) FILTER (WHERE place <> CAST(i AS BIGINT)) AS moved FROM numbered",
      );
      expect(row).toEqual({ n, moved: 0 });
    }
  });

  it("fails on a broken line that comes late, instead of answering with the rows before it", async () => {
    const path = join(folder, "late.csv");
    writeFileSync(path, `a,b\n${"1,2\n".repeat(300_000)}1,2,3\n`);
    await engine.registerDelimited("late", path, {
      delimiter: ",",
      header: true,
      encoding: "utf-8",
      columns: ["a", "b"],
    });
    await expect(engine.rows("SELECT * FROM late")).rejects.toThrow(/CSV Error on Line: 300002/);
  });

  it("lists the lines that it was asked to skip, of one file only", async () => {
    for (const [name, text] of [
      ["first", "a,b\n1,2\n3\n5,6\n"],
      ["second", "a,b\n1,2\n3,4\n5,6,7\n"],
    ]) {
      const path = join(folder, `${name}.csv`);
      writeFileSync(path, text);
      const columns = ["a", "b"];
      const options = { delimiter: ",", header: true, encoding: "utf-8", columns, skipBrokenLines: true } as const;
      await engine.registerDelimited(name, path, options);
      expect(await engine.rows(`SELECT * FROM ${name}`)).toHaveLength(2);
    }
    expect((await engine.rejectedLines(join(folder, "first.csv"))).map(({ line }) => line)).toEqual([3]);
    expect((await engine.rejectedLines(join(folder, "second.csv"))).map(({ line }) => line)).toEqual([4]);
  });

  it("writes Parquet whole or not at all", async () => {
    const path = join(folder, "t.parquet");
    await engine.writeParquet("SELECT 1 AS a", path);
    const before = readFileSync(path);
    await expect(engine.writeParquet("SELECT error('boom') AS a", path)).rejects.toThrow(/Cannot write .*boom/);
    expect(readFileSync(path).equals(before)).toBe(true);
    expect(readdirSync(folder).filter((name) => name.endsWith(".tmp"))).toEqual([]);
    await engine.registerParquet("t", path);
    expect(await engine.rows("SELECT * FROM t")).toEqual([{ a: 1 }]);
  });

  it("numbers the rows of a Parquet file in its order, whatever the threads", async () => {
    const path = join(folder, "numbered.parquet");
    await engine.writeParquet("SELECT range * 3 AS v FROM range(300000) ORDER BY v", path);
    await engine.registerParquet("numbered", path, { numberedAs: "place" });
    const [row] = await engine.rows(
      "SELECT count(*) AS n, min(place) AS first, max(place) AS last, count(*) FILTER (WHERE v <> 3 * (place - 1)) AS wrong FROM numbered",
    );
    expect(row).toEqual({ n: 300_000, first: 1, last: 300_000, wrong: 0 });
  });

  it("knows the instant of a local time and the local day of an instant, on either side of a change of clocks", async () => {
    const rows = await engine.rows(
      `SELECT @utc(local, 'Europe/Berlin') AS at, @local_day(@utc(local, 'Europe/Berlin'), 'Europe/Berlin') AS day
       FROM (VALUES (TIMESTAMP '2024-03-31 01:59:59.5'), (TIMESTAMP '2024-03-31 03:00:00'), (TIMESTAMP '2024-07-01 00:30:00'), (NULL)) AS t(local)`,
    );
    expect(rows).toEqual([
      { at: "2024-03-31T00:59:59Z", day: "2024-03-31" },
      { at: "2024-03-31T01:00:00Z", day: "2024-03-31" },
      { at: "2024-06-30T22:30:00Z", day: "2024-07-01" },
      { at: null, day: null },
    ]);
  });

  it("writes the same bytes with one thread and with two", async () => {
    const sql = "SELECT range AS id, (range * 7919) % 1000 AS v FROM range(300000) ORDER BY id";
    const bytes = [];
    for (const threads of [1, 2]) {
      const other = await openDuckDb({ threads });
      const path = join(folder, `threads-${threads}.parquet`);
      await other.writeParquet(sql, path);
      bytes.push(readFileSync(path));
      other.close();
    }
    expect(bytes[0].equals(bytes[1])).toBe(true);
    expect(existsSync(join(folder, "threads-1.parquet"))).toBe(true);
  });

  it("puts what does not fit into memory into the system's temporary folder, and takes it away", async () => {
    const small = await openDuckDb({ memoryLimit: "60MB" });
    const [{ path }] = await small.rows("SELECT current_setting('temp_directory') AS path");
    expect(String(path).startsWith(tmpdir())).toBe(true);
    await small.run("CREATE TABLE large AS SELECT range AS i, 'text of row ' || range * 7919 AS t FROM range(4000000)");
    expect(readdirSync(String(path))).not.toEqual([]);
    expect(await small.rows("SELECT count(DISTINCT i) AS n FROM large WHERE i % 1000 = 0")).toEqual([{ n: 4000 }]);
    small.close();
    expect(existsSync(String(path))).toBe(false);
  });

  it("says which statement failed, and why, in one line", async () => {
    await expect(engine.rows("SELECT nothing FROM nowhere")).rejects.toThrow(
      /^Cannot run "SELECT nothing FROM nowhere…": .*nowhere/,
    );
  });
});
