import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { type Engine, openDuckDb } from "../../../src/engine/index.js";
import { assignmentRows, collectHistory } from "../../../src/pipeline/artifacts/segment-files.js";
import { writeContent } from "../../../src/pipeline/artifacts/write-content.js";
import { describedByHand } from "../../segmentation/hand-made.js";

describe("who is in which segment", async () => {
  const described = await describedByHand();
  async function inFolder(body: (engine: Engine, folder: string) => Promise<void>) {
    const folder = await mkdtemp(join(tmpdir(), "rekindle-segments-"));
    const engine = await openDuckDb();
    try {
      await body(engine, folder);
    } finally {
      engine.close();
      await rm(folder, { recursive: true });
    }
  }

  test("is written for every customer, with the segment's number and name and that of the rules", () =>
    inFolder(async (engine, folder) => {
      const path = join(folder, "segment_assignments.parquet");
      await writeContent(engine, path, assignmentRows(described));
      await engine.registerParquet("written", path);
      const rows = await engine.rows("SELECT * FROM written");
      expect(rows.map((row) => Object.values(row).join())).toEqual([
        ...["a1", "a2", "a3", "a4"].map((id) => `${id},2026-01-31,0,Champions,Champions`),
        "a5,2026-01-31,0,Champions,Loyal Customers",
        ...["b1", "b2", "b3", "b4"].map((id) => `${id},2026-01-31,1,Promising,Promising`),
        "b5,2026-01-31,1,Promising,Lost/Churned",
        ...["c1", "c2", "c3", "c4"].map((id) => `${id},2026-01-31,2,Lost/Churned,Lost/Churned`),
        "d1,2026-01-31,-1,Too few orders,New Customers",
      ]);
      expect(Object.keys(rows[0])).toEqual("customer_id,as_of,segment,segment_name,rule_segment".split(","));
      expect(await readdir(folder)).toEqual(["segment_assignments.parquet"]);
    }));

  test("is kept under its own day, beside earlier days", () =>
    inFolder(async (engine, folder) => {
      const [old, fresh] = [join(folder, "old"), join(folder, "new")];
      await mkdir(join(old, "history"), { recursive: true });
      await mkdir(fresh);
      await writeFile(join(old, "history", "2026-01-01.parquet"), "as it was");
      await writeContent(engine, join(fresh, "segment_assignments.parquet"), assignmentRows(described));
      await collectHistory(old, fresh, described.model.asOf);
      expect((await readdir(join(fresh, "history"))).sort()).toEqual(["2026-01-01.parquet", "2026-01-31.parquet"]);
      await engine.registerParquet("kept", join(fresh, "history", "2026-01-31.parquet"));
      expect(await engine.rows("SELECT DISTINCT as_of FROM kept")).toEqual([{ as_of: "2026-01-31" }]);
    }));

  test("changed: those who left Champions, to where, and what they spent", () => {
    expect(described.movers).toEqual([{ customerId: "a5", from: "Champions", to: "Loyal Customers", revenue: 1560 }]);
  });
});
