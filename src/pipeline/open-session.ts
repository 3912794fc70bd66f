import { join } from "node:path";
import { type Provenance, resolveDataset, type TrustedDataset } from "../datasets/index.js";
import { type Engine, openDuckDb } from "../engine/index.js";
import { readEnvironment } from "../storage/index.js";
import { type EndStatus, type Run, withChildRun } from "../tracking/index.js";
import { atShutdown } from "./at-shutdown.js";
import { connectTracker } from "./connect-tracker.js";
import { gitCommit } from "./git-commit.js";
import { openDataset } from "./open-dataset.js";
import { runStage, type Stage, type StageContext, type StageResult, stageTags } from "./stage.js";
import { versions } from "./versions.js";

/** The parameters of a notebook or a script. */
export interface SessionOptions {
  /** Name of the dataset, as `rekindle data list` gives it. */
  readonly dataset: string;
  /** Last day that anything may see; an empty text means the dataset's default. */
  readonly as_of?: string;
  readonly seed: number;
  /** Name of the notebook, which names its run. */
  readonly notebook?: string;
  /** Name of the script, where it is no notebook; defaults to "session". */
  readonly script?: string;
  /** Where remarks go; defaults to the console. */
  readonly say?: (line: string) => void;
  /** Shows a line in place of the one before, such as a progress bar; without it there are only remarks. */
  readonly draw?: (line: string, isLast: boolean) => void;
}

/** What a notebook or a script works with: the dataset, an engine, and a tracked run that its stages are nested in. */
export interface Session {
  readonly engine: Engine;
  readonly provenance: Provenance;
  readonly run: Run;
  /** Runs a stage of the pipeline as the command line does, in a nested run. */
  stage<T>(stage: Stage<T>): Promise<StageResult<T>>;
  /** Opens the trusted tables in the engine, with the history cut at the session's day. */
  openTrusted(): Promise<TrustedDataset & { readonly asOf: string }>;
  /** Ends the run and frees the engine. */
  close(status?: EndStatus): Promise<void>;
}

/**
 * Opens a session for a notebook or a script. Stages run here write the same data files as the command line does, byte for byte.
 *
 * @throws {Error} If the dataset has not been imported.
 */
export async function openSession({
  dataset,
  as_of = "",
  seed,
  notebook,
  script = "session",
  say = console.log,
  draw,
}: SessionOptions): Promise<Session> {
  const environment = readEnvironment();
  const { workspace, mlflow } = environment;
  const { provenance } = await resolveDataset(workspace, dataset);
  const commit = await gitCommit(workspace.installation);
  const now = () => new Date();
  const tracker = connectTracker(environment, {
    tracking: true,
    context: {
      ...(notebook
        ? { sourceName: `notebooks/${notebook}.ipynb`, sourceType: "NOTEBOOK" }
        : { sourceName: script, sourceType: "LOCAL" }),
      ...(commit ? { gitCommit: commit } : {}),
    },
    now: Date.now,
    warn: say,
  });
  const context: StageContext = {
    workspace,
    dataset,
    ...(as_of ? { asOf: as_of } : {}),
    seed,
    threads: 2,
    out: environment.out ?? join(workspace.artifacts, dataset),
    reports: environment.out === undefined ? workspace.reports : join(environment.out, "reports"),
    ...(environment.key === undefined ? {} : { key: environment.key }),
    now,
    ...(commit ? { gitCommit: commit } : {}),
    versions: versions(),
    tracker,
    experiment: mlflow.experimentName ?? `rekindle/${dataset}`,
    say,
    ...(draw ? { draw } : {}),
  };
  const engine = await openDuckDb({ threads: context.threads });
  const run = await tracker.startRun(context.experiment, notebook ?? script, {
    tags: { ...stageTags(context), ...(notebook ? { notebook } : {}) },
  });
  if (run.url) say(`MLflow run: ${run.url}`);
  const close = async (status: EndStatus = "FINISHED") => {
    forget();
    await run.end(status);
    engine.close();
  };
  const forget = atShutdown(({ failed }) => close(failed ? "FAILED" : "KILLED"));
  return {
    engine,
    provenance,
    run,
    stage: (stage) =>
      withChildRun(run, stage.name, (child) => runStage(context, stage, child), { tags: stageTags(context) }),
    openTrusted: async () => {
      const { trusted, asOf } = await openDataset(engine, context);
      return { ...trusted, asOf };
    },
    close,
  };
}
