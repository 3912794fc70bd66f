import { existsSync } from "node:fs";
import { mkdtemp, rmdir } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { resolveDataset } from "../datasets/index.js";
import { messageOf } from "../errors.js";
import {
  connectTracker,
  gitCommit,
  requireKnownDay,
  runStages,
  type Stage,
  type StageContext,
  type StageResult,
  versions,
} from "../pipeline/index.js";
import { readEnvironment, type Workspace } from "../storage/index.js";
import { CliError } from "./cli-error.js";
import { type CommandInput, type CommandOption, day, type OptionValues, oneOf, text, wholeNumber } from "./command.js";
import { createProgress, type Progress } from "./progress.js";
import { untilAborted } from "./until-aborted.js";

/** Options that every stage takes. */
export const commonOptions: Readonly<Record<string, CommandOption>> = {
  dataset: { type: "string", value: "<name>", about: "Dataset, as data list names it; defaults to demo" },
  "as-of": {
    type: "string",
    value: "<YYYY-MM-DD>",
    about: "Last day that anything may see; defaults to the dataset's own",
  },
  out: { type: "string", value: "<folder>", about: "Folder of the artifacts; defaults to artifacts/<dataset>" },
  seed: { type: "string", value: "<number>", about: "Seed of every draw; defaults to 7" },
  engine: { type: "string", value: "duckdb", about: "Engine that runs the SQL; defaults to duckdb" },
  threads: { type: "string", value: "<number>", about: "Threads of one statement; defaults to 2" },
  json: { type: "boolean", about: "One JSON object on standard output" },
  "no-tracking": { type: "boolean", about: "Logs nothing to MLflow" },
  quiet: { type: "boolean", about: "No progress" },
};

/** Runs stages as a command asks, and writes what they did. */
export async function runStageCommand(
  input: CommandInput,
  stages: readonly Stage[],
  { name }: { name: string },
): Promise<readonly StageResult[]> {
  const { options, effects } = input;
  const progress = createProgress(effects, { quiet: options["quiet"] === true });
  const context = await stageContext(input, { name, ...progress });
  const announced = stages.map(
    (stage): Stage => ({
      ...stage,
      run: (c, run) => progress.step(stage.name, () => untilAborted(stage.run(c, run), effects.signal)),
    }),
  );
  const results = await runStages(context, announced, { name });
  if (options["json"]) {
    const done = results.map(({ stage, folder, metrics, params }) => ({ stage, folder, params, metrics }));
    effects.out(`${JSON.stringify({ dataset: context.dataset, stages: done })}\n`);
  } else {
    for (const { stage, folder } of results) effects.out(`${stage}: ${folder}\n`);
  }
  return results;
}

/**
 * Refuses a dataset that is not there and an `--as-of` that its data cannot know, before anything is written.
 *
 * @throws {CliError} With exit code 2 if `--as-of` is no calendar day.
 */
export async function requireDataset(
  options: OptionValues,
  { workspace, dataset }: { workspace: Workspace; dataset: string },
): Promise<{ readonly asOf?: string }> {
  const asOf = day(options, "as-of");
  const { provenance } = await resolveDataset(workspace, dataset);
  if (asOf !== undefined) requireKnownDay(asOf, provenance.imported_at.slice(0, 10));
  return asOf === undefined ? {} : { asOf };
}

async function stageContext(
  { options, effects }: CommandInput,
  { name, say, draw }: Pick<Progress, "say" | "draw"> & { readonly name: string },
): Promise<StageContext> {
  const environment = readEnvironment(effects.env);
  const { workspace, mlflow } = environment;
  const dataset = text(options, "dataset") ?? "demo";
  oneOf(options, "engine", ["duckdb"]);
  const seed = wholeNumber(options, "seed", { otherwise: 7 });
  const threads = wholeNumber(options, "threads", { otherwise: 2, min: 1 });
  const { asOf } = await requireDataset(options, { workspace, dataset });
  const given = text(options, "out");
  const out = given === undefined ? undefined : resolve(effects.cwd, given);
  if (out !== undefined) await requireWritable(out);
  const commit = await gitCommit(workspace.installation);
  const tracker = connectTracker(environment, {
    tracking: options["no-tracking"] !== true,
    context: {
      user: effects.env["USER"] ?? effects.env["LOGNAME"] ?? "unknown",
      sourceName: `rekindle ${name}`,
      sourceType: environment.ci ? "JOB" : "LOCAL",
      ...(commit ? { gitCommit: commit } : {}),
    },
    now: () => effects.now().getTime(),
    warn: say,
  });
  return {
    workspace,
    dataset,
    ...(asOf !== undefined ? { asOf } : {}),
    seed,
    threads,
    out: out ?? join(workspace.artifacts, dataset),
    reports: out === undefined ? workspace.reports : join(out, "reports"),
    ...(environment.key === undefined ? {} : { key: environment.key }),
    now: effects.now,
    ...(commit ? { gitCommit: commit } : {}),
    versions: versions(),
    tracker,
    experiment: mlflow.experimentName ?? `rekindle/${dataset}`,
    say,
    ...(draw ? { draw } : {}),
  };
}

/** Refuses a folder that cannot be written to before minutes of work, not after. */
async function requireWritable(folder: string): Promise<void> {
  let present = folder;
  while (!existsSync(present)) present = dirname(present);
  try {
    await rmdir(await mkdtemp(join(present, ".rekindle-")));
  } catch (cause) {
    throw new CliError(`Cannot use --out ${folder}: nothing can be written there (${messageOf(cause)})`, 2, { cause });
  }
}
