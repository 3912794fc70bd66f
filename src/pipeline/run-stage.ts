import { join } from "node:path";
import type { Static } from "typebox";
import { resolveDataset } from "../datasets/index.js";
import { openDuckDb } from "../engine/index.js";
import { requireKnownOptions } from "../errors.js";
import { interruptionSignal } from "../progress/index.js";
import { type Run, withRun } from "../tracking/index.js";
import type { StaleReason } from "./artifacts/identity.js";
import { checkStage, inspectStage } from "./check-stage.js";
import { commandContext } from "./command-context.js";
import { computeStage, outcomeOf } from "./compute-stage.js";
import { ensureInputs } from "./ensure-inputs.js";
import { freshness } from "./freshness.js";
import { lockForStage } from "./lock-for-stage.js";
import { openStage } from "./open-stage.js";
import { stageCommandLine } from "./options/command-line.js";
import { isOnce } from "./options/option-params.js";
import type { GivenOptions, OptionSchema } from "./options/option-schema.js";
import type { Stage, StageContext } from "./stage.js";
import type { ComputedStage, StageResult } from "./stage-result.js";
import { stageTags } from "./stage-tags.js";
import { trackedInput } from "./tracked-input.js";

/** Opens a tracked run around the work of a stage. */
export type TrackRun = <T>(name: string, body: (run: Run) => Promise<T>) => Promise<T>;

/** Options for {@link runStage}. */
export interface RunStageOptions {
  /** Brackets the work; by default in a tracked run of its own. */
  readonly track?: TrackRun;
  /** Computes what is up to date again; defaults to the context's. */
  readonly force?: boolean;
  /** The stage that needs this one, if it was not asked for itself. */
  readonly requiredBy?: string;
}

/**
 * Runs one stage: checks its options, makes missing and stale inputs first, opens engine and dataset, and writes the
 * folder with its manifest as a whole. A stage that would make the same again is left alone, unless it is forced.
 *
 * @throws {SyntaxError} If an option is unknown or out of range.
 * @throws {Error} If an input is missing or stale and the context forbids making it.
 */
export function runStage<S extends OptionSchema, R>(
  context: StageContext,
  stage: Stage<S, R>,
  given: GivenOptions<S>,
  options: RunStageOptions & { readonly force: true },
): Promise<ComputedStage<R>>;
export function runStage<S extends OptionSchema, R>(
  context: StageContext,
  stage: Stage<S, R>,
  given: GivenOptions<S>,
  options?: RunStageOptions,
): Promise<StageResult<R>>;
export async function runStage<S extends OptionSchema, R>(
  context: StageContext,
  stage: Stage<S, R>,
  given: GivenOptions<S>,
  how: RunStageOptions = {},
): Promise<StageResult<R>> {
  requireKnownOptions("run a stage", how, { track: true, force: true, requiredBy: true });
  const { track = ownRun(context), force = context.force, requiredBy } = how;
  // That of the cell in which the outermost stage was started: an interrupt renews the kernel's signal.
  const signal = context.signal ?? interruptionSignal();
  signal?.throwIfAborted();
  const checked = checkStage(stage, given);
  // What is wrong by itself is refused before a lock is written.
  await inspectStage(stage, given, await resolveDataset(context.workspace, context.dataset));
  const options = { given, checked, track, force, requiredBy };
  return lockForStage({ ...context, signal }, (locked) => runLocked(locked, stage, options));
}

interface LockedRun<S extends OptionSchema> {
  readonly given: GivenOptions<S>;
  readonly checked: Static<S>;
  readonly track: TrackRun;
  readonly force: boolean;
  readonly requiredBy: string | undefined;
}

/** Runs a stage while its dataset is locked. */
async function runLocked<S extends OptionSchema, R>(
  context: StageContext,
  stage: Stage<S, R>,
  { given, checked: options, track, force, requiredBy }: LockedRun<S>,
): Promise<StageResult<R>> {
  const { signal } = context;
  const source = await resolveDataset(context.workspace, context.dataset);
  const inputs = await ensureInputs(context, stage, {
    given,
    make: (maker, own, before) =>
      runStage({ ...context, ...before }, maker, own, { track, force: false, requiredBy: stage.name }),
  });
  const engine = await openDuckDb({ threads: context.threads, statementLimit: context.statementLimit, signal });
  try {
    const parts = { engine, context, source, inputs };
    const opened = await openStage(stage, parts);
    const { dataset } = opened;
    const folder = (await stage.place?.(context, options)) ?? join(context.out, stage.folder);
    const { identity, found, stale } = await freshness(stage, { context, source, dataset, options, inputs, folder });
    if (found && stale === undefined && !force && !stage.always && !asksForThisRun(stage.options, options)) {
      if (requiredBy === undefined) context.say(`${stage.name}: up to date${dataset ? `, as of ${dataset.asOf}` : ""}`);
      const input = trackedInput(source.provenance);
      return { ...outcomeOf(stage.name, found, { folder, input }), computed: false };
    }
    if (requiredBy !== undefined) {
      requireAllowed(context, { stage: stage.name, stale, requiredBy, command: commandFor(context, { stage, given }) });
    }
    const step = context.step ?? ((_, body) => body());
    return await step(
      stage.name,
      () =>
        track(stage.name, (run) => computeStage(opened, { ...parts, signal, run, given, options, identity, folder })),
      ({ value }) => stage.facts?.(value),
    );
  } finally {
    engine.close();
  }
}

/** True if an option that holds for one run only is switched on. */
function asksForThisRun<S extends OptionSchema>(schema: S, options: Static<S>): boolean {
  const values = options as Readonly<Record<string, unknown>>;
  return Object.entries(schema.properties).some(([name, property]) => isOnce(property) && values[name] === true);
}

/** A tracked run that is nested in no other. */
function ownRun(context: StageContext): TrackRun {
  return (name, body) => withRun(context.tracker, context.experiment, name, body, { tags: stageTags(context) });
}

interface RequiredStage {
  readonly stage: string;
  readonly stale: StaleReason | undefined;
  readonly requiredBy: string;
  /** The command that runs it. */
  readonly command: string;
}

/** The command that makes an input as it would be made here. */
function commandFor<S extends OptionSchema, R>(
  context: StageContext,
  { stage, given }: { readonly stage: Stage<S, R>; readonly given: GivenOptions<S> },
): string {
  const asOf = stage.opens === "trusted" ? context.asOf : undefined;
  const seed = stage.seeded ? context.seed : undefined;
  return stageCommandLine({ stage, options: given }, { ...commandContext(context), asOf, seed });
}

/** Reasons why an input is out of date, in the words of a log line. */
const DIFFERENCES: Readonly<Record<Exclude<StaleReason, "missing">, string>> = {
  import: "new import",
  settings: "changed settings",
  day: "another day",
  seed: "another seed",
  options: "other options",
  inputs: "changed inputs",
  code: "another version",
  files: "changed files",
};

/** Says that an input is made first. @throws {Error} If the context forbids it. */
function requireAllowed(
  { dataset, prerequisites, say }: StageContext,
  { stage, stale, requiredBy, command }: RequiredStage,
): void {
  const difference = stale === undefined || stale === "missing" ? undefined : DIFFERENCES[stale];
  if (!prerequisites) {
    const why = difference === undefined ? "has not been run" : `is out of date (${difference})`;
    throw new Error(`Cannot run ${requiredBy}: ${stage} of "${dataset}" ${why}; run ${command}`);
  }
  say(
    `${requiredBy}: running ${stage} first (${difference === undefined ? "not run yet" : `out of date: ${difference}`})`,
  );
}
