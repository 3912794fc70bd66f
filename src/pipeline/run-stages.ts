import { resolveDataset } from "../datasets/index.js";
import { requireKnownOptions } from "../errors.js";
import { type Run, withChildRun } from "../tracking/index.js";
import { checkStage, inspectStage } from "./check-stage.js";
import { lockForStage } from "./lock-for-stage.js";
import { runStage, type TrackRun } from "./run-stage.js";
import type { AnyStage, StageContext } from "./stage.js";
import type { StageResult } from "./stage-result.js";
import { stageTags } from "./stage-tags.js";

/** A stage with the options that it is given. */
export interface PlannedStage {
  readonly stage: AnyStage;
  readonly options: Readonly<Record<string, unknown>>;
}

/**
 * Runs stages in order, each in a run nested in one of the name `name`, which is opened when the first of them has work
 * to do. A failing stage fails the run and keeps what the others wrote. The options of all are checked before the first.
 */
export async function runStages(
  context: StageContext,
  planned: readonly PlannedStage[],
  options: { readonly name?: string } = {},
): Promise<StageResult[]> {
  requireKnownOptions("run stages", options, { name: true });
  const { name = "run" } = options;
  for (const one of planned) checkStage(one.stage, one.options);
  const source = await resolveDataset(context.workspace, context.dataset);
  for (const one of planned) await inspectStage(one.stage, one.options, source);
  return lockForStage(context, (locked) => runLocked(locked, planned, name));
}

async function runLocked(
  context: StageContext,
  planned: readonly PlannedStage[],
  name: string,
): Promise<StageResult[]> {
  const tags = stageTags(context);
  let parent: Run | undefined;
  const track: TrackRun = async (stage, body) => {
    parent ??= await context.tracker.startRun(context.experiment, name, { tags });
    return withChildRun(parent, stage, body, { tags });
  };
  let status: "FINISHED" | "FAILED" = "FAILED";
  try {
    const results: StageResult[] = [];
    for (const { stage, options } of planned) results.push(await runStage(context, stage, options, { track }));
    if (parent) await logSummary(parent, results);
    status = "FINISHED";
    return results;
  } finally {
    await parent?.end(status);
  }
}

async function logSummary(parent: Run, results: readonly StageResult[]): Promise<void> {
  const [first] = results;
  if (first) await parent.logDataset(first.input);
  await parent.setTags({ as_of: String(results.at(-1)?.params["as_of"] ?? "") });
  for (const { stage, metrics } of results) {
    const named = Object.entries(metrics).map(([key, value]) => [`${stage}/${key}`, value ?? Number.NaN]);
    await parent.logMetrics(Object.fromEntries(named));
  }
}
