import { type Run, type TrackedDataset, withRun } from "../tracking/index.js";
import type { StageContext as Context } from "./stage.js";
import { stageTags } from "./stage-tags.js";

/** A context whose seed is settled. */
export interface StageContext extends Context {
  readonly seed: number;
}

/** What a stage did. */
export interface StageResult<T = unknown> {
  readonly stage: string;
  /** What it found, for a notebook to look at. */
  readonly value: T;
  /** Where its artifacts are. */
  readonly folder: string;
  /** Flat name -> number, the same names as in MLflow. */
  readonly metrics: Readonly<Record<string, number>>;
  /** What it read, as MLflow shows it. */
  readonly input: TrackedDataset;
  readonly params: Readonly<Record<string, string | number | boolean>>;
}

/** One step of the pipeline: reads and writes artifacts, and returns what to log. */
export interface Stage<T = unknown> {
  readonly name: string;
  readonly run: (context: StageContext, tracked: Run) => Promise<StageResult<T>>;
}

/** Runs one stage in a tracked run. */
export function runLegacyStage<T>(context: StageContext, stage: Stage<T>): Promise<StageResult<T>> {
  return withRun(
    context.tracker,
    context.experiment,
    stage.name,
    async (run) => {
      const result = await stage.run(context, run);
      await logResult(run, result);
      return result;
    },
    { tags: stageTags(context) },
  );
}

async function logResult(run: Run, { folder, metrics, input, params }: StageResult): Promise<void> {
  await run.logParams(params);
  if (params["as_of"] !== undefined) await run.setTags({ as_of: params["as_of"] });
  await run.logDataset(input);
  await run.logMetrics(metrics);
  await run.logArtifacts(folder);
}
