import { copyFile } from "node:fs/promises";
import { join } from "node:path";
import type { Engine } from "../../engine/index.js";
import { requireKnownOptions } from "../../errors.js";
import type { Workspace } from "../../storage/index.js";
import { withTemporaryFolder } from "../../storage/index.js";
import {
  type DemoOptions,
  demoDataset,
  demoOptions,
  type WriteDemoOptions,
  writeDemo,
  writeDemoOptions,
  writeTruthParquet,
} from "../demo/index.js";
import { type LockDatasetOptions, lockForImport } from "../registry/lock-dataset.js";
import type { Provenance } from "../registry/provenance.js";
import { importInto } from "./import-into.js";

/** Options for making the demo dataset. */
export interface MakeDemoOptions extends DemoOptions, WriteDemoOptions {
  /** How the dataset is locked meanwhile; by default it is waited for 30 s. */
  readonly lock?: Partial<LockDatasetOptions>;
  /** Time of import. */
  readonly now: Date;
}

/**
 * Generates the demo dataset and imports it. The ground truth is saved with the tables, as `truth.parquet` and
 * `truth.json`, but is not part of the mapping, so no feature can use it.
 *
 * @throws {RangeError} If an option is out of range.
 * @throws The signal's reason if it is aborted; an earlier demo then stays.
 */
export async function makeDemo(engine: Engine, workspace: Workspace, options: MakeDemoOptions): Promise<Provenance> {
  requireKnownOptions("make the demo", options, {
    now: true,
    lock: true,
    ...demoOptions,
    ...writeDemoOptions,
  });
  const { now, lock, onProgress = () => {}, signal, ...demo } = options;
  const makeIn = async (temporary: string) => {
    const files = join(temporary, "files");
    const { options } = await writeDemo(files, demo, { onProgress, signal });
    signal?.throwIfAborted();
    const settings = { ...demoDataset.settings, default_as_of: options.endOn };
    return importInto(
      engine,
      workspace,
      { ...demoDataset, settings },
      {
        from: files,
        origin: `the demo's generator, seed ${options.seed}, ${options.customers} customers`,
        now,
        finish: async (folder) => {
          await writeTruthParquet(engine, files, join(folder, "truth.parquet"));
          await copyFile(join(files, "truth.json"), join(folder, "truth.json"));
        },
      },
    );
  };
  return lockForImport(workspace, demoDataset.name, lock, () =>
    withTemporaryFolder(join(workspace.rawDatasets, ".demo"), makeIn),
  );
}
