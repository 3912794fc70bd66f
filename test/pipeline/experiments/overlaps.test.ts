import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { experimentFolder } from "../../../src/pipeline/experiments/experiment-folder.js";
import { overlapWarnings } from "../../../src/pipeline/experiments/overlaps.js";
import { splitCsv } from "../../../src/pipeline/experiments/split-files.js";
import { type Arm, contactKey } from "../../../src/strategy/index.js";

const key = "a key that tests use";
let out: string;
let asked: number;
const secret = async () => {
  ++asked;
  return key;
};
beforeEach(() => {
  asked = 0;
  out = mkdtempSync(join(tmpdir(), "rekindle-overlaps-"));
});
afterEach(() => rmSync(out, { recursive: true }));

/** Writes a split of these customers, as the stage does. */
function addSplit(name: string, ids: readonly string[], changes: Readonly<Record<string, unknown>> = {}) {
  const manifest = {
    ...{ kind: "experiment", version: 1, name, segment: "At Risk", id_column: "customer_id", outcome: "conversion" },
    ...{ as_of: "2026-02-28", starts_on: "2026-03-01", ends_on: "2026-05-29", horizon_days: 90, before_days: 180 },
    ...{ relative_effect: 0.05, alpha: 0.05, power: 0.8, winsorize: 0.99, test: 1, control: 1, split_sha256: "" },
    ...changes,
  };
  const keyed = manifest.id_column === "contact_key";
  const rows = ids.map((id, i) => ({
    id: keyed ? contactKey(id, { key }) : id,
    arm: (i % 2 ? "test" : "control") as Arm,
    stratum: "all",
  }));
  const folder = experimentFolder(out, name, "split");
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "split.json"), JSON.stringify(manifest));
  const idColumn = keyed ? "contact_key" : "customer_id";
  writeFileSync(join(folder, "split.csv"), splitCsv(rows, { segment: "At Risk", id_column: idColumn }));
}

const warnings = (ids: readonly string[], days = { starts_on: "2026-05-01", ends_on: "2026-05-31" }) =>
  overlapWarnings(out, { name: "mine", ...days, ids }, { secret });

test("customers of another experiment are found whether it has them under keys or under their ids", async () => {
  addSplit("plain", ["a", "b", "c"]);
  expect(await warnings(["b", "c", "d"])).toEqual([
    '2 of these customers are also in the experiment "plain", which runs from 2026-03-01 to 2026-05-29: each campaign will blur the other',
  ]);
  expect(asked).toBe(0);
  addSplit("keyed", ["d", "e"], { id_column: "contact_key" });
  addSplit("keyed-too", ["e"], { id_column: "contact_key" });
  expect(await warnings(["d", "x"])).toEqual([
    '1 of these customers is also in the experiment "keyed", which runs from 2026-03-01 to 2026-05-29: each campaign will blur the other',
  ]);
  expect(asked).toBe(1);
});

test("neither itself, nor one at another time, nor one of other customers is warned of", async () => {
  addSplit("mine", ["a"]);
  addSplit("others", ["b"]);
  addSplit("over", ["a"], { starts_on: "2026-02-01", ends_on: "2026-04-30" });
  addSplit("later", ["a"], { starts_on: "2026-06-01", ends_on: "2026-06-30" });
  expect(await warnings(["a"])).toEqual([]);
  expect(await warnings(["a"], { starts_on: "2026-04-30", ends_on: "2026-06-01" })).toHaveLength(2);
});

test("one that cannot be read is not passed over in silence", async () => {
  addSplit("broken", ["a"], { ends_on: "soon" });
  expect(await warnings(["a"])).toEqual([
    'the experiment "broken" could not be looked at: Cannot read split.json: "ends_on" is "soon", a calendar day as YYYY-MM-DD is needed',
  ]);
});
