import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { parseJsonText } from "../../schema/index.js";
import { readWhole, restoreFolder } from "../../storage/index.js";
import type { RejectedRow } from "../import/take-unreadable.js";
import type { Mapping } from "../mapping/mapping.js";
import type { SourceProfile } from "../sources/profile-source.js";
import type { Source } from "../sources/source.js";
import type { DatasetSettings } from "./settings.js";

/** Settings that decide how amounts and days are read, so that a default in their place is said. */
export const ASSUMABLE_SETTINGS = ["currency", "timezone"] as const;

/** One of {@link ASSUMABLE_SETTINGS}. */
export type AssumableSetting = (typeof ASSUMABLE_SETTINGS)[number];

/** Description of a dataset for its import. */
export interface DatasetDescription {
  readonly name: string;
  readonly title: string;
  readonly licence: string;
  readonly citation: string;
  /** True for simulated data: figures demonstrate methods, not a market. Defaults to false. */
  readonly synthetic?: boolean;
  readonly settings: DatasetSettings;
  /** Settings that nobody gave; the defaults hold. */
  readonly assumed?: readonly AssumableSetting[];
  readonly mapping: Mapping;
}

/** Source file of a table, with its profile. */
export interface ImportedSource extends Source {
  readonly table: string;
  /** Absent if profiling was disabled. */
  readonly profile?: SourceProfile;
}

/** Provenance of an import; saved with the data as `provenance.json`. */
export interface Provenance extends DatasetDescription {
  /** ISO time. */
  readonly imported_at: string;
  /** Origin of the files: a path or an address. Absent in older imports. */
  readonly origin?: string;
  /** Identity of the dataset: sha256 of the sources' hashes and the mapping. */
  readonly sha256: string;
  readonly sources: readonly ImportedSource[];
  readonly tables: Readonly<Record<string, { readonly rows: number; readonly columns: readonly string[] }>>;
  /** Unreadable rows, if dropped. */
  readonly rejected: readonly RejectedRow[];
  readonly notes: readonly string[];
}

const fileName = "provenance.json";

/** Returns true if `folder`, a `datasets/raw/<name>`, contains an import. */
export async function isImported(folder: string): Promise<boolean> {
  await restoreFolder(folder);
  return existsSync(join(folder, fileName));
}

/**
 * Reads the provenance of an imported dataset.
 *
 * @throws {Error} If it is missing or not JSON.
 */
export async function readProvenance(folder: string): Promise<Provenance> {
  await restoreFolder(folder);
  const path = join(folder, fileName);
  const text = await readWhole(folder, () => readFile(path, "utf8"));
  return parseJsonText(text, { action: `read "${path}"` }) as Provenance;
}

/** Returns the name and content of a provenance file. */
export function provenanceFile(provenance: Provenance): { readonly name: string; readonly text: string } {
  return { name: fileName, text: `${JSON.stringify(provenance, null, 2)}\n` };
}
