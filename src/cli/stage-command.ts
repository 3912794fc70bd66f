import { messageOf } from "../errors.js";
import {
  type AnyStage,
  type OptionSchema,
  optionFlags,
  type PlannedStage,
  parseFlags,
  runStage,
  runStages,
  type StageResult,
} from "../pipeline/index.js";
import { CliError } from "./cli-error.js";
import type { Command, CommandInput, CommandOption } from "./command.js";
import { commonOptions } from "./common-options.js";
import { createProgress } from "./progress.js";
import { stageContext } from "./stage-context.js";

/** Returns the command of a stage; flags, help and output follow from the stage. */
export function stageCommand(stage: AnyStage): Command {
  const name = stage.name.replace("-", " ");
  return {
    name,
    about: stage.about,
    options: { ...commonOptions, ...schemaFlags(stage.options) },
    run: async (input) => {
      const options = readFlags(stage.options, input);
      asUsage(() => stage.check?.(options));
      await runPlanned(input, [{ stage, options }], { name });
    },
  };
}

/** Returns the flags of a schema as command options. */
export function schemaFlags(schema: OptionSchema): Record<string, CommandOption> {
  return Object.fromEntries(
    optionFlags(schema).map(({ flag, type, value, about }) => [
      flag,
      { type, about, ...(value === undefined ? {} : { value }) },
    ]),
  );
}

/**
 * Reads the options of a schema from a command's flags.
 *
 * @throws {CliError} With exit code 2 if a value does not fit.
 */
export function readFlags(schema: OptionSchema, { options, effects }: CommandInput): Record<string, unknown> {
  return asUsage(() => parseFlags(schema, options, { cwd: effects.cwd }) as Record<string, unknown>);
}

/** Reports an error as wrong usage, with exit code 2. */
export function asUsage<T>(body: () => T): T {
  try {
    return body();
  } catch (cause) {
    throw new CliError(messageOf(cause), 2, { cause });
  }
}

/** Runs one stage, or several in one tracked run, and prints their results. */
export async function runPlanned(
  input: CommandInput,
  planned: readonly PlannedStage[],
  { name, several = false }: { readonly name: string; readonly several?: boolean },
): Promise<void> {
  const { options, effects } = input;
  const progress = createProgress(effects, { quiet: options["quiet"] === true });
  const context = await stageContext(input, { name, progress });
  const results = several
    ? await runStages(context, planned, { name })
    : [await runStage(context, planned[0].stage, planned[0].options)];
  const warnings = planned.flatMap(({ stage }, i) => warningsOf(stage, results[i]));
  if (options["json"]) {
    const done = results.map(({ stage, folder, params, metrics, computed }) => ({
      stage,
      folder,
      computed,
      params,
      metrics,
    }));
    for (const warning of warnings) effects.err(`${warning}\n`);
    effects.out(`${JSON.stringify({ dataset: context.dataset, stages: done })}\n`);
    return;
  }
  for (const warning of warnings) effects.out(`${warning}\n`);
  if (options["quiet"] !== true) {
    for (const [i, { stage }] of planned.entries()) {
      const summary = summaryOf(stage, results[i]);
      if (summary) effects.out(`${summary}\n\n`);
    }
  }
  for (const { stage, folder } of results) effects.out(`${stage}: ${folder}\n`);
}

function warningsOf(stage: AnyStage, { computed, value }: StageResult): readonly string[] {
  return computed ? (stage.warnings?.(value) ?? []).map((warning) => `warning: ${warning}`) : [];
}

function summaryOf(stage: AnyStage, { computed, value }: StageResult): string | undefined {
  return computed ? stage.summary?.(value) : undefined;
}
