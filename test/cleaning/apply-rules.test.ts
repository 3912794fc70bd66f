import { existsSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { applyRules, deduplicationRule, type LedgerEntry, ledgerCsv } from "../../src/cleaning/index.js";
import type { CleaningRule } from "../../src/datasets/index.js";
import { type Engine, openDuckDb } from "../../src/engine/index.js";

const rule = (
  name: string,
  where: string,
  action: CleaningRule["action"] = "drop",
  set?: Record<string, string>,
): CleaningRule => ({
  name,
  where,
  action,
  reason: `because of ${name}`,
  ...(set ? { set } : {}),
});

describe("applyRules", () => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await openDuckDb();
  });
  afterAll(() => engine.close());
  const load = (rows: string) =>
    engine.run(`CREATE OR REPLACE TABLE sold AS SELECT source_row, customer_id, product_id, CAST(amount AS DECIMAL(18, 4)) AS amount
      FROM (VALUES ${rows}) AS t(source_row, customer_id, product_id, amount)`);
  const clean = (order = "source_row") => engine.rows(`SELECT * FROM clean_sold ORDER BY ${order}`);

  it.each([
    ["reads a file", "customer_id IN (SELECT column0 FROM read_csv('/etc/passwd'))", /it reads read_csv; /],
    ["writes a file", "true); COPY (SELECT 1) TO 'stolen.csv'; SELECT (1", /it is not one expression/],
    ["attaches a database", "true); ATTACH 'stolen.db'; SELECT (1", /it is not one expression/],
    ["installs an extension", "true); INSTALL httpfs; SELECT (1", /it is not one expression/],
  ])("refuses a rule that %s, by name", async (_, sql, problem) => {
    await load("(1, 'a', 'x', 5.0)");
    const rules = [rule("good", "amount < 0"), rule("bad", sql)];
    const message = new RegExp(`^Cannot apply the cleaning rule "bad" to "sold": ${problem.source}`);
    await expect(applyRules(engine, "sold", rules)).rejects.toThrow(message);
    const set = { product_id: sql };
    await expect(applyRules(engine, "sold", [rule("bad", "true", "set", set)])).rejects.toThrow(message);
    expect(existsSync("stolen.csv") || existsSync("stolen.db")).toBe(false);
  });

  it("names the rule that runs longer than the engine allows", async () => {
    const limited = await openDuckDb({ statementLimit: 0.5 });
    try {
      await limited.run("CREATE TABLE sold AS SELECT 1 AS source_row, 'a' AS customer_id, 5 AS amount");
      const endless = "1 = (WITH RECURSIVE r AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM r) SELECT count(*) FROM r)";
      await expect(
        applyRules(limited, "sold", [rule("quick", "amount < 0"), rule("endless", endless)]),
      ).rejects.toThrow(
        /^Cannot apply the cleaning rule "endless" to "sold": its SQL ran longer than 0\.5 s; simplify it, or allow more/,
      );
    } finally {
      limited.close();
    }
  });

  it("keeps everything without rules", async () => {
    await load("(1, 'a', 'x', 5.0)");
    expect(await applyRules(engine, "sold", [])).toEqual([]);
    expect(await clean()).toHaveLength(1);
    expect(await engine.rows("SELECT * FROM returned_sold")).toEqual([]);
  });

  it("gives a row to the first removing rule that it meets", async () => {
    await load("(1, NULL, 'x', -5.0), (2, 'a', 'x', -2.0), (3, 'a', 'y', 7.0), (4, 'b', 'y', -1.0)");
    const ledger = await applyRules(engine, "sold", [
      rule("nobody", "customer_id IS NULL"),
      rule("back", "amount < 0", "return"),
    ]);
    expect(ledger.map(({ rule: name, rows_touched }) => [name, rows_touched])).toEqual([
      ["nobody", 1],
      ["back", 2],
    ]);
    expect((await clean()).map((row) => row["source_row"])).toEqual([3]);
    const returned = await engine.rows("SELECT source_row, amount FROM returned_sold ORDER BY source_row");
    expect(returned).toEqual([
      { source_row: 2, amount: -2 },
      { source_row: 4, amount: -1 },
    ]);
    expect(ledger[1]).toMatchObject({
      customers_before: 2,
      customers_touched: 2,
      customers_after: 1,
      revenue_before: 4,
      revenue_touched: -3,
      revenue_after: 7,
    });
  });

  it("counts a predicate that is null as not met", async () => {
    await load("(1, 'a', NULL, 5.0), (2, 'a', 'x', 5.0)");
    await applyRules(engine, "sold", [rule("not_y", "product_id <> 'y'")]);
    expect((await clean()).map((row) => row["source_row"])).toEqual([1]);
  });

  it("shows a rewritten row to the later rules as rewritten", async () => {
    await load("(1, 'a', ' X ', 5.0), (2, 'a', 'y', 3.0)");
    const ledger = await applyRules(engine, "sold", [
      rule("spelling", "product_id <> lower(trim(product_id))", "set", { product_id: "lower(trim(product_id))" }),
      rule("no_x", "product_id = 'x'"),
    ]);
    expect(ledger.map((entry) => [entry.rows_before, entry.rows_touched, entry.rows_after])).toEqual([
      [2, 1, 2],
      [2, 1, 1],
    ]);
    expect((await clean()).map((row) => row["product_id"])).toEqual(["y"]);
  });

  it("does not rewrite what an earlier rule removed, and rewrites several columns from the old values", async () => {
    await load("(1, 'a', 'x', 5.0), (2, 'a', 'x', -5.0)");
    const ledger = await applyRules(engine, "sold", [
      rule("back", "amount < 0", "return"),
      rule("double", "true", "set", { amount: "amount * 2", product_id: "CAST(amount AS VARCHAR)" }),
      rule("large", "amount >= 10"),
    ]);
    expect(await engine.rows("SELECT amount FROM returned_sold")).toEqual([{ amount: -5 }]);
    expect(ledger[1]).toMatchObject({ revenue_before: 5, revenue_touched: 5, revenue_after: 10, rows_touched: 1 });
    expect(ledger[2]).toMatchObject({ rows_touched: 1, revenue_before: 10, revenue_after: 0 });
  });

  it("drops copies but the first with the de-duplication rule", async () => {
    await load("(1, 'a', 'x', 5.0), (2, 'a', 'x', 5.0), (3, 'a', 'x', 6.0), (4, 'a', 'x', 5.0)");
    await applyRules(engine, "sold", [deduplicationRule]);
    expect((await clean()).map((row) => row["source_row"])).toEqual([1, 3]);
  });

  it("lets a rule ask for a column of the contract that the source lacks", async () => {
    await engine.run(
      "CREATE OR REPLACE TABLE lines AS SELECT 1 AS source_row, 'a' AS customer_id, @money(-2) AS amount",
    );
    const [entry] = await applyRules(engine, "lines", [rule("back", "quantity < 0 OR amount < 0", "return")]);
    expect(entry.rows_touched).toBe(1);
    expect(await engine.rows("SELECT * FROM returned_lines")).toEqual([
      { source_row: 1, customer_id: "a", amount: -2 },
    ]);
  });

  it("names the rule that cannot be run", async () => {
    await load("(1, 'a', 'x', 5.0)");
    const rules = [rule("good", "amount < 0"), rule("bad", "colour = 'red'"), rule("also_good", "amount > 9")];
    await expect(applyRules(engine, "sold", rules)).rejects.toThrow(
      /^Cannot apply the cleaning rule "bad" to "sold": .*colour/,
    );
    await expect(applyRules(engine, "sold", [rule("text", "amount = 'red'")])).rejects.toThrow(/cleaning rule "text"/);
  });

  it("refuses to rewrite a column that is not there, or whose rewriting would break the counts", async () => {
    await load("(1, 'a', 'x', 5.0)");
    await expect(applyRules(engine, "sold", [rule("s", "true", "set", { colour: "1" })])).rejects.toThrow(
      /it sets "colour"; the table has no such column/,
    );
    await expect(applyRules(engine, "sold", [rule("s", "true", "set", { customer_id: "'b'" })])).rejects.toThrow(
      /only the mapping can change it/,
    );
  });

  it("keeps a ledger whose entries follow from one another, whatever the rules", async () => {
    const rows = Array.from({ length: 400 }, (_, i) => {
      const customer = i % 7 === 0 ? "NULL" : `'c${(i * 31) % 57}'`;
      return `(${i + 1}, ${customer}, 'p${i % 3}', ${((i * 7919) % 2003) / 100 - 6})`;
    });
    await load(rows.join(", "));
    const pool = [
      rule("nobody", "customer_id IS NULL"),
      rule("back", "amount < 0", "return"),
      rule("cheaper", "product_id = 'p1'", "set", { amount: "amount - 0.25" }),
      rule("small", "amount < 1"),
      rule("renamed", "product_id = 'p2'", "set", { product_id: "'p0'" }),
      rule("p0", "product_id = 'p0' AND amount > 8"),
    ];
    for (let turn = 0; turn < pool.length; ++turn) {
      const rules = [...pool.slice(turn), ...pool.slice(0, turn)];
      const ledger = await applyRules(engine, "sold", rules);
      expectChain(ledger);
      const [start] = await engine.rows(
        "SELECT count(*) AS n, count(DISTINCT customer_id) AS c, sum(amount) AS s FROM sold",
      );
      const [end] = await engine.rows(
        "SELECT count(*) AS n, count(DISTINCT customer_id) AS c, COALESCE(sum(amount), 0) AS s FROM clean_sold",
      );
      expect(ledger[0]).toMatchObject({
        rows_before: start["n"],
        customers_before: start["c"],
        revenue_before: start["s"],
      });
      expect(ledger.at(-1)).toMatchObject({ rows_after: end["n"], customers_after: end["c"], revenue_after: end["s"] });
    }
  });
});

