import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Engine, openDuckDb } from "../../src/engine/index.js";
import { handMade, ordersHeader } from "./hand-made.js";
import { observe } from "./observe.js";

const asOf = "2024-03-31";

describe("a folder of feature groups", () => {
  const root = mkdtempSync(join(tmpdir(), "rekindle-groups-"));
  let engine: Engine;
  let dataset: Awaited<ReturnType<typeof handMade>>;
  beforeAll(async () => {
    engine = await openDuckDb();
    // Every third day an order by one of seven customers, January to March, with a line each.
    const days = Array.from({ length: 30 }, (_, i) =>
      new Date(Date.UTC(2024, 0, 1 + 3 * i)).toISOString().slice(0, 10),
    );
    dataset = await handMade(engine, {
      orders: [ordersHeader, ...days.map((day, i) => `${100 + i} c${i % 7} ${day} ${10 + i}`)],
      order_lines: [
        "order_id:VARCHAR line_no:INTEGER product_id:VARCHAR amount:DECIMAL(18,4)",
        ...days.map((_, i) => `${100 + i} 1 p${i % 5} ${10 + i}`),
      ],
      contacts: [
        "customer_id:VARCHAR sent_on:DATE redeemed_on:DATE",
        ...days.map((day, i) => `c${i % 7} ${day} ${days[i + 4] ?? "-"}`),
      ],
    });
  });
  afterAll(() => {
    engine.close();
    rmSync(root, { recursive: true });
  });

  async function compute(files: Record<string, string>, only?: readonly string[]) {
    const featureDir = mkdtempSync(join(root, "groups-"));
    for (const [name, sql] of Object.entries(files)) writeFileSync(join(featureDir, name), sql);
    const options = { asOf, features: [asOf], featureDir, ...(only ? { only } : {}) };
    return (await observe(engine, dataset, options)).table;
  }

  const honest = `-- The largest order; macros and a closing semicolon are welcome.
    SELECT customer_id, as_of, max(@number(amount)) AS largest_order, min(ordered_on) AS first_seen
    FROM seen_orders GROUP BY customer_id, as_of;`;

  it("joins the catalogue's features", async () => {
    const { names } = await compute({ "largest.sql": honest, "notes.txt": "not SQL" });
    expect(names.slice(-2)).toEqual(["largest_order", "first_seen"]);
    const rows = await engine.rows("SELECT customer_id, largest_order FROM features ORDER BY customer_id LIMIT 2");
    expect(rows).toEqual([
      { customer_id: "c0", largest_order: 38 },
      { customer_id: "c1", largest_order: 39 },
    ]);
  });

  it.each([
    [
      "orders",
      "SELECT s.customer_id, s.as_of, (SELECT sum(amount) FROM orders o WHERE o.customer_id = s.customer_id) AS all_spend FROM seen_customers s",
    ],
    [
      "order lines",
      "SELECT s.customer_id, s.as_of, (SELECT sum(amount) FROM order_lines) AS all_spend FROM seen_customers s",
    ],
    [
      "redemptions",
      "SELECT s.customer_id, s.as_of, (SELECT count(redeemed_on) FROM contacts k WHERE k.customer_id = s.customer_id AND k.sent_on <= s.as_of) AS all_spend FROM seen_customers s",
    ],
    [
      "another cut",
      "SELECT s.customer_id, s.as_of, (SELECT sum(amount) FROM seen_orders o WHERE o.customer_id = s.customer_id) AS all_spend FROM seen_customers s",
    ],
  ])("is refused by name if it sees the future through %s", async (_, sql) => {
    await expect(compute({ "honest.sql": honest, "leaking.sql": sql })).rejects.toThrow(
      /^Cannot add the feature groups of ".*": "all_spend" \(\d+ rows\) changed when only the future did; read the seen_\* relations alone and join them on as_of$/,
    );
    expect((await observe(engine, dataset, { asOf, features: [asOf] })).table.rows).toBe(7);
  });

  it.each(["labels_1", "labels", "main.orders", "trusted_orders", '"lines"', "group_rfm"])(
    "cannot reach %s, whether it exists or not",
    async (relation) => {
      await engine.run("CREATE OR REPLACE TABLE labels AS SELECT 'c1' AS customer_id, 1 AS churned");
      const sql = `SELECT s.customer_id, s.as_of, (SELECT max(customer_id) FROM ${relation}) AS peeked FROM seen_customers s`;
      await expect(compute({ "peeking.sql": sql })).rejects.toThrow(
        /^Cannot add the feature group "peeking": it reads .*, which features must not see; read seen_orders, seen_lines, /,
      );
      await engine.run("DROP TABLE labels");
    },
  );

  it.each([
    ["read_csv", "(SELECT max(column0) FROM read_csv('/etc/passwd'))"],
    ["read_text", "(SELECT content FROM read_text('/etc/passwd'))"],
    ["/etc/hosts.csv", "(SELECT max(x) FROM '/etc/hosts.csv')"],
    ["glob", "(SELECT count(*) FROM glob('/etc/*'))"],
  ])("cannot read a file by %s", async (what, value) => {
    const sql = `SELECT customer_id, as_of, ${value} AS stolen FROM seen_customers`;
    await expect(compute({ "stealing.sql": sql })).rejects.toThrow(
      `Cannot add the feature group "stealing": it reads ${what}, which features must not see; read seen_orders, `,
    );
  });

  it.each(["COPY (SELECT 1) TO 'stolen.csv'", "ATTACH 'stolen.db'", "INSTALL httpfs"])(
    "cannot be or hold the statement %s",
    async (statement) => {
      for (const sql of [statement, `${honest} ${statement}`]) {
        await expect(compute({ "stealing.sql": sql })).rejects.toThrow(
          /^Cannot add the feature group "stealing" of ".*": .*Only SELECT statements/,
        );
      }
      expect(existsSync("stolen.csv") || existsSync("stolen.db")).toBe(false);
    },
  );

  it("is stopped by name if it runs longer than the engine allows", async () => {
    const limited = await openDuckDb({ statementLimit: 2 });
    try {
      const orders = [ordersHeader, "1 c1 2024-01-01 10"];
      const own = await handMade(limited, { orders });
      const featureDir = mkdtempSync(join(root, "groups-"));
      const endless = "(WITH RECURSIVE r AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM r) SELECT count(*) FROM r)";
      const sql = `SELECT customer_id, as_of, ${endless} AS n FROM seen_customers`;
      writeFileSync(join(featureDir, "endless.sql"), sql);
      await expect(observe(limited, own, { asOf, features: [asOf], featureDir })).rejects.toThrow(
        /^Cannot compute the feature group "endless" of ".*endless\.sql": its SQL ran longer than 2 s; simplify it/,
      );
    } finally {
      limited.close();
    }
  });

  it("may name its own subqueries like tables that it may not read", async () => {
    const sql = `WITH labels AS (SELECT customer_id, as_of, count(*) AS n FROM SEEN_ORDERS GROUP BY customer_id, as_of)
      SELECT customer_id, as_of, n AS mine FROM labels`;
    expect((await compute({ "mine.sql": sql }, ["mine", "frequency"])).names).toEqual(["mine", "frequency"]);
  });

  it("is refused if it reads nothing that is seen, since nobody can tell what it knows", async () => {
    const sql = `SELECT * FROM (VALUES ('c1', DATE '${asOf}', 1)) AS t(customer_id, as_of, one)`;
    await expect(compute({ "constant.sql": sql })).rejects.toThrow(
      "it reads no seen_* relation; expected at least one",
    );
  });

  it.each([
    ["a syntax error", "SELEC 1", /^Cannot add the feature group "bad" of ".*bad\.sql": .*syntax error/],
    ["an unknown macro", "SELECT @mony(1)", /no such macro; did you mean "@money"/],
    [
      "no as_of",
      "SELECT customer_id, 1 AS one FROM seen_customers",
      'Cannot add the feature group "bad": it has no column "as_of"; it has customer_id, one',
    ],
    ["no feature", "SELECT customer_id, as_of FROM seen_customers", "its only columns are customer_id and as_of"],
    [
      "too few rows",
      "SELECT customer_id, as_of, 1 AS one FROM seen_customers WHERE customer_id = 'c1'",
      /it gives \d rows for \d of the \d+ rows of seen_customers; expected exactly one for each/,
    ],
    [
      "a row too many",
      "SELECT customer_id, as_of, 1 AS one FROM seen_customers UNION ALL SELECT 'c1', max(as_of), 2 FROM seen_customers",
      /expected exactly one for each/,
    ],
    [
      "a name that exists",
      "SELECT customer_id, as_of, 1 AS recency_days FROM seen_customers",
      'its column "recency_days" exists in the group "rfm"; use another name',
    ],
    [
      "a protected attribute",
      "SELECT customer_id, as_of, 1 AS gender FROM seen_customers",
      'its column "gender" is a protected attribute, which is never a feature',
    ],
  ])("is refused with %s", async (_, sql, message) => {
    await expect(compute({ "bad.sql": sql })).rejects.toThrow(message);
  });

  it("is refused if its name is taken, if it is empty, and if it is not there", async () => {
    await expect(compute({ "rfm.sql": honest })).rejects.toThrow(
      'Cannot add the feature group "rfm": a group of this name exists; use another file name',
    );
    await expect(compute({})).rejects.toThrow("has no .sql file");
    const featureDir = join(root, "nowhere");
    await expect(observe(engine, dataset, { asOf, features: [asOf], featureDir })).rejects.toThrow(
      /Cannot add feature groups: ".*nowhere" cannot be listed/,
    );
  });

  it("two groups may not share a column", async () => {
    await expect(compute({ "one.sql": honest, "two.sql": honest })).rejects.toThrow(
      'Cannot add the feature group "two": its column "largest_order" exists in the group "one"',
    );
  });

  it("only the features asked for are computed, in their order, and an unknown one is named", async () => {
    const ask = (...only: string[]) => observe(engine, dataset, { asOf, features: [asOf], only });
    expect((await ask("monetary", "recency_days")).table.names).toEqual(["monetary", "recency_days"]);
    await expect(ask("monetry")).rejects.toThrow(
      'Cannot compute "monetry": there is no such feature; did you mean "monetary"?',
    );
    await expect(ask("household_income")).rejects.toThrow(
      'Cannot compute "household_income": the dataset has no customers.household_income',
    );
  });
});
