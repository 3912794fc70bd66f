import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { restoreFolder } from "../../storage/index.js";
import type { RejectedRow } from "../import/stage-table.js";
import type { Mapping } from "../mapping/mapping.js";
import type { SourceProfile } from "../sources/profile-source.js";
import type { Source } from "../sources/source.js";
import type { DatasetSettings } from "./settings.js";

/** Everything an import needs to know of a dataset. */
export interface DatasetDescription {
  readonly name: string;
  readonly title: string;
  readonly licence: string;
  readonly citation: string;
  /** True if a generator made the data: their numbers show a method, not a market. Defaults to false. */
  readonly synthetic?: boolean;
  readonly settings: DatasetSettings;
  readonly mapping: Mapping;
}

/** A file that was read for a table, and what was found in it. */
export interface ImportedSource extends Source {
  readonly table: string;
  /** Absent if the import was asked to do without. */
  readonly profile?: SourceProfile;
}

/** What was read, from where, and what was found; lies beside the data as `provenance.json`. */
export interface Provenance extends DatasetDescription {
  /** ISO time. */
  readonly imported_at: string;
  /** Where the files came from: the path as it was given, or the address. Absent in older imports. */
  readonly origin?: string;
  /** sha256 over the sources' hashes and the mapping: the identity of the dataset. */
  readonly sha256: string;
  readonly sources: readonly ImportedSource[];
  readonly tables: Readonly<Record<string, { readonly rows: number; readonly columns: readonly string[] }>>;
  /** Rows that could not be read, if they were to be dropped. */
  readonly rejected: readonly RejectedRow[];
  readonly notes: readonly string[];
}

const fileName = "provenance.json";

/** True if `folder`, a `datasets/raw/<name>`, holds an import. */
export async function isImported(folder: string): Promise<boolean> {
  await restoreFolder(folder);
  return existsSync(join(folder, fileName));
}

/**
 * Reads the provenance of an imported dataset.
 *
 * @throws {Error} If there is none, or it is no JSON.
 */
export async function readProvenance(folder: string): Promise<Provenance> {
  await restoreFolder(folder);
  return JSON.parse(await readFile(join(folder, fileName), "utf8")) as Provenance;
}

/** The text of a provenance file. */
export function provenanceFile(provenance: Provenance): { readonly name: string; readonly text: string } {
  return { name: fileName, text: `${JSON.stringify(provenance, null, 2)}\n` };
}
