import { join } from "node:path";
import type { Engine } from "../../engine/index.js";
import type { Workspace } from "../../storage/index.js";
import { type DatasetDescription, isImported, type Provenance, readProvenance } from "../registry/provenance.js";
import { settingsPath, writeSettings } from "../registry/settings-file.js";
import { type ImportOptions, importDataset } from "./import-dataset.js";

/**
 * Imports a dataset into its folder of the workspace and writes its settings file. Settings that were edited by hand
 * are kept, with a note in the returned provenance. The dataset must be locked.
 *
 * @throws {Error} If a file is missing or cannot be read as the mapping says.
 */
export async function importInto(
  engine: Engine,
  workspace: Pick<Workspace, "rawDatasets">,
  description: DatasetDescription,
  options: Omit<ImportOptions, "target">,
): Promise<Provenance> {
  const { name } = description;
  const target = join(workspace.rawDatasets, name);
  const before = (await isImported(target)) ? (await readProvenance(target)).settings : undefined;
  const provenance = await importDataset(engine, description, { ...options, target });
  if (await writeSettings(workspace, provenance, { before })) return provenance;
  const note = `settings: "${settingsPath(workspace, name)}" was edited and is kept; delete it to take those of the import`;
  return { ...provenance, notes: [...provenance.notes, note] };
}
