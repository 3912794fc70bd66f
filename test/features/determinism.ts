import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "vitest";
import { openTrustedTables } from "../../src/datasets/index.js";
import { openDuckDb } from "../../src/engine/index.js";
import { profileFeatures } from "../../src/features/index.js";
import { observe } from "./observe.js";
import type { Trusted } from "./trust.js";

/** Computes everything with one thread and twice with two, and compares the files that come out byte by byte. */
export async function expectSameBytes(
  { folder }: Trusted,
  { asOf, cuts }: { readonly asOf: string; readonly cuts: readonly string[] },
): Promise<void> {
  const out = mkdtempSync(join(tmpdir(), "rekindle-bytes-"));
  try {
    const runs = [];
    for (const threads of [1, 2, 2]) {
      const engine = await openDuckDb({ threads });
      const dataset = await openTrustedTables(engine, folder);
      const { table } = await observe(engine, dataset, { asOf, features: cuts, btydSummary: cuts, returns: "net" });
      const store = "SELECT * FROM features ORDER BY as_of, customer_id";
      await engine.writeParquet(store, join(out, "feature_store.parquet"));
      await engine.writeCsv(store, join(out, "feature_store.csv"));
      await engine.writeParquet("SELECT * FROM btyd_summary ORDER BY as_of, customer_id", join(out, "btyd.parquet"));
      const profiles = await profileFeatures(engine, table);
      engine.close();
      const files = ["feature_store.parquet", "feature_store.csv", "btyd.parquet"];
      runs.push({ profiles, bytes: files.map((file) => readFileSync(join(out, file))) });
    }
    const [first, ...others] = runs;
    for (const other of others) {
      expect(other.profiles).toEqual(first.profiles);
      expect(other.bytes.map((bytes, i) => bytes.equals(first.bytes[i]))).toEqual([true, true, true]);
    }
  } finally {
    rmSync(out, { recursive: true });
  }
}
