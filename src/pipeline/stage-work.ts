import { join } from "node:path";
import type { ResolvedDataset } from "../datasets/index.js";
import type { Engine } from "../engine/index.js";
import type { Run } from "../tracking/index.js";
import type { Manifest } from "./artifacts/manifest.js";
import { writeContent } from "./artifacts/write-content.js";
import { type RawWork, type StageContext, seedOf } from "./stage.js";

/** Parts of the work of a stage. */
export interface WorkParts extends ResolvedDataset {
  readonly engine: Engine;
  readonly context: StageContext;
  readonly run: Run;
  readonly folder: string;
  /** Manifests of the inputs by the stage that made them. */
  readonly inputs: ReadonlyMap<string, Manifest>;
  /** Takes the place of `folder` in the end. */
  readonly temporary: string;
}

/** Makes the work of a stage on raw tables. */
export function createWork({
  engine,
  context,
  run,
  folder,
  temporary,
  inputs,
  provenance,
  rawFolder,
  processedFolder,
}: WorkParts): RawWork {
  return {
    engine,
    provenance,
    rawFolder,
    processedFolder,
    settings: provenance.settings,
    seed: seedOf(context),
    context,
    run,
    folder,
    say: (line) => context.say(`  ${line}`),
    read: (artifact) => artifact.read(artifact.folder(context)),
    manifest: ({ title, madeBy }) => {
      const manifest = inputs.get(madeBy);
      if (!manifest) throw new TypeError(`Cannot read ${title}: the stage does not name it among what it reads`);
      return manifest;
    },
    write: (file, content) => writeContent(engine, join(temporary, file), content),
    temporary,
  };
}
