import { readdir } from "node:fs/promises";
import { join } from "node:path";
import type { Workspace } from "../../storage/index.js";
import { findKnownDataset, knownDatasets } from "./known-datasets.js";
import { isImported, type Provenance, readProvenance } from "./provenance.js";
import { hasTrustedTables, readTrustedDataset } from "./trusted-dataset.js";

/** State of a dataset: `cleaned` means that its trusted tables belong to its current import. */
export type DatasetState = "absent" | "imported" | "cleaned";

/** Row of the list of datasets. */
export interface DatasetListing {
  readonly name: string;
  readonly title: string;
  readonly state: DatasetState;
  /** Order lines as imported; null if absent. */
  readonly rows: number | null;
  /** ISO time; null if absent. */
  readonly imported_at: string | null;
  readonly how_to_get: string;
}

/** Lists the built-in datasets, then the user's imports by name. */
export async function listDatasets(workspace: Workspace): Promise<DatasetListing[]> {
  const known = knownDatasets.map(({ name }) => name);
  const own = (await importedNames(workspace)).filter((name) => !known.includes(name));
  return Promise.all([...known, ...own].map((name) => datasetListing(workspace, name)));
}

/** Returns the list row of one dataset. */
export async function datasetListing(workspace: Workspace, name: string): Promise<DatasetListing> {
  const rawFolder = join(workspace.rawDatasets, name);
  const known = findKnownDataset(name);
  const how_to_get = known?.howToGet ?? `npx rekindle data add ${name} --from <file or folder> --mapping <json>`;
  if (!(await isImported(rawFolder))) {
    return { name, title: known?.title ?? name, state: "absent", rows: null, imported_at: null, how_to_get };
  }
  const provenance = await readProvenance(rawFolder);
  return {
    name,
    title: provenance.title,
    state: await stateOf(workspace, provenance),
    rows: provenance.tables["lines"]?.rows ?? null,
    imported_at: provenance.imported_at,
    how_to_get,
  };
}

/** Returns the names of all imports, in alphabetical order. */
export async function importedNames({ rawDatasets }: Workspace): Promise<string[]> {
  const entries = await readdir(rawDatasets, { withFileTypes: true }).catch(() => []);
  // Folders of a running import have a dot in their names; datasets never do.
  const names = entries.filter((entry) => entry.isDirectory() && !entry.name.includes(".")).map(({ name }) => name);
  const imported = await Promise.all(names.map((name) => isImported(join(rawDatasets, name))));
  return names.filter((_, i) => imported[i]).sort();
}

async function stateOf(workspace: Workspace, { name, sha256 }: Provenance): Promise<DatasetState> {
  const folder = join(workspace.processedDatasets, name);
  if (!(await hasTrustedTables(folder))) return "imported";
  return (await readTrustedDataset(folder)).sha256 === sha256 ? "cleaned" : "imported";
}
