import { readdir } from "node:fs/promises";
import { join, relative } from "node:path";
import { sha256OfFile, writeFileAtomically } from "../../storage/index.js";

/** What made a folder of artifacts. */
export interface ManifestFacts {
  readonly dataset: string;
  readonly dataset_sha256: string;
  readonly as_of: string | null;
  readonly seed: number;
  readonly git_commit: string | null;
  readonly versions: Readonly<Record<string, string>>;
  readonly mlflow_run_id: string | null;
  /** What the stage was asked for, as its run has it. */
  readonly params: Readonly<Record<string, string | number | boolean>>;
}

/** What made the files of a folder, and the hash of each. */
export interface Manifest extends ManifestFacts {
  /** sha256 by file, relative to the folder. */
  readonly files: Readonly<Record<string, string>>;
}

/** Writes `manifest.json` over every file that `folder` holds now. */
export async function writeManifest(folder: string, facts: ManifestFacts): Promise<Manifest> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)));
  const files: Record<string, string> = {};
  for (const path of paths.sort()) if (path !== "manifest.json") files[path] = await sha256OfFile(join(folder, path));
  const manifest = { ...facts, files };
  await writeFileAtomically(join(folder, "manifest.json"), `${JSON.stringify(manifest, null, 2)}\n`);
  return manifest;
}
