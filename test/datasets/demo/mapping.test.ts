import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { applyRules } from "../../../src/cleaning/index.js";
import { type DemoTruth, demoDataset, writeDemo, writeTruthParquet } from "../../../src/datasets/demo/index.js";
import { importDataset, type Provenance, parseMapping } from "../../../src/datasets/index.js";
import { type Engine, openDuckDb } from "../../../src/engine/index.js";

let folder = "";
let engine: Engine;
let truth: DemoTruth;
let provenance: Provenance;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "rekindle-demo-mapping-"));
  truth = await writeDemo(join(folder, "source"), { seed: 7, customers: 1000 });
  engine = await openDuckDb({ threads: 1 });
  provenance = await importDataset(engine, demoDataset, {
    from: join(folder, "source"),
    target: join(folder, "raw"),
    now: new Date("2026-01-01T00:00:00Z"),
  });
  for (const table of ["lines", "products"]) {
    await engine.registerParquet(`raw_${table}`, join(folder, "raw", `${table}.parquet`));
  }
});
afterAll(async () => {
  await engine.close();
  await rm(folder, { recursive: true, force: true });
});

describe("the demo's mapping", () => {
  test("is a mapping as a JSON file could hold it", () => {
    expect(parseMapping(JSON.parse(JSON.stringify(demoDataset.mapping)))).toEqual(demoDataset.mapping);
  });

  test("imports every row of every file, with dates in three forms", async () => {
    expect(provenance.rejected).toEqual([]);
    expect(provenance.tables["lines"].rows).toBe(truth.counts.transactionRows);
    expect(provenance.tables["customers"].rows).toBe(1000);
    expect(provenance.tables["contacts"].rows).toBe(truth.offers.test + truth.offers.control);
    const [{ missing }] = await engine.rows("SELECT count(*) AS missing FROM raw_lines WHERE ordered_at IS NULL");
    expect(missing).toBe(0);
    expect(provenance.sources.some(({ file }) => file.includes("truth"))).toBe(false);
  });

  test("its rules take out exactly the planted dirt", async () => {
    const rules = demoDataset.settings.cleaning.filter(({ table }) => table === undefined);
    const ledger = await applyRules(engine, "raw_lines", rules);
    expect(ledger.find(({ rule }) => rule === "full_row_duplicate")?.rows_touched).toBe(truth.dirt?.duplicateLines);
    const [clean] = await engine.rows(
      "SELECT count(*) AS n, count(DISTINCT order_id) AS orders, min(quantity * unit_price) AS least FROM clean_raw_lines",
    );
    const [unknown] = await engine.rows(
      "SELECT count(*) AS n FROM (SELECT DISTINCT order_id, product_id, unit_price, quantity FROM raw_lines WHERE customer_id IS NULL AND order_id NOT LIKE 'C%' AND unit_price > 0 AND product_id NOT IN ('POSTAGE', 'MANUAL')) AS t",
    );
    expect(Number(clean["n"]) + Number(unknown["n"])).toBe(truth.counts.orderLines);
    expect(clean["orders"]).toBeGreaterThan(0.96 * truth.counts.orders);
    expect(clean["least"]).toBeGreaterThan(0);
    const products = await applyRules(
      engine,
      "raw_products",
      demoDataset.settings.cleaning.filter(({ table }) => table === "products"),
    );
    const capitals = products[0].rows_touched;
    expect(capitals).toBeGreaterThan(0);
    expect(capitals).toBeLessThanOrEqual(truth.dirt!.misspeltCategories);
    const categories = await engine.rows("SELECT DISTINCT category FROM clean_raw_products");
    expect(categories.length).toBe(6);
  });

  test("keeps the truth beside the data, one typed row per customer", async () => {
    const path = join(folder, "truth.parquet");
    await writeTruthParquet(engine, join(folder, "source"), path);
    await engine.registerParquet("truth", path);
    const [row] = await engine.rows(
      "SELECT count(*) AS n, count(DISTINCT customer_id) AS customers, avg(CASE WHEN alive THEN 1 ELSE 0 END) AS alive, sum(expected_orders_90d) AS orders, min(CAST(as_of AS VARCHAR)) AS as_of FROM truth",
    );
    expect(row).toMatchObject({ n: 1000, customers: 1000, as_of: "2025-12-31" });
    expect(row["alive"]).toBeGreaterThan(0.3);
    expect(row["alive"]).toBeLessThan(0.7);
    expect(row["orders"]).toBeGreaterThan(100);
  });
});
