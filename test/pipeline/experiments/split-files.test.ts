import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import {
  parseSplitCsv,
  parseSplitManifest,
  readSplit,
  type SplitRow,
  splitCsv,
} from "../../../src/pipeline/experiments/split-files.js";

const rows: SplitRow[] = [
  { id: "b,1", arm: "control", stratum: "spend 1 of 4" },
  { id: "a", arm: "test", stratum: "spend 2 of 4, recency 1 of 4" },
];
const names = { segment: "At Risk", id_column: "customer_id" } as const;
/** What `split.json` needs at least. */
const manifest = {
  ...{ kind: "experiment", version: 1, id_column: "customer_id", outcome: "conversion", split_sha256: "0".repeat(64) },
  ...{ as_of: "2026-02-28", starts_on: "2026-03-01", ends_on: "2026-05-29", horizon_days: 90, before_days: 180 },
  ...{ relative_effect: 0.05, alpha: 0.05, power: 0.8, winsorize: 0.99, test: 1, control: 1 },
};

test("a split is written in the order of its names and read back", () => {
  const csv = splitCsv(rows, names);
  expect(csv).toBe(
    'customer_id,segment,arm,stratum\na,At Risk,test,"spend 2 of 4, recency 1 of 4"\n"b,1",At Risk,control,spend 1 of 4\n',
  );
  expect(parseSplitCsv(csv, names)).toEqual([rows[1], rows[0]]);
  expect(splitCsv([...rows].reverse(), names)).toBe(csv);
});

test.each([
  ["customer_id,arm,stratum\na,B,all\n", 'the arm on line 2 is "B", test or control is needed'],
  ["customer_id,arm,stratum\na,test,all\na,control,all\n", '"a" is on lines 2 and 3, one line per customer is needed'],
  ["customer_id,stratum\na,all\n", 'it has no column "arm"'],
  ["contact_key,arm,stratum\na,test,all\n", 'it has no column "customer_id"'],
  ["customer_id,arm,stratum\n,test,all\n", "line 2 names no customer"],
])("%j is refused in a line", (csv, message) => {
  expect(() => parseSplitCsv(csv, names)).toThrow(`Cannot read split.csv: ${message}`);
});

test.each([
  ["{", "Cannot read split.json: "],
  ["null", 'a "kind" of "experiment" in "version" 1 is needed'],
  ['{"kind":"experiment","version":2}', 'a "kind" of "experiment" in "version" 1 is needed'],
])("the manifest %j is refused", (text, message) => {
  expect(() => parseSplitManifest(text)).toThrow(message);
});

test("a manifest without what a readout computes with is refused, by the name of what it lacks", () => {
  expect(parseSplitManifest(JSON.stringify(manifest))).toEqual(manifest);
  for (const [changes, message] of [
    [{ relative_effect: undefined }, '"relative_effect" is missing, a number is needed'],
    [{ alpha: "0.05" }, '"alpha" is "0.05", a number is needed'],
    [{ as_of: "2026-02-30" }, '"as_of" is "2026-02-30", a calendar day as YYYY-MM-DD is needed'],
    [{ starts_on: "2026-03-01' OR '1" }, '"starts_on" is "2026-03-01\' OR \'1", a calendar day'],
    [{ ends_on: null }, '"ends_on" is null, a calendar day'],
    [{ outcome: "clicks" }, '"outcome" is "clicks", conversion or spend is needed'],
  ] as const) {
    expect(() => parseSplitManifest(JSON.stringify({ ...manifest, ...changes }))).toThrow(
      `Cannot read split.json: ${message}`,
    );
  }
});

test("a split that was changed since it was drawn says so", async () => {
  const folder = mkdtempSync(join(tmpdir(), "rekindle-split-"));
  try {
    const csv = splitCsv(rows, names);
    writeFileSync(join(folder, "split.csv"), csv);
    writeFileSync(join(folder, "split.json"), JSON.stringify(manifest));
    expect(await readSplit(folder)).toMatchObject({ changed: true, rows: [{ id: "a" }, { id: "b,1" }] });
  } finally {
    rmSync(folder, { recursive: true });
  }
});
