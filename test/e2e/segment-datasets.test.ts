import { readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openDuckDb } from "../../src/engine/index.js";
import { parseSegmentationModel, type SegmentationModel } from "../../src/segmentation/index.js";
import { hasRealData, realData } from "../real-data.js";
import { makeHome, mustRun, readJson } from "./rekindle.js";

let home: string;
beforeAll(() => {
  home = makeHome();
});
afterAll(() => rmSync(home, { recursive: true, force: true }));

/** Adds a dataset, cleans it and segments its customers. */
async function segmented(name: string, add: readonly string[], options: readonly string[] = []): Promise<string> {
  await mustRun([...add, "--quiet"], { home });
  await mustRun(["clean", "--dataset", name, "--no-tracking", "--quiet"], { home });
  const args = ["--dataset", name, "--no-figures", "--plain-ids", "--no-tracking", "--quiet"];
  await mustRun(["segment", ...args, ...options], { home });
  return join(home, "artifacts", name, "segments");
}

/** Checks that every file is there, and that sizes, assignments and lists speak of the same customers. */
async function checkArtifacts(folder: string): Promise<SegmentationModel> {
  const model = parseSegmentationModel(readFileSync(join(folder, "segmentation_model.json"), "utf8"));
  const history = join("history", `${model.asOf}.parquet`);
  for (const name of [
    ...["segment_assignments.parquet", "segment_summary.csv", "rule_segment_summary.csv", "segment_strategies.json"],
    ...["segmentation_model.json", "selection.csv", "migration.csv", "migration_matrix.csv", "movers.csv"],
    ...["drift.json", "manifest.json", history],
  ]) {
    expect(statSync(join(folder, name)).size, name).toBeGreaterThan(0);
  }
  const strategies = readJson<Record<string, Record<string, number>>>(folder, "segment_strategies.json");
  const engine = await openDuckDb();
  try {
    const rows = (file: string) => engine.rows(`SELECT * FROM '${join(folder, file)}'`);
    const assigned = await rows("segment_assignments.parquet");
    const sizeOf = (key: string, value: unknown) => assigned.filter((row) => row[key] === value).length;
    expect(new Set(assigned.map((row) => row["customer_id"])).size).toBe(assigned.length);
    expect(await rows(history)).toHaveLength(assigned.length);
    for (const [file, key] of [
      ["segment_summary.csv", "segment_name"],
      ["rule_segment_summary.csv", "rule_segment"],
    ] as const) {
      const sizes = await rows(file);
      for (const row of sizes)
        expect(sizeOf(key, row["segment_name"]), `${file} ${row["segment_name"]}`).toBe(row["customers"]);
      expect(sizes.reduce((sum, row) => sum + Number(row["customers"]), 0)).toBe(assigned.length);
    }
    const lists = readdirSync(join(folder, "lists")).flatMap((name) =>
      readFileSync(join(folder, "lists", name), "utf8")
        .trimEnd()
        .split("\n")
        .slice(1),
    );
    const written = Object.values(strategies);
    const left = written.reduce((sum, row) => sum + row["refused"] + row["unknown_consent"], 0);
    expect(lists).toHaveLength(assigned.length - left);
    expect(written.reduce((sum, row) => sum + row["customers"], 0)).toBe(assigned.length);
    expect(model.metrics["customers"]).toBe(assigned.filter((row) => Number(row["segment"]) >= 0).length);
  } finally {
    engine.close();
  }
  return model;
}

test("segments of the demo shop are whole", { timeout: 180_000 }, async () => {
  const model = await checkArtifacts(await segmented("demo", ["data", "make", "demo", "--customers", "400"]));
  expect(model.asOf).toBe("2025-12-31");
});

describe.skipIf(!hasRealData)("segments of real customers", () => {
  test("of Online Retail are whole, and no worse than k-means of scikit-learn", { timeout: 360_000 }, async () => {
    const add = ["data", "add", "online-retail", "--from", realData("online_retail", "online_retail.csv.gz")];
    const options = ["--as-of", "2011-12-10", "--min-orders", "2"];
    const { metrics, centroids } = await checkArtifacts(await segmented("online-retail", add, options));
    expect(centroids).toHaveLength(5);
    expect(metrics["inertia"]).toBeLessThanOrEqual(2358.4);
    expect(metrics["silhouette"]).toBeGreaterThanOrEqual(0.306);
    expect(metrics["davies_bouldin"]).toBeLessThanOrEqual(1.015);
  });

  test("of CDNOW are whole", { timeout: 360_000 }, async () => {
    const add = ["data", "add", "cdnow", "--from", realData("cdnow", "CDNOW_master.txt")];
    const model = await checkArtifacts(await segmented("cdnow", add));
    expect(model.metrics["customers"]).toBe(23_570);
  });

  test("of the store's sales are whole", { timeout: 360_000 }, async () => {
    const model = await checkArtifacts(
      await segmented("store-sales", ["data", "add", "store-sales", "--from", realData("store_sales")]),
    );
    expect(model.centroids.length).toBeGreaterThanOrEqual(3);
  });
});
