import { dirname } from "node:path";
import type { Static } from "typebox";
import { abortCheck } from "../progress/index.js";
import { contactSecret, replaceFolder, withTemporaryFolder } from "../storage/index.js";
import type { Run } from "../tracking/index.js";
import type { Identity } from "./artifacts/identity.js";
import { MANIFEST_FILE, type Manifest, writeManifest } from "./artifacts/manifest.js";
import { pseudonymousCopies } from "./artifacts/pseudonymous-copies.js";
import { type RowLevelFile, rowLevelFiles } from "./artifacts/row-level-files.js";
import { keptFingerprints } from "./freshness.js";
import { bindStage, type OpenedStage, type OpenStageParts } from "./open-stage.js";
import { isOnce, optionParams } from "./options/option-params.js";
import type { GivenOptions, OptionSchema } from "./options/option-schema.js";
import { writeReportIndex } from "./report-index.js";
import type { ComputedStage, StageOutcome } from "./stage-result.js";
import { createWork } from "./stage-work.js";
import { trackedInput } from "./tracked-input.js";

/** Run, options and place of a stage that is computed. */
export interface ComputeStageParts<S extends OptionSchema> extends OpenStageParts {
  readonly run: Run;
  /** Stops the work before anything is replaced. */
  readonly signal: AbortSignal | undefined;
  readonly given: GivenOptions<S>;
  readonly options: Static<S>;
  readonly identity: Identity;
  readonly folder: string;
}

/** Computes an opened stage, writes its folder with the manifest as a whole, and logs the result to the tracked run. */
export async function computeStage<S extends OptionSchema, R>(
  opened: OpenedStage<S, R>,
  { engine, context, source, inputs, run, signal, given, options, identity, folder }: ComputeStageParts<S>,
): Promise<ComputedStage<R>> {
  const { stage, dataset } = opened;
  const throwIfStopped = abortCheck(signal);
  for (const remark of dataset?.remarks ?? []) context.say(`  ${remark}`);
  const { bound, value, written } = await replaceFolder(folder, async (temporary) => {
    const work = createWork({
      ...source,
      engine,
      context,
      run,
      throwIfStopped,
      folder,
      temporary,
      inputs,
      reads: stage.reads,
      asOf: dataset?.asOf,
    });
    const bound = bindStage(opened, work, options);
    await closeOtherFiles(opened, { engine, context, source, open: [folder, temporary] });
    const value = await bound.run();
    throwIfStopped();
    const params = {
      ...(dataset ? { as_of: dataset.asOf } : {}),
      ...optionParams(stage.options, options),
      ...stage.params?.(value),
    };
    // What the stage keeps may be new.
    const kept = await keptFingerprints(stage, { context, options });
    const written = await writeManifest(temporary, {
      dataset: context.dataset,
      dataset_sha256: source.provenance.sha256,
      as_of: "as_of" in params ? String(params.as_of) : null,
      seed: work.seed,
      git_commit: context.gitCommit ?? null,
      versions: context.versions,
      mlflow_run_id: run.id ?? null,
      params,
      metrics: stage.metrics(value),
      options: withoutOnce(stage.options, given),
      identity: { ...identity, inputs: { ...identity.inputs, ...kept } },
    });
    // The last moment at which nothing has been replaced.
    throwIfStopped();
    return { bound, value, written };
  });
  await bound.finish(value);
  if (Object.keys(written.files).some((file) => file.endsWith(".html"))) await writeReportIndex(context);
  const outcome = outcomeOf(stage.name, written, { folder, input: trackedInput(source.provenance) });
  const files = Object.keys(written.files);
  const rows = await rowLevelFiles(engine, folder, files);
  const others = files.filter((file) => !rows.some((one) => one.file === file));
  await logOutcome(run, outcome, { files: [...others, MANIFEST_FILE] });
  // Of the options, only some stages have this one.
  const { plainIds }: { readonly plainIds?: unknown } = options;
  if (context.logRows) await logRows(rows, { engine, context, run, folder, plainIds: plainIds === true });
  return { ...outcome, computed: true, value };
}

/**
 * Closes all files but those of the dataset to the engine of a stage, before SQL of the user runs in it: cleaning rules
 * and feature groups. A raw stage may replace the trusted tables, whose temporary folder lies beside them.
 */
function closeOtherFiles<S extends OptionSchema, R>(
  { stage }: OpenedStage<S, R>,
  { engine, context, source, open }: Omit<OpenStageParts, "inputs"> & { readonly open: readonly string[] },
): Promise<void> {
  const { rawFolder, processedFolder } = source;
  const trusted = stage.opens === "raw" ? dirname(processedFolder) : processedFolder;
  return engine.closeFiles({ folders: [rawFolder, trusted, context.out, ...open] });
}

/** Returns the result of a stage as its manifest has it. */
export function outcomeOf(
  stage: string,
  { params, metrics = {} }: Manifest,
  { folder, input }: Pick<StageOutcome, "folder" | "input">,
): StageOutcome {
  return { stage, folder, metrics, params, input };
}

/** The given options without those that hold for one run only. */
function withoutOnce<S extends OptionSchema>(schema: S, given: GivenOptions<S>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(given).filter(([name]) => !isOnce(schema.properties[name])));
}

/** Logs files with a row per customer: with ids if they were asked for, else with pseudonyms. */
async function logRows(
  rows: readonly RowLevelFile[],
  {
    engine,
    context,
    run,
    folder,
    plainIds,
  }: Pick<OpenStageParts, "engine" | "context"> & {
    readonly run: Run;
    readonly folder: string;
    readonly plainIds: boolean;
  },
): Promise<void> {
  const plain = rows.filter(({ hasIds }) => hasIds && !plainIds).map(({ file }) => file);
  const asTheyAre = rows.map(({ file }) => file).filter((file) => !plain.includes(file));
  if (asTheyAre.length) await run.logArtifacts(folder, "", { files: asTheyAre });
  if (!plain.length) return;
  const key = await contactSecret(context.workspace.processedDatasets, context.key);
  await withTemporaryFolder(`${folder}.logged`, async (copies) => {
    await pseudonymousCopies(engine, folder, { files: plain, into: copies, key });
    await run.logArtifacts(copies, "", { files: plain });
  });
}

async function logOutcome(
  run: Run,
  { folder, metrics, input, params }: StageOutcome,
  { files }: { readonly files: readonly string[] },
): Promise<void> {
  await run.logParams(params);
  if (params["as_of"] !== undefined) await run.setTags({ as_of: params["as_of"] });
  await run.logDataset(input);
  const known = Object.entries(metrics).filter((entry): entry is [string, number] => entry[1] !== null);
  await run.logMetrics(Object.fromEntries(known));
  await run.logArtifacts(folder, "", { files });
}
