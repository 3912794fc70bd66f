import { existsSync } from "node:fs";
import { basename, join } from "node:path";
import type { Engine } from "../../engine/index.js";
import type { Environment } from "../../storage/index.js";
import { canonicalMapping } from "../mapping/canonical-mapping.js";
import { type MappingFile, readMappingFile } from "../mapping/mapping-file.js";
import { sharedCopy } from "../registry/data-folders.js";
import { findKnownDataset } from "../registry/known-datasets.js";
import { parseSettings } from "../registry/parse-settings.js";
import type { DatasetDescription, Provenance } from "../registry/provenance.js";
import { downloaded, isUrl, withoutPassword } from "../sources/download.js";
import { importDataset } from "./import-dataset.js";

/** Where a dataset comes from, how it is mapped, what happens to unreadable rows. */
export interface AddDatasetOptions {
  /** A known name, or one of the user's own: lower-case letters, digits and hyphens. */
  readonly name: string;
  /** A file, a folder or an http(s) address; for known datasets defaults to the copy below `REKINDLE_DATA`. */
  readonly from?: string | undefined;
  /** How the provenance names it, for example a path as it was typed; defaults to `from`. */
  readonly origin?: string | undefined;
  /** A JSON mapping file; without it the columns of an unknown dataset must carry canonical names. */
  readonly mappingPath?: string | undefined;
  /** Leaves unreadable rows out and lists them, instead of failing; defaults to "fail". */
  readonly onError?: "fail" | "drop";
  /** The time of import. */
  readonly now: Date;
}

/**
 * Imports a dataset into the workspace, in place of an earlier import of that name.
 *
 * @throws {RangeError} If the name or a combination of options will not do.
 * @throws {Error} If there is nothing at `from`, or it cannot be read as the mapping says.
 *
 * @example
 * await addDataset(engine, readEnvironment(), { name: "shop", from: "orders.csv", mappingPath: "shop.json", now: new Date() });
 */
export async function addDataset(
  engine: Engine,
  environment: Pick<Environment, "dataFolder" | "workspace">,
  { name, from, origin, mappingPath, onError = "fail", now }: AddDatasetOptions,
): Promise<Provenance> {
  const refuse = (what: string) => new RangeError(`Cannot add dataset "${name}": ${what}`);
  if (!/^[a-z0-9][a-z0-9-]{0,63}$/.test(name)) {
    throw refuse("a name of lower-case letters, digits and hyphens is needed");
  }
  const known = findKnownDataset(name);
  if (known && mappingPath !== undefined) {
    throw refuse(`it has a mapping of its own, another name is needed to use "${mappingPath}"`);
  }
  const source = from ?? (known && sharedCopy(environment, known));
  if (source === undefined) {
    throw refuse(known ? `it is not at hand: ${known.howToGet}` : "--from <file, folder or address> is needed");
  }
  const target = join(environment.workspace.rawDatasets, name);
  const options = {
    origin: origin ?? withoutPassword(source),
    target,
    otherNames: known?.otherNames ?? {},
    onError,
    now,
  };
  const add = async (path: string) => {
    const description = known ?? (await ownDataset(engine, { name, path, mappingPath }));
    return importDataset(engine, description, { ...options, from: path });
  };
  return isUrl(source) ? downloaded(source, { folder: environment.workspace.rawDatasets }, add) : add(source);
}

async function ownDataset(
  engine: Engine,
  { name, path, mappingPath }: { name: string; path: string; mappingPath: string | undefined },
): Promise<DatasetDescription> {
  if (!existsSync(path)) throw new Error(`Cannot import "${path}": no such file or folder`);
  const file: MappingFile =
    mappingPath === undefined
      ? { mapping: await canonicalMapping(engine, path), settings: parseSettings() }
      : await readMappingFile(mappingPath, { file: basename(path) });
  const { title = name, licence = "not stated", citation = "not stated", settings, mapping } = file;
  return { name, title, licence, citation, settings, mapping };
}