function expectChain(ledger: readonly LedgerEntry[]): void {
  for (const [i, entry] of ledger.entries()) {
    const removes = entry.action !== "set";
    expect(entry.rows_after).toBe(removes ? entry.rows_before - entry.rows_touched : entry.rows_before);
    expect(entry.revenue_after).toBeCloseTo(entry.revenue_before + (removes ? -1 : 1) * entry.revenue_touched, 6);
    expect(entry.customers_after).toBeLessThanOrEqual(entry.customers_before);
    expect(entry.customers_before - entry.customers_after).toBeLessThanOrEqual(removes ? entry.customers_touched : 0);
    if (i) {
      const before = ledger[i - 1];
      expect([entry.rows_before, entry.customers_before, entry.revenue_before]).toEqual([
        before.rows_after,
        before.customers_after,
        before.revenue_after,
      ]);
    }
  }
}

describe("ledgerCsv", () => {
  const entry: LedgerEntry = {
    rule: "r",
    table: "lines",
    action: "drop",
    reason: 'so, "said"',
    rows_before: 3,
    rows_touched: 1,
    rows_after: 2,
    customers_before: 2,
    customers_touched: 1,
    customers_after: 1,
    revenue_before: 10.5,
    revenue_touched: 0.5,
    revenue_after: 10,
  };
  const header =
    "rule,table,action,reason,rows_before,rows_touched,rows_after,customers_before,customers_touched,customers_after,revenue_before,revenue_touched,revenue_after";

  it("has one line per rule under a header, and quotes what needs it", () => {
    expect(ledgerCsv([entry])).toBe(`${header}\nr,lines,drop,"so, ""said""",3,1,2,2,1,1,10.5,0.5,10\n`);
  });

  it("is the header alone without rules", () => {
    expect(ledgerCsv([])).toBe(`${header}\n`);
  });
});
