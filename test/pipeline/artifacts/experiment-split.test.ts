import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import {
  designJson,
  parseDesign,
  parseSplitCsv,
  readSplit,
  requireFree,
  splitCsv,
} from "../../../src/pipeline/artifacts/experiment-split.js";
import { writeManifest } from "../../../src/pipeline/artifacts/manifest.js";
import type { ArmOfCustomer } from "../../../src/strategy/index.js";

const rows: ArmOfCustomer[] = [
  { id: "b,1", arm: "control", stratum: "spend 1 of 4" },
  { id: "a", arm: "test", stratum: "spend 2 of 4, recency 1 of 4" },
];
const names = { segment: "At Risk", idColumn: "customer_id" } as const;
/** A whole `split.json`. */
const whole = {
  ...{ kind: "experiment", version: 1, name: "spring", dataset: "shop", dataset_sha256: "f00", segment: "At Risk" },
  ...{ by: "rule", as_of: "2026-02-28", starts_on: "2026-03-01", ends_on: "2026-05-29", horizon_days: 90 },
  ...{ before_days: 180, outcome: "conversion", relative_effect: 0.05, alpha: 0.05, power: 0.8, winsorize: 0.99 },
  ...{ seed: 7, frac: 0.5, test: 1, control: 1, stratified_by: ["spend"] },
  ...{
    strata: [{ stratum: "spend 1 of 4", test: 1, control: 1 }],
    refused: 3,
    unknown_consent: 2,
    consent_known: true,
  },
  ...{ id_column: "customer_id", split_sha256: "0".repeat(64) },
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
  ["customer_id,arm,stratum\na,B,all\n", 'the arm on line 2 is "B"; expected test or control'],
  ["customer_id,arm,stratum\na,test,all\na,control,all\n", '"…" is on lines 2 and 3; expected one line per customer'],
  ["customer_id,stratum\na,all\n", 'it has no column "arm"'],
  ["contact_key,arm,stratum\na,test,all\n", 'it has no column "customer_id"'],
  ["customer_id,arm,stratum\n,test,all\n", "line 2 has no customer"],
])("%j is refused in a line", (csv, message) => {
  expect(() => parseSplitCsv(csv, names)).toThrow(`Cannot read split.csv: ${message}`);
});

test.each([
  ["{", "Cannot read split.json: not valid JSON"],
  ["null", "Cannot read split.json: the value is null; expected an object"],
  [JSON.stringify({ ...whole, kind: "plan" }), '"kind" is "plan"; expected "experiment"'],
  [JSON.stringify({ ...whole, version: 2 }), '"version" is 2; expected 1'],
])("the manifest %j is refused", (text, message) => {
  expect(() => parseDesign(text)).toThrow(message);
});

test("split.json: names in code and in the file correspond, in the order of the file", () => {
  const text = designJson(parseDesign(JSON.stringify(whole)));
  expect(JSON.parse(text)).toEqual(whole);
  expect(Object.keys(JSON.parse(text))).toEqual(Object.keys(whole));
  expect(parseDesign(text)).toMatchObject({ basis: "rule", primaryMetric: "conversion", testShare: 0.5, optedOut: 3 });
});

test("split.json: a file without what a readout computes with is refused, by key", () => {
  for (const [changes, message] of [
    [{ name: undefined }, '"name" is missing; expected text'],
    [{ relative_effect: undefined }, '"relative_effect" is missing; expected a number'],
    [{ alpha: "0.05" }, '"alpha" is "0.05"; expected a number'],
    [{ as_of: "2026-02-30" }, '"as_of" is "2026-02-30"; expected a calendar day as YYYY-MM-DD'],
    [{ starts_on: "2026-03-01' OR '1" }, '"starts_on" is "2026-03-01\' OR \'1"; expected a calendar day'],
    [{ ends_on: null }, '"ends_on" is null; expected a calendar day'],
    [{ outcome: "clicks" }, '"outcome" is "clicks"; expected conversion or spend'],
    [{ power: 1.2 }, '"power" is 1.2; expected a number above 0 and below 1'],
    [{ horizon_days: 0.5 }, '"horizon_days" is 0.5; expected a whole number, at least 1'],
    [{ unknown_consents: 3 }, '"unknown_consents" is an unknown key; did you mean "unknown_consent"?'],
    [{ stratified_by: ["age"] }, '"stratified_by[0]" is "age"; expected "spend", "orders" or "recency"'],
  ] as const) {
    expect(() => parseDesign(JSON.stringify({ ...whole, ...changes }))).toThrow(`Cannot read split.json: ${message}`);
  }
});

test("requireFree: the same design may be written again, another one only with replace; days are those of the data", async () => {
  const folder = mkdtempSync(join(tmpdir(), "rekindle-split-"));
  try {
    const design = parseDesign(JSON.stringify(whole));
    const free = (changes: object, replace: boolean, asOf = "2026-05-29") =>
      requireFree(folder, { ...design, ...changes }, { replace, asOf });
    expect(await free({}, false)).toBe(false);
    writeFileSync(join(folder, "split.json"), designJson(design));
    expect(await free({}, false)).toBe(false);
    await expect(free({ seed: 8 }, false)).rejects.toThrow(
      'Cannot split "spring": an experiment of that name with 1 test and 1 control customers ended on 2026-05-29; choose another --name, or overwrite it with --replace',
    );
    await expect(free({ seed: 8 }, false, "2026-05-28")).rejects.toThrow("runs until 2026-05-29;");
    expect(await free({ seed: 8 }, true)).toBe(true);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test.each([{ as_of: "2026-02-27" }, { starts_on: "2026-03-02" }, { outcome: "spend" }, { alpha: 0.2 }])(
  "readSplit: a design with %j in place of what the split wrote is refused",
  async (changes) => {
    const folder = mkdtempSync(join(tmpdir(), "rekindle-split-"));
    try {
      const path = join(folder, "split.json");
      const facts = { dataset: "shop", dataset_sha256: "f00", as_of: null, seed: 7, git_commit: null };
      writeFileSync(join(folder, "split.csv"), splitCsv(rows, names));
      writeFileSync(path, JSON.stringify(whole));
      await writeManifest(folder, { ...facts, versions: {}, mlflow_run_id: null, params: {} });
      expect((await readSplit(folder)).design.asOf).toBe("2026-02-28");
      writeFileSync(path, JSON.stringify({ ...whole, ...changes }));
      await expect(readSplit(folder)).rejects.toThrow(
        `Cannot read "${path}": it was changed after the split, which fixes how the result is read; restore the file, or split again with --replace`,
      );
    } finally {
      rmSync(folder, { recursive: true });
    }
  },
);

test("a split that was changed since it was drawn says so", async () => {
  const folder = mkdtempSync(join(tmpdir(), "rekindle-split-"));
  try {
    const csv = splitCsv(rows, names);
    writeFileSync(join(folder, "split.csv"), csv);
    writeFileSync(join(folder, "split.json"), JSON.stringify(whole));
    expect(await readSplit(folder)).toMatchObject({ changed: true, rows: [{ id: "a" }, { id: "b,1" }] });
  } finally {
    rmSync(folder, { recursive: true });
  }
});
