import { existsSync } from "node:fs";
import { basename } from "node:path";
import type { Engine } from "../../engine/index.js";
import { nearest, requireKnownOptions } from "../../errors.js";
import type { Environment } from "../../storage/index.js";
import { canonicalMapping } from "../mapping/canonical-mapping.js";
import { type MappingFile, readMappingFile } from "../mapping/mapping-file.js";
import { sharedCopy } from "../registry/data-folders.js";
import { isDatasetName } from "../registry/dataset-name.js";
import { howToGet } from "../registry/known-dataset.js";
import { findKnownDataset, knownDatasets } from "../registry/known-datasets.js";
import { type LockDatasetOptions, lockForImport } from "../registry/lock-dataset.js";
import { parseSettings } from "../registry/parse-settings.js";
import { ASSUMABLE_SETTINGS, type DatasetDescription, type Provenance } from "../registry/provenance.js";
import { downloaded, isUrl, withoutPassword } from "../sources/download.js";
import { importInto } from "./import-into.js";

/** Options for adding a dataset. */
export interface AddDatasetOptions {
  /** Name of a built-in dataset, or a new name of lower-case letters, digits and hyphens. */
  readonly name: string;
  /** File, folder or http(s) address; for built-in datasets defaults to the copy below `REKINDLE_DATA`. */
  readonly from?: string | undefined;
  /** Origin recorded in the provenance, for example a path as typed; defaults to `from`. */
  readonly origin?: string | undefined;
  /** JSON mapping file; without it a new dataset must have columns with canonical names. */
  readonly mappingPath?: string | undefined;
  /** "drop" excludes and lists unreadable rows; "fail" stops at the first one. Defaults to "fail". */
  readonly onError?: "fail" | "drop";
  /** How the dataset is locked meanwhile; by default it is waited for 30 s. */
  readonly lock?: Partial<LockDatasetOptions>;
  /** Time of import. */
  readonly now: Date;
}

/**
 * Imports a dataset into the workspace and replaces an earlier import of that name.
 *
 * @throws {RangeError} If the name or a combination of options is invalid.
 * @throws {Error} If `from` does not exist or cannot be read with the mapping.
 *
 * @example
 * await addDataset(engine, readEnvironment(), { name: "shop", from: "orders.csv", mappingPath: "shop.json", now: new Date() });
 */
export async function addDataset(
  engine: Engine,
  environment: Pick<Environment, "dataFolder" | "workspace">,
  given: AddDatasetOptions,
): Promise<Provenance> {
  requireKnownOptions("add a dataset", given, {
    name: true,
    from: true,
    origin: true,
    mappingPath: true,
    onError: true,
    lock: true,
    now: true,
  });
  const { name, from, origin, mappingPath, onError = "fail", lock, now } = given;
  const refuse = (what: string) => new RangeError(`Cannot add dataset "${name}": ${what}`);
  if (!isDatasetName(name)) {
    throw refuse("the name is invalid; use lower-case letters, digits and hyphens");
  }
  const known = findKnownDataset(name);
  if (known && mappingPath !== undefined) {
    throw refuse(`it has a built-in mapping; choose another name to use "${mappingPath}"`);
  }
  const source = from ?? (known && sharedCopy(environment, known));
  if (source === undefined) {
    throw refuse(
      known
        ? `no copy was found; ${howToGet(known)}`
        : `no source is given; ${otherName(name)}use --from <file, folder or address>`,
    );
  }
  const options = {
    origin: origin ?? withoutPassword(source),
    otherNames: known?.otherNames ?? {},
    onError,
    now,
  };
  const add = async (path: string) => {
    const description = known ?? (await ownDataset(engine, { name, path, mappingPath }));
    return importInto(engine, environment.workspace, description, { ...options, from: path });
  };
  return lockForImport(environment.workspace, name, lock, () =>
    isUrl(source) ? downloaded(source, { folder: environment.workspace.rawDatasets }, add) : add(source),
  );
}

/** Asks whether a built-in dataset of a similar name is meant; empty if none is. */
function otherName(name: string): string {
  const names = knownDatasets.map((dataset) => dataset.name);
  const near = nearest(name, names);
  return near === undefined ? "" : `did you mean "${near}"? Otherwise `;
}

async function ownDataset(
  engine: Engine,
  { name, path, mappingPath }: { name: string; path: string; mappingPath: string | undefined },
): Promise<DatasetDescription> {
  if (!existsSync(path)) throw new Error(`Cannot import "${path}": no such file or folder; check the path`);
  const file: MappingFile =
    mappingPath === undefined
      ? { mapping: await canonicalMapping(engine, path), settings: parseSettings(), assumed: ASSUMABLE_SETTINGS }
      : await readMappingFile(mappingPath, { file: basename(path) });
  const { title = name, licence = "not stated", citation = "not stated", settings, assumed, mapping } = file;
  return { name, title, licence, citation, settings, ...(assumed.length ? { assumed } : {}), mapping };
}
