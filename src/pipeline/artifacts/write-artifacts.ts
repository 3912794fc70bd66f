import type { Provenance } from "../../datasets/index.js";
import { replaceFolder } from "../../storage/index.js";
import type { Run } from "../../tracking/index.js";
import type { StageContext } from "../legacy-stage.js";
import { writeManifest } from "./manifest.js";

/** What a folder of artifacts belongs to. */
export interface ArtifactFacts {
  readonly folder: string;
  readonly provenance: Provenance;
  /** Null for artifacts that stand at no day. */
  readonly asOf: string | null;
  /** What the stage was asked for, as its run has it. */
  readonly params: Readonly<Record<string, string | number | boolean>>;
  readonly tracked: Run;
}

/** Lets `fill` write a folder of artifacts, adds its manifest, and puts it in the place of the old one as a whole. */
export async function writeArtifacts(
  { dataset, seed, gitCommit, versions }: StageContext,
  { folder, provenance, asOf, params, tracked }: ArtifactFacts,
  fill: (temporaryFolder: string) => Promise<void>,
): Promise<void> {
  await replaceFolder(folder, async (temporary) => {
    await fill(temporary);
    await writeManifest(temporary, {
      dataset,
      dataset_sha256: provenance.sha256,
      as_of: asOf,
      seed,
      git_commit: gitCommit ?? null,
      versions,
      mlflow_run_id: tracked.id ?? null,
      params,
    });
  });
}
