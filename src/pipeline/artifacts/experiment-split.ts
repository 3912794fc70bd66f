import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { messageOf } from "../../errors.js";
import {
  type ArmOfCustomer,
  customerNames,
  type ExperimentDesign,
  type ExperimentSplitFiles,
  parseArm,
} from "../../strategy/index.js";
import { csvText, isCalendarDay, parseDelimited } from "../../text/index.js";

/** Reads the split of an experiment from its folder. @throws {SyntaxError} If a file is not valid. */
export async function readSplit(folder: string): Promise<ExperimentSplitFiles> {
  const design = parseDesign(await readFile(join(folder, "split.json"), "utf8"));
  const csv = await readFile(join(folder, "split.csv"), "utf8");
  return { design, rows: parseSplitCsv(csv, design), changed: sha256(csv) !== design.splitSha256 };
}

/** Writes `split.csv` and `split.json`. */
export async function writeSplit(
  folder: string,
  { design, csv }: { readonly design: ExperimentDesign; readonly csv: string },
): Promise<void> {
  await writeFile(join(folder, "split.csv"), csv);
  await writeFile(join(folder, "split.json"), designJson(design));
}

/** Hash of the text of `split.csv`. */
export function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

/** The customers of an experiment as CSV, ordered by id. */
export function splitCsv(
  rows: readonly ArmOfCustomer[],
  { segment, idColumn }: Pick<ExperimentDesign, "segment" | "idColumn">,
): string {
  const sorted = [...rows].sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
  return csvText(
    [idColumn, "segment", "arm", "stratum"],
    sorted.map(({ id, arm, stratum }) => [id, segment, arm, stratum]),
  );
}

/** Reads `split.csv`. @throws {SyntaxError} If a column is missing, an arm is unknown or a customer has two lines. */
export function parseSplitCsv(text: string, { idColumn }: Pick<ExperimentDesign, "idColumn">): ArmOfCustomer[] {
  const what = "split.csv";
  const { rows, at } = parseDelimited(text, { what });
  const [id, arm] = [at(idColumn), at("arm")];
  const stratum = at("stratum");
  const names = customerNames(rows, id, { what });
  return rows.map(({ line, fields }, i) => ({
    id: names[i],
    arm: parseArm(fields[arm], { what, line }),
    stratum: fields[stratum],
  }));
}

/** `split.json` by name in code, in the order of the file. */
const KEYS = {
  name: "name",
  dataset: "dataset",
  datasetSha256: "dataset_sha256",
  segment: "segment",
  basis: "by",
  asOf: "as_of",
  startsOn: "starts_on",
  endsOn: "ends_on",
  horizonDays: "horizon_days",
  beforeDays: "before_days",
  primaryMetric: "outcome",
  relativeEffect: "relative_effect",
  alpha: "alpha",
  power: "power",
  winsorizeAt: "winsorize",
  seed: "seed",
  testShare: "frac",
  test: "test",
  control: "control",
  stratifiedBy: "stratified_by",
  strata: "strata",
  optedOut: "refused",
  unknownConsent: "unknown_consent",
  consentKnown: "consent_known",
  idColumn: "id_column",
  splitSha256: "split_sha256",
} as const satisfies Record<keyof ExperimentDesign, string>;

/** Keys that a readout computes with. */
const NUMBERS = [
  ...(["horizonDays", "beforeDays", "relativeEffect", "alpha", "power", "winsorizeAt", "test", "control"] as const),
];
const DAYS = ["asOf", "startsOn", "endsOn"] as const;

/** Writes the text of `split.json`. */
export function designJson(design: ExperimentDesign): string {
  const entries = Object.entries(KEYS).map(([name, key]) => [key, design[name as keyof ExperimentDesign]]);
  return `${JSON.stringify({ kind: "experiment", version: 1, ...Object.fromEntries(entries) }, null, 2)}\n`;
}

/** Reads the text of `split.json`. @throws {SyntaxError} If it lacks what a readout computes with. */
export function parseDesign(text: string): ExperimentDesign {
  let value: Readonly<Record<string, unknown>> | null;
  try {
    value = JSON.parse(text) as Readonly<Record<string, unknown>> | null;
  } catch (cause) {
    throw new SyntaxError(`Cannot read split.json: ${messageOf(cause)}`, { cause });
  }
  if (value?.["kind"] !== "experiment" || value["version"] !== 1) {
    throw new SyntaxError('Cannot read split.json: expected "kind": "experiment" and "version": 1');
  }
  const require = (name: keyof ExperimentDesign, expected: string, isValid: (one: unknown) => boolean) => {
    const found = value[KEYS[name]];
    if (isValid(found)) return;
    const is = found === undefined ? "missing" : JSON.stringify(found);
    throw new SyntaxError(`Cannot read split.json: "${KEYS[name]}" is ${is}; expected ${expected}`);
  };
  for (const name of NUMBERS) require(name, "a number", (one) => typeof one === "number");
  for (const name of DAYS) {
    require(name, "a calendar day as YYYY-MM-DD", (one) => typeof one === "string" && isCalendarDay(one));
  }
  require("primaryMetric", "conversion or spend", (one) => one === "conversion" || one === "spend");
  return Object.fromEntries(
    Object.entries(KEYS).map(([name, key]) => [name, value[key]]),
  ) as unknown as ExperimentDesign;
}

/**
 * Refuses to overwrite a different experiment of the same name, unless `replace` is set.
 *
 * @returns True if another experiment is replaced.
 */
export async function requireFree(
  folder: string,
  design: ExperimentDesign,
  { replace, today }: { readonly replace: boolean; readonly today: string },
): Promise<boolean> {
  const path = join(folder, "split.json");
  if (!existsSync(path)) return false;
  const text = await readFile(path, "utf8");
  if (text === designJson(design)) return false;
  if (replace) return true;
  const { name, endsOn, test, control } = parseDesign(text);
  throw new Error(
    `Cannot split "${name}": an experiment of that name with ${test} test and ${control} control customers ${endsOn < today ? `ended on ${endsOn}` : `runs until ${endsOn}`}; choose another --name, or overwrite it with --replace`,
  );
}
