import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Static } from "typebox";
import { messageOf } from "../../errors.js";
import { calendarDay, parseJson, Type } from "../../schema/index.js";
import {
  type ArmOfCustomer,
  customerNames,
  type ExperimentDesign,
  type ExperimentOverlap,
  type ExperimentSplitFiles,
  experimentOverlaps,
  type OverlapCandidate,
  parseArm,
  runTogether,
  STRATA,
} from "../../strategy/index.js";
import { csvText, parseDelimited } from "../../text/index.js";
import { experimentFolder, splitNames } from "./experiment-folder.js";
import { readManifest } from "./manifest.js";

/**
 * Reads the split of an experiment from its folder.
 *
 * @throws {SyntaxError} If a file is not valid.
 * @throws {Error} If `split.json`, which fixes how the result is read, is not as the manifest of the folder has it.
 */
export async function readSplit(folder: string): Promise<ExperimentSplitFiles> {
  const path = join(folder, "split.json");
  const text = await readFile(path, "utf8");
  const design = parseDesign(text);
  const written = (await readManifest(folder))?.files["split.json"];
  if (written !== undefined && written !== sha256(text)) {
    throw new Error(
      `Cannot read "${path}": it was changed after the split, which fixes how the result is read; restore the file, or split again with --replace`,
    );
  }
  const csv = await readFile(join(folder, "split.csv"), "utf8");
  return { design, rows: parseSplitCsv(csv, design), changed: sha256(csv) !== design.splitSha256 };
}

/** Computes the hash of the text of `split.csv`. */
export function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

/** Writes the customers of an experiment as CSV, ordered by id. */
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

const closed = { additionalProperties: false };
const Days = Type.Integer({ minimum: 1 });
const Count = Type.Integer({ minimum: 0 });
const Share = Type.Number({ exclusiveMinimum: 0, exclusiveMaximum: 1 });
const Sizes = { test: Count, control: Count };

/** Content of `split.json`. */
const SplitFile = Type.Object(
  {
    kind: Type.Literal("experiment"),
    version: Type.Literal(1),
    name: Type.String(),
    dataset: Type.String(),
    dataset_sha256: Type.String(),
    segment: Type.String(),
    by: Type.Enum(["rule", "cluster", "everyone"]),
    as_of: calendarDay(),
    starts_on: calendarDay(),
    ends_on: calendarDay(),
    horizon_days: Days,
    before_days: Days,
    outcome: Type.Enum(["conversion", "spend"], { expected: "conversion or spend" }),
    relative_effect: Type.Number({ exclusiveMinimum: 0 }),
    alpha: Share,
    power: Share,
    winsorize: Type.Number({ exclusiveMinimum: 0, maximum: 1 }),
    seed: Type.Integer(),
    frac: Share,
    ...Sizes,
    stratified_by: Type.Array(Type.Enum([...STRATA])),
    strata: Type.Array(Type.Object({ stratum: Type.String(), ...Sizes }, closed)),
    refused: Count,
    unknown_consent: Count,
    consent_known: Type.Boolean(),
    id_column: Type.Enum(["contact_key", "customer_id"]),
    split_sha256: Type.String(),
  },
  closed,
);

/** Writes the text of `split.json`. */
export function designJson(design: ExperimentDesign): string {
  return `${JSON.stringify({ kind: "experiment", version: 1, ...designRecord(design) }, null, 2)}\n`;
}

/** Returns a split as JSON, with what is said of it. */
export function splitRecord(
  design: ExperimentDesign,
  { sentences }: { readonly sentences: readonly string[] },
): Record<string, unknown> {
  return { ...designRecord(design), in_words: sentences };
}

function designRecord(design: ExperimentDesign): Record<string, unknown> {
  return Object.fromEntries(Object.entries(KEYS).map(([name, key]) => [key, design[name as keyof ExperimentDesign]]));
}

/** Reads the text of `split.json`. @throws {SyntaxError} If a key is missing or a value is wrong. */
export function parseDesign(text: string): ExperimentDesign {
  const file = parseJson(SplitFile, text, { action: "read split.json" });
  return Object.fromEntries(Object.entries(KEYS).map(([name, key]) => [name, file[key]])) as DesignInFile;
}

type DesignInFile = { readonly [Name in keyof typeof KEYS]: Static<typeof SplitFile>[(typeof KEYS)[Name]] };

/**
 * Refuses to overwrite a different experiment of the same name, unless `replace` is set.
 *
 * @param options.asOf Last day of data: an experiment that ends by then is over.
 * @returns True if another experiment is replaced.
 */
export async function requireFree(
  folder: string,
  design: ExperimentDesign,
  { replace, asOf }: { readonly replace: boolean; readonly asOf: string },
): Promise<boolean> {
  const path = join(folder, "split.json");
  if (!existsSync(path)) return false;
  const text = await readFile(path, "utf8");
  if (text === designJson(design)) return false;
  if (replace) return true;
  const { name, endsOn, test, control } = parseDesign(text);
  throw new Error(
    `Cannot split "${name}": an experiment of that name with ${test} test and ${control} control customers ${endsOn <= asOf ? `ended on ${endsOn}` : `runs until ${endsOn}`}; choose another --name, or overwrite it with --replace`,
  );
}

/** A new experiment, with the ids of its customers. */
export interface NewExperiment {
  readonly name: string;
  readonly startsOn: string;
  readonly endsOn: string;
  readonly ids: readonly string[];
}

/**
 * Finds the experiments on disk that share days and customers with a new one, and lists those that cannot be read.
 *
 * @param out Folder of the artifacts.
 * @param options.secret Returns the key of the contact keys; called only if a split of the same days has any.
 */
export async function findOverlaps(
  out: string,
  own: NewExperiment,
  { secret }: { readonly secret: () => Promise<string> },
): Promise<{ readonly overlaps: ExperimentOverlap[]; readonly unreadable: string[] }> {
  const others: OverlapCandidate[] = [];
  const unreadable: string[] = [];
  for (const name of await splitNames(out)) {
    if (name === own.name) continue;
    try {
      const { design, rows } = await readSplit(experimentFolder(out, name, "split"));
      if (runTogether(own, design)) others.push({ design: { ...design, name }, rows });
    } catch (error) {
      unreadable.push(`the experiment "${name}" cannot be read: ${messageOf(error)}`);
    }
  }
  const needsKey = others.some(({ design }) => design.idColumn === "contact_key");
  return { overlaps: experimentOverlaps(own, others, needsKey ? { key: await secret() } : {}), unreadable };
}
