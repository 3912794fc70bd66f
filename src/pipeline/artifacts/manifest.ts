import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { type Static, Type } from "typebox";
import { type ReturnsPolicy, requireReturnsPolicy } from "../../features/index.js";
import { parseJson } from "../../schema/index.js";
import { folderHashes, readWhole, restoreFolder, writeFileAtomically } from "../../storage/index.js";

/** File in the folder of an artifact that holds its manifest. */
export const MANIFEST_FILE = "manifest.json";

const Scalar = Type.Union([Type.String(), Type.Number(), Type.Boolean()]);
const Nullable = Type.Union([Type.String(), Type.Null()]);

const Manifest = Type.Object({
  dataset: Type.String(),
  dataset_sha256: Type.String(),
  as_of: Nullable,
  seed: Type.Integer(),
  git_commit: Nullable,
  versions: Type.Record(Type.String(), Type.String()),
  mlflow_run_id: Nullable,
  params: Type.Record(Type.String(), Scalar),
  /** Flat name -> number, the same names as in MLflow. */
  metrics: Type.Optional(Type.Record(Type.String(), Type.Union([Type.Number(), Type.Null()]))),
  /** The options as given to the stage, for making the same again. */
  options: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
  /** Everything that the data depend on, see `Identity`. */
  identity: Type.Optional(
    Type.Object({
      dataset_sha256: Type.String(),
      settings_sha256: Type.String(),
      as_of: Nullable,
      seed: Type.Union([Type.Integer(), Type.Null()]),
      options: Type.Record(Type.String(), Type.Unknown()),
      inputs: Type.Record(Type.String(), Type.String()),
      code: Type.String(),
    }),
  ),
  /** sha256 by file, relative to the folder. */
  files: Type.Record(Type.String(), Type.String()),
});

/** Origin of the files of a folder, and the hash of each. */
export type Manifest = Static<typeof Manifest>;

/** Origin of the files of a folder. */
export type ManifestFacts = Omit<Manifest, "files">;

/** Writes `manifest.json` over every file that `folder` holds now. */
export async function writeManifest(folder: string, facts: ManifestFacts): Promise<Manifest> {
  const manifest = { ...facts, files: await folderHashes(folder, MANIFEST_FILE) };
  await writeFileAtomically(join(folder, MANIFEST_FILE), `${JSON.stringify(manifest, null, 2)}\n`);
  return manifest;
}

/**
 * Reads the manifest of a folder.
 *
 * @returns Undefined if the folder has none.
 * @throws {SyntaxError} If it is not a manifest.
 */
export async function readManifest(folder: string): Promise<Manifest | undefined> {
  await restoreFolder(folder);
  const path = join(folder, MANIFEST_FILE);
  const text = await readWhole(folder, async () => (existsSync(path) ? readFile(path, "utf8") : undefined));
  return text === undefined ? undefined : parseJson(Manifest, text, { action: `read "${path}"` });
}

/** Reads the manifest of a folder as {@link readManifest} does; one that is damaged counts as none. */
export async function soundManifest(folder: string): Promise<Manifest | undefined> {
  try {
    return await readManifest(folder);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/**
 * Returns how the features behind an artifact count returns.
 *
 * @throws {RangeError} If its manifest names no known way.
 */
export function recordedReturns({ params, dataset }: Pick<Manifest, "params" | "dataset">): ReturnsPolicy {
  return requireReturnsPolicy(params["returns"], `use the artifacts of "${dataset}"`);
}
