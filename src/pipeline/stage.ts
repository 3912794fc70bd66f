import type { Workspace } from "../storage/index.js";
import { type Run, type TrackedDataset, type Tracker, withChildRun, withRun } from "../tracking/index.js";

/** What every stage is given: where things are, what is asked for, and the effects that it may have. */
export interface StageContext {
  readonly workspace: Workspace;
  /** Name of the dataset. */
  readonly dataset: string;
  /** Last day that anything may see; the dataset's default if absent. */
  readonly asOf?: string;
  readonly seed: number;
  readonly threads: number;
  /** Folder of the artifacts of this dataset; `artifacts/<dataset>` unless `--out` says otherwise. */
  readonly out: string;
  /** Folder of the reports; `reports` unless `--out` says otherwise. */
  readonly reports: string;
  /** `REKINDLE_KEY`, the key of pseudonymous ids, if it is set. */
  readonly key?: string;
  readonly now: () => Date;
  readonly gitCommit?: string;
  /** Versions of what computed, for manifests. */
  readonly versions: Readonly<Record<string, string>>;
  readonly tracker: Tracker;
  readonly experiment: string;
  /** Progress and remarks, one line each. */
  readonly say: (line: string) => void;
  /** Shows a line in place of the one before, and keeps the last; absent where that cannot be done. */
  readonly draw?: (line: string, isLast: boolean) => void;
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

/**
 * Runs stages in order inside one tracked run: a nested run per stage if there are several. What a stage returns is
 * logged when its files are on disk; a failing stage fails the run and keeps what the others wrote.
 */
export async function runStages(
  context: StageContext,
  stages: readonly Stage[],
  { name = "run" } = {},
): Promise<StageResult[]> {
  const tags = stageTags(context);
  const step = (stage: Stage, tracked: Run) => runStage(context, stage, tracked);
  if (stages.length === 1) {
    return withRun(context.tracker, context.experiment, stages[0].name, async (run) => [await step(stages[0], run)], {
      tags,
    });
  }
  return withRun(
    context.tracker,
    context.experiment,
    name,
    async (parent) => {
      const results: StageResult[] = [];
      for (const stage of stages) {
        results.push(await withChildRun(parent, stage.name, (run) => step(stage, run), { tags }));
      }
      const [first] = results;
      if (first) await parent.logDataset(first.input);
      await parent.setTags({ as_of: String(results.at(-1)?.params["as_of"] ?? context.asOf ?? "") });
      for (const { stage, metrics } of results) {
        await parent.logMetrics(
          Object.fromEntries(Object.entries(metrics).map(([key, value]) => [`${stage}/${key}`, value])),
        );
      }
      return results;
    },
    { tags },
  );
}

/** Runs one stage inside a run that is open already, and logs what it returns. */
export async function runStage<T>(context: StageContext, stage: Stage<T>, tracked: Run): Promise<StageResult<T>> {
  const result = await stage.run(context, tracked);
  await logResult(tracked, result);
  return result;
}

/** The tags of every run of a context. */
export function stageTags({ dataset, seed, gitCommit }: StageContext): Record<string, string | number> {
  return { dataset, seed, engine: "duckdb", ...(gitCommit ? { git_commit: gitCommit } : {}) };
}

async function logResult(run: Run, { folder, metrics, input, params }: StageResult): Promise<void> {
  await run.logParams(params);
  if (params["as_of"] !== undefined) await run.setTags({ as_of: params["as_of"] });
  await run.logDataset(input);
  await run.logMetrics(metrics);
  await run.logArtifacts(folder);
}
