import { join } from "node:path";
import { nearest } from "../../errors.js";
import type { Workspace } from "../../storage/index.js";
import { howToGet } from "./known-dataset.js";
import { findKnownDataset, knownDatasets } from "./known-datasets.js";
import { importedNames } from "./list-datasets.js";
import { isImported, type Provenance, readProvenance } from "./provenance.js";
import { readSettings } from "./settings-file.js";

/** Imported dataset and its folders. */
export interface ResolvedDataset {
  readonly provenance: Provenance;
  /** `datasets/raw/<name>`, absolute. */
  readonly rawFolder: string;
  /** `datasets/processed/<name>`, absolute; may not exist yet. */
  readonly processedFolder: string;
}

/**
 * Finds an imported dataset by name.
 *
 * @throws {Error} If it is not imported; suggests the command, or the nearest name.
 */
export async function resolveDataset(workspace: Workspace, name: string): Promise<ResolvedDataset> {
  const rawFolder = join(workspace.rawDatasets, name);
  if (/^[a-z0-9-]+$/.test(name) && (await isImported(rawFolder))) {
    return {
      provenance: await withSettings(workspace, await readProvenance(rawFolder)),
      rawFolder,
      processedFolder: join(workspace.processedDatasets, name),
    };
  }
  throw new Error(`Cannot open dataset "${name}": it is not imported; ${await remedy(workspace, name)}`);
}

async function remedy(workspace: Workspace, name: string): Promise<string> {
  const known = findKnownDataset(name);
  if (known) return howToGet(known);
  const names = [...knownDatasets.map((dataset) => dataset.name), ...(await importedNames(workspace))];
  const near = nearest(name, names);
  const add = `run npx rekindle data add ${/^[a-z0-9-]+$/.test(name) ? name : "<name>"} --from <file or folder>`;
  return near ? `did you mean "${near}"? Otherwise ${add}` : add;
}

/** The provenance with the settings as they are now. */
async function withSettings(workspace: Workspace, provenance: Provenance): Promise<Provenance> {
  const { name } = provenance;
  const settings = await readSettings(workspace, name);
  if (settings === undefined) return provenance;
  if (settings.timezone !== provenance.settings.timezone) {
    throw new Error(
      `Cannot open dataset "${name}": its settings say time zone ${settings.timezone}, but it was imported as ${provenance.settings.timezone}; set it in the mapping and run npx rekindle data add ${name} again`,
    );
  }
  const assumed = provenance.assumed?.filter((setting) => settings[setting] === provenance.settings[setting]);
  return { ...provenance, settings, ...(assumed ? { assumed } : {}) };
}
