import { createHash } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { applyRules } from "../../../src/cleaning/index.js";
import { type DemoTruth, demoDataset, writeDemo } from "../../../src/datasets/demo/index.js";
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
    hash: (text) => createHash("sha256").update(text).digest("hex"),
  });
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
    const [{ missing }] = await engine.rows("SELECT count(*) AS missing FROM lines WHERE ordered_at IS NULL");
    expect(missing).toBe(0);
    expect(provenance.sources.some(({ file }) => file.includes("truth"))).toBe(false);
  });

  test("its rules take out exactly the planted dirt", async () => {
    const rules = demoDataset.settings.cleaning.filter(({ table }) => table === undefined);
    const ledger = await applyRules(engine, "lines", rules);
    expect(ledger.find(({ rule }) => rule === "full_row_duplicate")?.rows_touched).toBe(truth.dirt?.duplicateLines);
    const [clean] = await engine.rows(
      "SELECT count(*) AS n, count(DISTINCT order_id) AS orders, min(quantity * unit_price) AS least FROM clean_lines",
    );
    const [unknown] = await engine.rows(
      "SELECT count(*) AS n FROM (SELECT DISTINCT order_id, product_id, unit_price, quantity FROM lines WHERE customer_id IS NULL AND order_id NOT LIKE 'C%' AND unit_price > 0 AND product_id NOT IN ('POSTAGE', 'MANUAL')) AS t",
    );
    expect(Number(clean["n"]) + Number(unknown["n"])).toBe(truth.counts.orderLines);
    expect(clean["orders"]).toBeGreaterThan(0.96 * truth.counts.orders);
    expect(clean["least"]).toBeGreaterThan(0);
    const products = await applyRules(
      engine,
      "staged_products",
      demoDataset.settings.cleaning.filter(({ table }) => table === "products"),
    );
    const capitals = products[0].rows_touched;
    expect(capitals).toBeGreaterThan(0);
    expect(capitals).toBeLessThanOrEqual(truth.dirt!.misspeltCategories);
    const categories = await engine.rows("SELECT DISTINCT category FROM clean_staged_products");
    expect(categories.length).toBe(6);
  });
});
