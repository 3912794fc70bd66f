import { join } from "node:path";
import type { ResolvedDataset } from "../datasets/index.js";
import type { Engine } from "../engine/index.js";
import type { Run } from "../tracking/index.js";
import type { Artifact } from "./artifacts/artifact.js";
import type { Manifest } from "./artifacts/manifest.js";
import { writeContent } from "./artifacts/write-content.js";
import { commandContext } from "./command-context.js";
import { runCommandLine, stageCommandLine } from "./options/command-line.js";
import { seedOf } from "./options/context-options.js";
import type { RawWork, StageContext } from "./stage.js";

/** Parts of the work of a stage. */
export interface WorkParts extends ResolvedDataset {
  readonly engine: Engine;
  readonly context: StageContext;
  readonly run: Run;
  /** Throws if the work was interrupted. */
  readonly throwIfStopped: () => void;
  readonly folder: string;
  /** Manifests of the inputs by the stage that made them. */
  readonly inputs: ReadonlyMap<string, Manifest>;
  /** Last day that anything may see; absent for a stage on raw tables. */
  readonly asOf: string | undefined;
  /** The artifacts that the stage may read. */
  readonly reads: readonly Artifact<unknown>[];
  /** Takes the place of `folder` in the end. */
  readonly temporary: string;
}

/** Makes the work of a stage on raw tables. */
export function createWork({
  engine,
  context,
  run,
  throwIfStopped,
  folder,
  temporary,
  inputs,
  reads,
  asOf,
  provenance,
  rawFolder,
  processedFolder,
}: WorkParts): RawWork {
  const requireNamed = (artifact: Artifact<unknown>) => {
    if (reads.includes(artifact)) return;
    throw new TypeError(
      `Cannot read ${artifact.title}: the stage does not name it among its inputs; add it to "reads"`,
    );
  };
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
    say: (line) => {
      throwIfStopped();
      context.say(`  ${line}`);
    },
    read: async (artifact) => {
      requireNamed(artifact);
      return artifact.read(artifact.folder(context));
    },
    manifest: (artifact) => {
      requireNamed(artifact);
      const manifest = inputs.get(artifact.madeBy);
      if (!manifest)
        throw new Error(
          `Cannot read ${artifact.title}: ${artifact.madeBy} was not run; add the artifact to the stage's reads`,
        );
      return manifest;
    },
    commandLine: (next, own) => stageCommandLine(next, { ...commandContext(context), ...own }),
    runCommandLine: (planned) => runCommandLine(planned, { ...commandContext(context), asOf, seed: seedOf(context) }),
    write: (file, content) => {
      throwIfStopped();
      return writeContent(engine, join(temporary, file), content);
    },
    temporary,
  };
}
