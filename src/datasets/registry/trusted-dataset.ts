import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import type { Engine } from "../../engine/index.js";
import { parseJsonText } from "../../schema/index.js";
import { folderHashes, readWhole, restoreFolder, writeFileAtomically } from "../../storage/index.js";
import { sourceContract } from "../import/contract.js";
import type { DatasetSettings } from "./settings.js";

/** Cleaned dataset: its identity, settings and trusted tables. */
export interface TrustedDataset {
  readonly name: string;
  readonly title: string;
  /** Identity of the cleaned import. */
  readonly sha256: string;
  readonly settings: DatasetSettings;
  /** The rules that cleaned it, see {@link rulesHash}; absent in older imports. */
  readonly rules_sha256?: string;
  /** True if duplicate rows were dropped. */
  readonly deduplicated: boolean;
  /** sha256 by Parquet file; absent in older imports. */
  readonly files?: Readonly<Record<string, string>>;
  /** Columns by table. */
  readonly tables: Readonly<Record<string, readonly string[]>>;
  /** Folder of the tables' Parquet files, where they were opened from one. */
  readonly folder?: string;
}

/** Description file in the folder of the trusted tables. */
export const TRUSTED_DESCRIPTION = "dataset.json";

/** Returns true if `folder`, a `datasets/processed/<name>`, contains trusted tables. */
export async function hasTrustedTables(folder: string): Promise<boolean> {
  await restoreFolder(folder);
  return existsSync(join(folder, TRUSTED_DESCRIPTION));
}

/**
 * Reads the description of the trusted tables in `folder`, a `datasets/processed/<name>`.
 *
 * @throws {Error} If the dataset has not been cleaned.
 */
export async function readTrustedDataset(folder: string): Promise<TrustedDataset> {
  if (!(await hasTrustedTables(folder))) {
    const name = basename(folder);
    throw new Error(
      `Cannot open dataset "${name}": it has no trusted tables; run npx rekindle clean --dataset ${name}`,
    );
  }
  const path = join(folder, TRUSTED_DESCRIPTION);
  const text = await readWhole(folder, () => readFile(path, "utf8"));
  return parseJsonText(text, { action: `read "${path}"` }) as TrustedDataset;
}

/**
 * Remembers the trusted tables that are in `folder` now.
 *
 * @returns A check that fails once there are others, or none. Tables that were made again and are the same bytes pass.
 */
export async function watchTrustedTables(folder: string): Promise<() => Promise<void>> {
  const path = join(folder, TRUSTED_DESCRIPTION);
  // It names the import, the rules and the hash of every table.
  const description = () => readWhole(folder, () => readFile(path, "utf8")).catch(() => undefined);
  const opened = await description();
  return async () => {
    if ((await description()) === opened) return;
    throw new Error(
      `Cannot read the dataset "${basename(folder)}": it changed since it was opened; call observe again`,
    );
  };
}

/** Writes the description for {@link readTrustedDataset}, with the hashes of the tables in the folder. */
export async function writeTrustedDataset(folder: string, dataset: Omit<TrustedDataset, "files">): Promise<void> {
  const files = await folderHashes(folder, TRUSTED_DESCRIPTION);
  await writeFileAtomically(join(folder, TRUSTED_DESCRIPTION), `${JSON.stringify({ ...dataset, files }, null, 2)}\n`);
}

/**
 * Registers the trusted tables of a cleaned dataset in the engine under their canonical names, without protected columns.
 *
 * @param folder `datasets/processed/<name>`.
 * @throws {Error} If the dataset has not been cleaned.
 */
export async function openTrustedTables(engine: Engine, folder: string): Promise<TrustedDataset> {
  const dataset = await readTrustedDataset(folder);
  const tables = Object.entries(dataset.tables).filter(([name]) => name in sourceContract);
  for (const [name] of tables) await engine.registerParquet(name, join(folder, `${name}.parquet`));
  return { ...dataset, tables: Object.fromEntries(tables), folder };
}
