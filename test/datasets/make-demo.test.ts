import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { cleanDataset } from "../../src/cleaning/index.js";
import { makeDemo, openTrustedTables, resolveDataset } from "../../src/datasets/index.js";
import { filesOf, now, useBench } from "./support.js";

describe("makeDemo", () => {
  const bench = useBench();
  const folder = () => join(bench.workspace.rawDatasets, "demo");

  it("makes and imports the demo, with its truth beside the tables and under no table's name", async () => {
    const provenance = await makeDemo(bench.engine, bench.workspace, { seed: 7, customers: 300, now });
    expect(bench.leftovers()).toEqual(["demo"]);
    expect(Object.keys(provenance.tables)).toEqual([
      "lines",
      "customers",
      "products",
      "stores",
      "promotions",
      "contacts",
    ]);
    expect(provenance.rejected).toEqual([]);
    expect(provenance).toMatchObject({ synthetic: true, origin: "the demo's generator, seed 7, 300 customers" });
    const truth = JSON.parse(readFileSync(join(folder(), "truth.json"), "utf8")) as {
      counts: { customers: number; transactionRows: number };
    };
    expect(truth.counts).toMatchObject({ customers: 300, transactionRows: provenance.tables["lines"].rows });
    const [row] = await bench.engine.rows(
      `SELECT count(*) AS n, count(DISTINCT customer_id) AS customers FROM read_parquet('${join(folder(), "truth.parquet")}')`,
    );
    expect(row["customers"]).toBe(row["n"]);
    expect(row["n"]).toBeGreaterThan(0);
    const kinds = await bench.engine.describe(`SELECT * FROM read_parquet('${join(folder(), "truth.parquet")}')`);
    expect(kinds.find(({ name }) => name === "customer_id")?.type).toBe("VARCHAR");
    expect(kinds.filter(({ type }) => type === "DOUBLE").length).toBeGreaterThan(3);
    expect(kinds).toContainEqual({ name: "alive", type: "BOOLEAN" });
    expect(kinds).toContainEqual({ name: "as_of", type: "DATE" });
  });

  it("keeps the truth out of the trusted tables", async () => {
    const { provenance, rawFolder, processedFolder } = await resolveDataset(bench.workspace, "demo");
    const report = await cleanDataset(bench.engine, provenance, { rawFolder, folder: processedFolder });
    const { tables, settings } = await openTrustedTables(bench.engine, processedFolder);
    expect(Object.keys(tables).sort()).toEqual([
      "contacts",
      "customers",
      "order_lines",
      "orders",
      "products",
      "promotions",
      "returns",
      "stores",
    ]);
    expect(tables["customers"]).not.toEqual(expect.arrayContaining(["gender"]));
    expect(settings.default_as_of).toBe("2025-12-31");
    expect(report.last_order?.slice(0, 7)).toBe("2025-12");
    expect(report.ledger.map(({ rule }) => rule)).toContain("full_row_duplicate");
    await expect(bench.engine.rows("SELECT * FROM truth")).rejects.toThrow(/truth/);
  });

  it("makes the same bytes of the same seed, and other ones of another", async () => {
    const bytes = async (seed: number) => {
      await makeDemo(bench.engine, bench.workspace, { seed, customers: 60, now });
      return filesOf(folder());
    };
    const [one, again, other] = [await bytes(7), await bytes(7), await bytes(8)];
    expect(again).toEqual(one);
    expect(other.get("lines.parquet")).not.toEqual(one.get("lines.parquet"));
  });

  it("ends on the given day, which becomes its default as-of day", async () => {
    const { settings } = await makeDemo(bench.engine, bench.workspace, {
      seed: 7,
      customers: 30,
      endOn: "2024-06-30",
      now,
    });
    expect(settings.default_as_of).toBe("2024-06-30");
  });

  it("says how far it is, stops when it is asked to, and sweeps what a killed one left", async () => {
    const before = filesOf(folder());
    mkdirSync(join(bench.workspace.rawDatasets, ".demo.9999999-0123abcd.tmp", "files"), { recursive: true });
    const stopping = new AbortController();
    const done: number[] = [];
    const onProgress = (n: number) => {
      done.push(n);
      stopping.abort(new Error("enough"));
    };
    const options = { seed: 3, customers: 4000, now, onProgress, signal: stopping.signal };
    await expect(makeDemo(bench.engine, bench.workspace, options)).rejects.toThrow(/^enough$/);
    expect(done).toEqual([1000]);
    expect(filesOf(folder())).toEqual(before);
    expect(bench.leftovers()).toEqual(["demo"]);
  });

  it("refuses impossible options and keeps what was there", async () => {
    const before = filesOf(folder());
    await expect(makeDemo(bench.engine, bench.workspace, { seed: 7, customers: 0, now })).rejects.toThrow(
      /customers is 0/,
    );
    expect(filesOf(folder())).toEqual(before);
  });
});
