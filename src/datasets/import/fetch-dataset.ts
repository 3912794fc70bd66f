import { mkdir, rm } from "node:fs/promises";
import { basename, join } from "node:path";
import type { Engine } from "../../engine/index.js";
import { requireKnownOptions } from "../../errors.js";
import type { Workspace } from "../../storage/index.js";
import { howToGet, type KnownDataset } from "../registry/known-dataset.js";
import { type LockDatasetOptions, lockForImport } from "../registry/lock-dataset.js";
import type { Provenance } from "../registry/provenance.js";
import { downloaded, withoutPassword } from "../sources/download.js";
import { tablesOf } from "../sources/locate-file.js";
import { unzipEntry, zipEntries } from "../sources/unzip.js";
import { checkFacts } from "./check-facts.js";
import { importInto } from "./import-into.js";

/** Options for downloading a built-in dataset. */
export interface FetchDatasetOptions {
  /** Address of the archive; defaults to that of the publisher. */
  readonly archive?: string | undefined;
  /** How the dataset is locked meanwhile; by default it is waited for 30 s. */
  readonly lock?: Partial<LockDatasetOptions>;
  /** Time of import. */
  readonly now: Date;
}

/**
 * Downloads a built-in dataset from its publisher, imports it, and verifies it against published figures.
 *
 * @param known For example `knownDataset("online-retail")`.
 * @throws {Error} If it has no archive, the download fails, or the archive differs from the published one; an earlier import stays.
 */
export async function fetchDataset(
  engine: Engine,
  workspace: Workspace,
  known: KnownDataset,
  options: FetchDatasetOptions,
): Promise<Provenance> {
  requireKnownOptions("fetch a dataset", options, { archive: true, lock: true, now: true });
  const { archive = known.archive, lock, now } = options;
  if (archive === undefined) {
    throw new RangeError(`Cannot fetch dataset "${known.name}": it has no download address; ${howToGet(known)}`);
  }
  const fetchInto = async (path: string) => {
    const folder = `${path}.files`;
    await mkdir(folder);
    try {
      await unzipMapped(path, folder, known);
      return await importInto(engine, workspace, known, {
        from: folder,
        origin: withoutPassword(archive),
        otherNames: known.otherNames ?? {},
        now,
        finish: async (imported, provenance) => {
          if (known.facts) await checkFacts(engine, provenance, known.facts, imported);
        },
      });
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  };
  return lockForImport(workspace, known.name, lock, () =>
    downloaded(archive, { folder: workspace.rawDatasets }, fetchInto),
  );
}

/** Unpacks only the files of the mapping, without folders, so that an archive cannot write anywhere else. */
async function unzipMapped(archive: string, folder: string, { name, mapping, otherNames = {} }: KnownDataset) {
  const entries = await zipEntries(archive);
  for (const { table } of tablesOf(mapping)) {
    const names = [table.file, ...(otherNames[table.file] ?? [])];
    const entry = entries.find((candidate) => names.includes(basename(candidate.name)));
    if (!entry) {
      const list = entries.map((candidate) => `"${candidate.name}"`).join(", ") || "nothing";
      throw new Error(`Cannot import "${name}": the archive has ${list}; expected "${names.join('" or "')}"`);
    }
    await unzipEntry(archive, entry, join(folder, basename(entry.name)));
  }
}
