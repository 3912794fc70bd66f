import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { experimentFolder } from "../../../src/pipeline/artifacts/experiment-folder.js";
import { findOverlaps, splitCsv } from "../../../src/pipeline/artifacts/experiment-split.js";
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
    ...{ dataset: "shop", dataset_sha256: "f00", by: "rule", seed: 7, frac: 0.5, stratified_by: [], strata: [] },
    ...{ refused: 0, unknown_consent: 0, consent_known: true },
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
  writeFileSync(join(folder, "split.csv"), splitCsv(rows, { segment: "At Risk", idColumn }));
}

const overlaps = async (ids: readonly string[], days = { startsOn: "2026-05-01", endsOn: "2026-05-31" }) =>
  (await findOverlaps(out, { name: "mine", ...days, ids }, { secret })).overlaps;
const days = { startsOn: "2026-03-01", endsOn: "2026-05-29" };

test("overlaps: customers of another split are found by contact key and by id", async () => {
  addSplit("plain", ["a", "b", "c"]);
  expect(await overlaps(["b", "c", "d"])).toEqual([{ experiment: "plain", customers: 2, ...days }]);
  expect(asked).toBe(0);
  addSplit("keyed", ["d", "e"], { id_column: "contact_key" });
  addSplit("keyed-too", ["e"], { id_column: "contact_key" });
  expect(await overlaps(["d", "x"])).toEqual([{ experiment: "keyed", customers: 1, ...days }]);
  expect(asked).toBe(1);
});

test("overlaps: not with itself, on other days, or with other customers", async () => {
  addSplit("mine", ["a"]);
  addSplit("others", ["b"]);
  addSplit("over", ["a"], { starts_on: "2026-02-01", ends_on: "2026-04-30" });
  addSplit("later", ["a"], { starts_on: "2026-06-01", ends_on: "2026-06-30", id_column: "contact_key" });
  expect(await overlaps(["a"])).toEqual([]);
  expect(asked).toBe(0);
  expect(await overlaps(["a"], { startsOn: "2026-04-30", endsOn: "2026-06-01" })).toHaveLength(2);
});

test("overlaps: a split that cannot be read is listed with its error", async () => {
  addSplit("broken", ["a"], { ends_on: "soon" });
  const own = { name: "mine", startsOn: "2026-05-01", endsOn: "2026-05-31", ids: ["a"] };
  expect(await findOverlaps(out, own, { secret })).toEqual({
    overlaps: [],
    unreadable: [
      'the experiment "broken" cannot be read: Cannot read split.json: "ends_on" is "soon"; expected a calendar day as YYYY-MM-DD',
    ],
  });
});
