import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { messageOf } from "../../errors.js";
import { checkedDay } from "../../features/index.js";
import type { Arm } from "../../strategy/index.js";
import { csvField } from "../../text/index.js";
import { customerNames, delimitedRows } from "./delimited-rows.js";

/** How an experiment was set up: what `split.json` holds. */
export interface SplitManifest {
  readonly kind: "experiment";
  readonly version: 1;
  readonly name: string;
  readonly dataset: string;
  readonly dataset_sha256: string;
  readonly segment: string;
  readonly by: "rule" | "cluster" | "everyone";
  /** The day that the segment stands at. */
  readonly as_of: string;
  /** First and last day whose orders count. */
  readonly starts_on: string;
  readonly ends_on: string;
  readonly horizon_days: number;
  /** Days of the spend before that the readout takes into account. */
  readonly before_days: number;
  /** What the experiment is decided by. */
  readonly outcome: "conversion" | "spend";
  /** The smallest change that is worth a campaign, relative. */
  readonly relative_effect: number;
  readonly alpha: number;
  readonly power: number;
  /** Share of the customers whose spend stays as it is. */
  readonly winsorize: number;
  readonly seed: number;
  /** Share of the customers in the test group that was asked for. */
  readonly testShare: number;
  readonly test: number;
  readonly control: number;
  readonly stratified_by: readonly string[];
  readonly strata: readonly { readonly stratum: string; readonly test: number; readonly control: number }[];
  readonly refused: number;
  readonly unknown_consent: number;
  readonly consent_known: boolean;
  /** The column of `split.csv` that names customers. */
  readonly id_column: "contact_key" | "customer_id";
  /** sha256 of `split.csv`. */
  readonly split_sha256: string;
}

/** One customer of an experiment. */
export interface SplitRow {
  /** A pseudonym, or the customer's id. */
  readonly id: string;
  readonly arm: Arm;
  readonly stratum: string;
}

/** An experiment as it was set up. */
export interface Split {
  readonly manifest: SplitManifest;
  readonly rows: readonly SplitRow[];
  /** True if `split.csv` is not what was drawn. */
  readonly changed: boolean;
}

/**
 * Reads the split in a folder.
 *
 * @throws {SyntaxError} If one of its files is not what it should be.
 */
export async function readSplit(folder: string): Promise<Split> {
  const manifest = parseSplitManifest(await readFile(join(folder, "split.json"), "utf8"));
  const csv = await readFile(join(folder, "split.csv"), "utf8");
  const changed = createHash("sha256").update(csv).digest("hex") !== manifest.split_sha256;
  return { manifest, rows: parseSplitCsv(csv, manifest), changed };
}

/** The customers of an experiment as CSV, in the order of their names. */
export function splitCsv(
  rows: readonly SplitRow[],
  { segment, id_column }: Pick<SplitManifest, "segment" | "id_column">,
): string {
  const sorted = [...rows].sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
  const lines = sorted.map(({ id, arm, stratum }) => [id, segment, arm, stratum].map(csvField).join(","));
  return [[id_column, "segment", "arm", "stratum"].join(","), ...lines, ""].join("\n");
}

/**
 * Reads `split.json`.
 *
 * @throws {SyntaxError} If the text is no JSON, no experiment of a version known here, or lacks what a readout needs.
 */
export function parseSplitManifest(text: string): SplitManifest {
  let value: Partial<SplitManifest> | null;
  try {
    value = JSON.parse(text) as Partial<SplitManifest> | null;
  } catch (cause) {
    throw new SyntaxError(`Cannot read split.json: ${messageOf(cause)}`, { cause });
  }
  if (value?.kind !== "experiment" || value.version !== 1) {
    throw new SyntaxError('Cannot read split.json: a "kind" of "experiment" in "version" 1 is needed');
  }
  for (const name of NUMBERS) {
    if (typeof value[name] !== "number") throw unlike(name, value[name], "a number");
  }
  for (const name of DAYS) {
    if (!isDay(value[name])) throw unlike(name, value[name], "a calendar day as YYYY-MM-DD");
  }
  if (value.outcome !== "conversion" && value.outcome !== "spend") {
    throw unlike("outcome", value.outcome, "conversion or spend");
  }
  return value as SplitManifest;
}

/** What a readout computes with, so that a file from elsewhere is refused before anything is read by it. */
const NUMBERS = [
  "horizon_days",
  "before_days",
  "relative_effect",
  "alpha",
  "power",
  "winsorize",
  "test",
  "control",
] as const;
const DAYS = ["as_of", "starts_on", "ends_on"] as const;

function isDay(value: unknown): boolean {
  try {
    return checkedDay(String(value)) === value;
  } catch {
    return false;
  }
}

function unlike(name: string, value: unknown, needed: string): SyntaxError {
  const is = value === undefined ? "missing" : JSON.stringify(value);
  return new SyntaxError(`Cannot read split.json: "${name}" is ${is}, ${needed} is needed`);
}

/**
 * Reads `split.csv`.
 *
 * @throws {SyntaxError} If a column is not there, an arm is neither test nor control, or a customer comes twice.
 */
export function parseSplitCsv(text: string, { id_column }: Pick<SplitManifest, "id_column">): SplitRow[] {
  const what = "split.csv";
  const { rows, at } = delimitedRows(text, { what });
  const [id, arm] = [at(id_column), at("arm")];
  const stratum = at("stratum");
  const names = customerNames(rows, id, { what });
  return rows.map(({ line, fields }, i) => ({
    id: names[i],
    arm: checkedArm(fields[arm], { what, line }),
    stratum: fields[stratum],
  }));
}

/** An arm by its name. @throws {SyntaxError} If it is neither test nor control. */
export function checkedArm(text: string, { what, line }: { readonly what: string; readonly line: number }): Arm {
  const arm = text.trim().toLowerCase();
  if (arm === "test" || arm === "control") return arm;
  throw new SyntaxError(`Cannot read ${what}: the arm on line ${line} is "${text}", test or control is needed`);
}
