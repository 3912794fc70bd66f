import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { type Engine, openDuckDb } from "../../../src/engine/index.js";
import { writeContent } from "../../../src/pipeline/artifacts/write-content.js";
import type { Assignments } from "../../../src/pipeline/segments/segment-customers.js";
import {
  assignmentRows,
  collectHistory,
  moversCsv,
  targetLists,
} from "../../../src/pipeline/segments/segment-files.js";
import { contactKey } from "../../../src/strategy/index.js";
import { describedByHand } from "./hand-made.js";

const ids = ["17850", "13047", "12583"];
const consents = new Map([
  ["17850", true],
  ["13047", false],
]);
const key = "a key that tests use";
const assignments = {
  customers: {
    asOf: "2026-01-31",
    ids,
    recencyDays: Float64Array.of(1, 2, 3),
    frequency: Float64Array.of(4, 5, 6),
    monetary: Float64Array.of(10, 20, 30),
  },
  segment: Int32Array.of(0, 0, 0),
  rules: { names: ["Champions", "Champions", "Champions"], counts: { Champions: 3 } },
} as unknown as Assignments;
const movers = ids.map((customerId, i) => ({ customerId, from: "Champions", to: "Promising", revenue: 10 * i }));

describe("files that name customers", () => {
  test("have plain ids only where there is no key, which an empty one is not", () => {
    const [plain] = targetLists(assignments, { consents: undefined, key: undefined });
    expect([plain.pseudonymous, plain.targets.map((target) => target.contactKey)]).toEqual([
      false,
      ["12583", "13047", "17850"],
    ]);
    expect(moversCsv(movers, { consents: undefined, key: undefined })).toMatch(/^customer_id,.*\n17850,/);
    expect(() => targetLists(assignments, { consents: undefined, key: "" })).toThrow("the key is empty");
    expect(() => moversCsv(movers, { consents: undefined, key: "" })).toThrow("the key is empty");
    const named = [
      ...targetLists(assignments, { consents: undefined, key }).flatMap(({ targets }) =>
        targets.map((target) => target.contactKey),
      ),
      moversCsv(movers, { consents: undefined, key }),
    ].join();
    for (const id of ids) expect(named).not.toContain(id);
  });

  test("leave out who refused marketing, and who did not say", () => {
    const [list] = targetLists(assignments, { consents, key });
    expect(list.targets.map((target) => target.contactKey)).toEqual([contactKey("17850", { key })]);
    expect([list.refused, list.unknownConsent]).toEqual([1, 1]);
    expect(moversCsv(movers, { consents, key })).toBe(
      `contact_key,from,to,revenue\n${contactKey("17850", { key })},Champions,Promising,0\n`,
    );
  });
});

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
      await collectHistory(old, fresh, described.model.as_of);
      expect((await readdir(join(fresh, "history"))).sort()).toEqual(["2026-01-01.parquet", "2026-01-31.parquet"]);
      await engine.registerParquet("kept", join(fresh, "history", "2026-01-31.parquet"));
      expect(await engine.rows("SELECT DISTINCT as_of FROM kept")).toEqual([{ as_of: "2026-01-31" }]);
    }));

  test("changed: those who left Champions, to where, and what they spent", () => {
    expect(described.movers).toEqual([{ customerId: "a5", from: "Champions", to: "Loyal Customers", revenue: 1560 }]);
  });
});
