import { type Provenance, resolveDataset, watchTrustedTables } from "../datasets/index.js";
import { checkedEngine, type Engine, openDuckDb } from "../engine/index.js";
import { requireKnownOptions } from "../errors.js";
import { knownTables, type Observations, type ObservationsOptions } from "../features/index.js";
import { readEnvironment } from "../storage/index.js";
import { type EndStatus, type Run, withChildRun } from "../tracking/index.js";
import { atShutdown } from "./at-shutdown.js";
import { createStageContext } from "./context.js";
import { ensureTrusted } from "./ensure-inputs.js";
import { lockForStage } from "./lock-for-stage.js";
import { openDataset } from "./open-dataset.js";
import type { GivenOptions, OptionSchema } from "./options/option-schema.js";
import { runStage, type TrackRun } from "./run-stage.js";
import type { Stage, StageContext } from "./stage.js";
import type { ComputedStage } from "./stage-result.js";
import { stageTags } from "./stage-tags.js";
import { stages } from "./stages/index.js";
import { trackedInput } from "./tracked-input.js";

/** Parameters of a notebook or a script. */
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
  /** Seconds that one SQL statement may run; defaults to 600. */
  readonly statementLimit?: number;
  /** True logs files with a row per customer to MLflow too, by pseudonym unless a stage has `plainIds`. */
  readonly logRows?: boolean;
  /** Seconds to wait while another process uses the dataset; defaults to 30. */
  readonly wait?: number;
  /** Receives remarks; defaults to the console. */
  readonly say?: (line: string) => void;
  /** Shows a line in place of the one before, such as a progress bar; without it there are only remarks. */
  readonly draw?: (line: string, isLast: boolean) => void;
}

/** Working state of a notebook or a script: the dataset, an engine, and a tracked run that its stages are nested in. */
export interface Session {
  readonly engine: Engine;
  readonly provenance: Provenance;
  readonly run: Run;
  /** Runs a stage as the command line does, in a nested run. It is computed even if it is up to date. */
  stage<S extends OptionSchema, R>(stage: Stage<S, R>, options?: GivenOptions<S>): Promise<ComputedStage<R>>;
  /**
   * Opens observations of what is known at the session's day; cleans the dataset first if that was not done. From then on
   * SQL through `engine` sees the tables as of that day too. Where another process then replaces the dataset, the
   * observations and `engine` refuse to read it until it is observed again.
   */
  observe(options?: Omit<ObservationsOptions, "asOf">): Promise<Observations>;
  /** Ends the run and frees the engine. */
  close(status?: EndStatus): Promise<void>;
}

/**
 * Opens a session for a notebook or a script. Stages run here write the same data files as the command line does, byte for byte.
 *
 * @throws {Error} If the dataset has not been imported.
 */
export async function openSession(options: SessionOptions): Promise<Session> {
  requireKnownOptions("open a session", options, {
    dataset: true,
    as_of: true,
    seed: true,
    notebook: true,
    script: true,
    statementLimit: true,
    logRows: true,
    wait: true,
    say: true,
    draw: true,
  });
  const {
    dataset,
    as_of = "",
    seed,
    notebook,
    script = "session",
    statementLimit,
    logRows,
    wait,
    say = console.log,
    draw,
  } = options;
  const environment = readEnvironment();
  const { provenance } = await resolveDataset(environment.workspace, dataset);
  const context = await createStageContext(environment, {
    dataset,
    asOf: as_of || undefined,
    seed,
    statementLimit: statementLimit ?? environment.statementLimit,
    logRows,
    wait: wait ?? environment.wait,
    out: environment.out,
    source: {
      ...(notebook ? { name: `notebooks/${notebook}.ipynb`, type: "NOTEBOOK" } : { name: script, type: "LOCAL" }),
      user: environment.user ?? "unknown",
    },
    say,
    draw,
    stages,
  });
  const own = await openDuckDb({ threads: context.threads, statementLimit: context.statementLimit });
  let check = async () => {};
  const engine = checkedEngine(own, () => check());
  const tags = stageTags(context);
  const run = await context.tracker.startRun(context.experiment, notebook ?? script, {
    tags: { ...tags, ...(notebook ? { notebook } : {}) },
  });
  await run.logDataset(trackedInput(provenance));
  if (run.url) say(`MLflow run: ${run.url}`);
  const close = async (status: EndStatus = "FINISHED") => {
    forget();
    await run.end(status);
    const waiting = status === "FINISHED" ? context.tracker.waiting() : undefined;
    if (waiting !== undefined) say(waiting);
    engine.close();
  };
  const forget = atShutdown(({ failed }) => close(failed ? "FAILED" : "KILLED"));
  const track: TrackRun = (name, body) => withChildRun(run, name, body, { tags });
  let shown: Observations | undefined;
  const openTrusted = async (locked: StageContext) => {
    await ensureTrusted(locked, (maker, given) =>
      runStage(locked, maker, given, { track, force: false, requiredBy: "observations" }),
    );
    const source = await resolveDataset(context.workspace, dataset);
    // Views name files, which another process may replace once this lock is released.
    const unchanged = await watchTrustedTables(source.processedFolder);
    const opened = await openDataset(checkedEngine(own, unchanged), source, context.asOf);
    const before = shown;
    shown = await opened.observe();
    check = unchanged;
    // In place of the trusted tables, so that SQL in a cell sees nothing after the day either.
    for (const name of knownTables) {
      await own.run(`CREATE OR REPLACE VIEW ${name} AS SELECT * FROM ${shown.relation(name)}`);
    }
    await before?.close();
    return opened;
  };
  return {
    engine,
    provenance,
    run,
    observe: (options = {}) =>
      lockForStage(context, async (locked) => (await openTrusted(locked)).observe(options), { readsOnly: true }),
    stage: (stage, options = {}) => runStage(context, stage, options, { track, force: true }),
    close,
  };
}
