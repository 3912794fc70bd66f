import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { cleanDataset } from "../../src/cleaning/index.js";
import {
  type DatasetDescription,
  importDataset,
  importedDatasets,
  openTrustedTables,
  type TrustedDataset,
} from "../../src/datasets/index.js";
import { type Engine, openDuckDb } from "../../src/engine/index.js";
import { realData } from "../real-data.js";

/** A dataset that went through import and cleaning, in a temporary folder of its own. */
export interface Trusted {
  readonly engine: Engine;
  readonly dataset: TrustedDataset;
  /** The trusted tables. */
  readonly folder: string;
  close(): void;
}

/** Imports and cleans; the engine that comes back has nothing but the trusted tables. */
export async function trust(
  description: DatasetDescription & { readonly otherNames?: Readonly<Record<string, readonly string[]>> },
  from: string,
): Promise<Trusted> {
  const root = mkdtempSync(join(tmpdir(), "rekindle-features-"));
  const [rawFolder, folder] = [join(root, "raw"), join(root, "processed")];
  const { otherNames = {} } = description;
  const worker = await openDuckDb();
  try {
    const options = { from, target: rawFolder, otherNames, now: new Date("2026-01-01") };
    const provenance = await importDataset(worker, description, options);
    await cleanDataset(worker, provenance, { rawFolder, folder });
  } finally {
    worker.close();
  }
  const engine = await openDuckDb();
  const dataset = await openTrustedTables(engine, folder);
  return {
    engine,
    dataset,
    folder,
    close: () => {
      engine.close();
      rmSync(root, { recursive: true });
    },
  };
}

/** A dataset known by name, from the folder of the real datasets. */
export function trustKnown(name: string): Promise<Trusted> {
  const known = importedDatasets.find((dataset) => dataset.name === name);
  if (!known?.folder) throw new RangeError(`Cannot test on "${name}": it has no folder of real data`);
  return trust(known, realData(known.folder));
}
