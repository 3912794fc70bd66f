import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Engine, openDuckDb } from "../../src/engine/index.js";
import { addLabels, computeFeatures, openHistory } from "../../src/features/index.js";
import { handMade, ordersHeader } from "./hand-made.js";

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
    await openHistory(engine, dataset, { asOf });
  });
  afterAll(() => {
    engine.close();
    rmSync(root, { recursive: true });
  });

  function compute(files: Record<string, string>) {
    const featureFolder = mkdtempSync(join(root, "groups-"));
    for (const [name, sql] of Object.entries(files)) writeFileSync(join(featureFolder, name), sql);
    return computeFeatures(engine, dataset, { cuts: [asOf], featureFolder });
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
      "trusted tables",
      "SELECT s.customer_id, s.as_of, (SELECT count(*) FROM trusted_orders o WHERE o.customer_id = s.customer_id) AS all_spend FROM seen_customers s",
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
      /^Cannot add the feature groups of ".*": "all_spend" \(\d+ rows\) changed when only the future did, read the seen_\* relations alone and join them on as_of$/,
    );
    // The history is as it was, and goes on to serve.
    expect((await computeFeatures(engine, dataset, { cuts: [asOf] })).rows).toBe(7);
  });

  it("cannot reach the labels, which are there again afterwards", async () => {
    await addLabels(engine, { horizonDays: 30, knownUntil: asOf, categories: [] });
    const before = await engine.rows("SELECT count(*) AS n FROM labels");
    const sql = "SELECT s.customer_id, s.as_of, (SELECT max(churned) FROM labels) AS peeked FROM seen_customers s";
    await expect(compute({ "peeking.sql": sql })).rejects.toThrow(/labels does not exist/);
    expect(await engine.rows("SELECT count(*) AS n FROM labels")).toEqual(before);
    await engine.run("DROP TABLE labels");
  });

  it.each([
    ["a syntax error", "SELEC 1", /^Cannot add the feature group "bad" of ".*bad\.sql": .*syntax error/],
    ["an unknown macro", "SELECT @mony(1)", /no such macro; did you mean "@money"/],
    [
      "no as_of",
      "SELECT customer_id, 1 AS one FROM seen_customers",
      'Cannot add the feature group "bad": it has no column "as_of", it has customer_id, one',
    ],
    ["no feature", "SELECT customer_id, as_of FROM seen_customers", "it has no column besides customer_id and as_of"],
    [
      "too few rows",
      "SELECT customer_id, as_of, 1 AS one FROM seen_customers WHERE customer_id = 'c1'",
      /it gives \d rows for \d of the \d+ rows of seen_customers, exactly one for each is needed/,
    ],
    [
      "a row too many",
      "SELECT customer_id, as_of, 1 AS one FROM seen_customers UNION ALL SELECT 'c1', max(as_of), 2 FROM seen_customers",
      /exactly one for each is needed/,
    ],
    [
      "a name that exists",
      "SELECT customer_id, as_of, 1 AS recency_days FROM seen_customers",
      'its column "recency_days" exists in the group "rfm", another name is needed',
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
      'Cannot add the feature group "rfm": a group of this name exists, another file name is needed',
    );
    await expect(compute({})).rejects.toThrow("has no .sql file");
    const featureFolder = join(root, "nowhere");
    await expect(computeFeatures(engine, dataset, { cuts: [asOf], featureFolder })).rejects.toThrow(
      /Cannot add feature groups: ".*nowhere" cannot be listed/,
    );
  });

  it("two groups may not share a column", async () => {
    await expect(compute({ "one.sql": honest, "two.sql": honest })).rejects.toThrow(
      'Cannot add the feature group "two": its column "largest_order" exists in the group "one"',
    );
  });

  it("only the features asked for are computed, and an unknown one is named", async () => {
    const only = ["monetary", "recency_days"];
    expect((await computeFeatures(engine, dataset, { cuts: [asOf], only })).names).toEqual([
      "recency_days",
      "monetary",
    ]);
    await expect(computeFeatures(engine, dataset, { cuts: [asOf], only: ["monetry"] })).rejects.toThrow(
      'Cannot compute "monetry": there is no such feature, did you mean "monetary"?',
    );
    await expect(computeFeatures(engine, dataset, { cuts: [asOf], only: ["household_income"] })).rejects.toThrow(
      'Cannot compute "household_income": the dataset has no customers.household_income',
    );
  });
});
