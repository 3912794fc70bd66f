import { existsSync } from "node:fs";
import { mkdtemp, rmdir } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { resolveDataset } from "../datasets/index.js";
import { messageOf } from "../errors.js";
import { createStageContext, requireKnownDay, type StageContext, stages } from "../pipeline/index.js";
import { readEnvironment, type Workspace } from "../storage/index.js";
import { CliError } from "./cli-error.js";
import { type CommandInput, day, type OptionValues, oneOf, text, wholeNumber } from "./command.js";
import type { Progress } from "./progress.js";
import { untilAborted } from "./until-aborted.js";

/**
 * Creates the stage context from a command's common options.
 *
 * @throws {CliError} With exit code 2 if one of them is out of range.
 */
export async function stageContext(
  { options, effects }: CommandInput,
  { name, progress }: { readonly name: string; readonly progress: Progress },
): Promise<StageContext> {
  const environment = readEnvironment(effects.env);
  const dataset = text(options, "dataset") ?? "demo";
  oneOf(options, "engine", ["duckdb"]);
  const seed = options["seed"] === undefined ? undefined : wholeNumber(options, "seed", { otherwise: 7 });
  const threads = wholeNumber(options, "threads", { otherwise: 2, min: 1 });
  const { asOf } = await requireDataset(options, { workspace: environment.workspace, dataset });
  const given = text(options, "out");
  const out = given === undefined ? undefined : resolve(effects.cwd, given);
  if (out !== undefined) await requireWritable(out);
  return createStageContext(environment, {
    dataset,
    asOf,
    seed,
    threads,
    out,
    tracking: options["no-tracking"] !== true,
    source: {
      name: `rekindle ${name}`,
      type: environment.ci ? "JOB" : "LOCAL",
      user: effects.env["USER"] ?? effects.env["LOGNAME"] ?? "unknown",
    },
    say: progress.say,
    draw: progress.draw,
    step: (stage, body, facts) => progress.step(stage, () => untilAborted(body(), effects.signal), facts),
    now: effects.now,
    force: options["force"] === true,
    prerequisites: options["no-prerequisites"] !== true,
    stages,
  });
}

/**
 * Checks that the dataset exists and that `--as-of` is not after its import, before anything is written.
 *
 * @throws {CliError} With exit code 2 if `--as-of` is not a calendar day.
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

/** Checks that a folder can be written to, before minutes of work. */
async function requireWritable(folder: string): Promise<void> {
  let present = folder;
  while (!existsSync(present)) present = dirname(present);
  try {
    await rmdir(await mkdtemp(join(present, ".rekindle-")));
  } catch (cause) {
    throw new CliError(`Cannot use --out ${folder}: it is not writable (${messageOf(cause)})`, 2, { cause });
  }
}
