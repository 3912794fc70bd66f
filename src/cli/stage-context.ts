import { existsSync } from "node:fs";
import { mkdtemp, rmdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { resolveDataset } from "../datasets/index.js";
import { messageOf } from "../errors.js";
import {
  contextDefaults,
  contextOptions,
  createStageContext,
  requireKnownDay,
  type StageContext,
  stages,
} from "../pipeline/index.js";
import { readEnvironment, type Workspace } from "../storage/index.js";
import { CliError } from "./cli-error.js";
import type { CommandInput } from "./command.js";
import type { Progress } from "./progress.js";
import { readFlags } from "./schema-flags.js";
import { untilAborted } from "./until-aborted.js";

/**
 * Creates the stage context from a command's common options.
 *
 * @throws {CliError} With exit code 2 if one of them is out of range.
 */
export async function stageContext(
  input: CommandInput,
  { name, progress }: { readonly name: string; readonly progress: Progress },
): Promise<StageContext> {
  const { effects } = input;
  const environment = readEnvironment(effects.env);
  const { dataset = contextDefaults.dataset, engine: _, ...given } = readFlags(contextOptions, input);
  const { asOf, out } = given;
  await requireDataset(environment.workspace, { dataset, asOf });
  if (out !== undefined) await requireWritable(out);
  return createStageContext(environment, {
    ...given,
    dataset,
    source: {
      name: `rekindle ${name}`,
      type: environment.ci ? "JOB" : "LOCAL",
      user: effects.env["USER"] ?? effects.env["LOGNAME"] ?? "unknown",
    },
    say: progress.say,
    draw: progress.draw,
    step: (stage, body, facts) => progress.step(stage, () => untilAborted(body(), effects.signal), facts),
    now: effects.now,
    stages,
  });
}

/** Checks that the dataset exists and that the day is not after its import, before anything is written. */
export async function requireDataset(
  workspace: Workspace,
  { dataset, asOf }: { readonly dataset: string; readonly asOf?: string | undefined },
): Promise<void> {
  const { provenance } = await resolveDataset(workspace, dataset);
  if (asOf !== undefined) requireKnownDay(asOf, provenance.imported_at.slice(0, 10));
}

/** Checks that a folder can be written to, before minutes of work. */
async function requireWritable(folder: string): Promise<void> {
  let present = folder;
  while (!existsSync(present)) present = dirname(present);
  try {
    await rmdir(await mkdtemp(join(present, ".rekindle-")));
  } catch (cause) {
    throw new CliError(
      `Cannot use --out ${folder}: it is not writable (${messageOf(cause)}); choose another folder`,
      2,
      { cause },
    );
  }
}
