import { join } from "node:path";
import type { Static } from "typebox";
import { resolveDataset } from "../datasets/index.js";
import { openDuckDb } from "../engine/index.js";
import { replaceFolder } from "../storage/index.js";
import { type Run, type TrackedDataset, withRun } from "../tracking/index.js";
import { type Manifest, readManifest, writeManifest } from "./artifacts/manifest.js";
import { ensureInputs } from "./ensure-inputs.js";
import { freshness } from "./freshness.js";
import { openDataset } from "./open-dataset.js";
import { isOnce, optionParams, type Params } from "./options/option-params.js";
import type { GivenOptions, OptionSchema } from "./options/option-schema.js";
import { fileHashes } from "./options/options-identity.js";
import { resolveOptions } from "./options/resolve-options.js";
import type { Stage, StageContext, StageWork } from "./stage.js";
import { stageTags } from "./stage-tags.js";
import { createWork } from "./stage-work.js";
import { trackedInput } from "./tracked-input.js";

/** Outcome of a stage. */
export interface StageResult<R = unknown> {
  readonly stage: string;
  /** False if everything was up to date and nothing was computed. */
  readonly computed: boolean;
  /** Result; absent if it was up to date. */
  readonly value?: R;
  readonly folder: string;
  /** Flat name -> number, the same names as in MLflow. */
  readonly metrics: Readonly<Record<string, number | null>>;
  readonly params: Params;
  /** Its dataset, as MLflow shows it. */
  readonly input: TrackedDataset;
}

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
 * folder with its manifest as a whole. A stage that would make the same again is left alone.
 *
 * @throws {SyntaxError} If an option is unknown or out of range.
 * @throws {Error} If an input is missing or stale and the context forbids making it.
 */
export async function runStage<S extends OptionSchema, R>(
  context: StageContext,
  stage: Stage<S, R>,
  given: GivenOptions<S>,
  { track = ownRun(context), force = context.force, requiredBy }: RunStageOptions = {},
): Promise<StageResult<R>> {
  stage.check?.(given);
  const options = resolveOptions(stage.options, given, stage.name);
  const source = await resolveDataset(context.workspace, context.dataset);
  const inputs = await ensureInputs(context, stage, {
    given,
    make: (maker, own, before) =>
      runStage({ ...context, ...before }, maker, own, { track, force: false, requiredBy: stage.name }),
  });
  const engine = await openDuckDb({ threads: context.threads });
  try {
    const dataset =
      stage.opens === "trusted" ? await openDataset(engine, source, dayOf(context, stage, inputs)) : undefined;
    const folder = (await stage.place?.(context, options)) ?? join(context.out, stage.folder);
    const { identity, stale } = await freshness(stage, { context, source, dataset, options, inputs, folder });
    const input = trackedInput(source.provenance);
    const manifest = await readManifest(folder);
    if (manifest && stale === undefined && !force && !stage.always && !asksForThisRun(stage.options, options)) {
      if (requiredBy === undefined) context.say(`${stage.name}: up to date${dataset ? `, as of ${dataset.asOf}` : ""}`);
      return { ...resultOf(stage.name, folder, manifest, input), computed: false };
    }
    if (requiredBy !== undefined) requireAllowed(context, { stage: stage.name, stale, requiredBy });
    const write = (run: Run) =>
      replaceFolder(folder, async (temporary) => {
        const raw = createWork({ ...source, engine, context, run, folder, temporary, inputs });
        const work = (dataset ? { ...raw, dataset, asOf: dataset.asOf } : raw) as StageWork;
        const value = await stage.run(work, options);
        const metrics = stage.metrics(value);
        const params = {
          ...(dataset ? { as_of: dataset.asOf } : {}),
          ...optionParams(stage.options, options),
          ...stage.params?.(value),
        };
        const written = await writeManifest(temporary, {
          dataset: context.dataset,
          dataset_sha256: source.provenance.sha256,
          as_of: "as_of" in params ? String(params.as_of) : null,
          seed: work.seed,
          git_commit: context.gitCommit ?? null,
          versions: context.versions,
          mlflow_run_id: run.id ?? null,
          params,
          metrics,
          options: withoutOnce(stage.options, given),
          // What the stage keeps may be new.
          identity: {
            ...identity,
            inputs: { ...identity.inputs, ...(await fileHashes(stage.keeps?.(context) ?? [])) },
          },
        });
        return { value, written, work };
      });
    const step = context.step ?? ((_, body) => body());
    return await step(
      stage.name,
      () =>
        track(stage.name, async (run) => {
          for (const remark of dataset?.remarks ?? []) context.say(`  ${remark}`);
          const { value, written, work } = await write(run);
          await stage.finish?.(work, value);
          const result = { ...resultOf(stage.name, folder, written, input), computed: true as const, value };
          await logResult(run, result);
          return result;
        }),
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

/** The given options without those that hold for one run only. */
function withoutOnce<S extends OptionSchema>(schema: S, given: GivenOptions<S>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(given).filter(([name]) => !isOnce(schema.properties[name])));
}

/** A tracked run that is nested in no other. */
function ownRun(context: StageContext): TrackRun {
  return (name, body) => withRun(context.tracker, context.experiment, name, body, { tags: stageTags(context) });
}

/** The day asked for, else that of the input which the stage follows. */
function dayOf<S extends OptionSchema, R>(
  { asOf }: StageContext,
  stage: Stage<S, R>,
  inputs: ReadonlyMap<string, Manifest>,
): string | undefined {
  const followed = stage.opens === "trusted" ? stage.dayOf : undefined;
  return asOf ?? (followed && inputs.get(followed.madeBy)?.as_of) ?? undefined;
}

function requireAllowed(
  { dataset, prerequisites, say }: StageContext,
  {
    stage,
    stale,
    requiredBy,
  }: { readonly stage: string; readonly stale: string | undefined; readonly requiredBy: string },
): void {
  const why = stale === "missing" ? "was not run yet" : `is out of date (${stale})`;
  if (!prerequisites) {
    throw new Error(
      `Cannot run ${requiredBy}: ${stage} of "${dataset}" ${why}; run npx rekindle ${stage.replace("-", " ")} --dataset ${dataset}`,
    );
  }
  say(`${requiredBy}: runs ${stage} first, which ${why}`);
}

function resultOf(
  stage: string,
  folder: string,
  { params, metrics = {} }: Manifest,
  input: TrackedDataset,
): Omit<StageResult, "computed" | "value"> {
  return { stage, folder, metrics, params, input };
}

async function logResult(run: Run, { folder, metrics, input, params }: StageResult): Promise<void> {
  await run.logParams(params);
  if (params["as_of"] !== undefined) await run.setTags({ as_of: params["as_of"] });
  await run.logDataset(input);
  await run.logMetrics(Object.fromEntries(Object.entries(metrics).map(([name, value]) => [name, value ?? Number.NaN])));
  await run.logArtifacts(folder);
}
