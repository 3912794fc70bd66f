import { resolveDataset } from "../datasets/index.js";
import { messageOf } from "../errors.js";
import {
  type AnyStage,
  checkStage,
  inspectStage,
  type PlannedStage,
  runStage,
  runStages,
  type StageContext,
  type StageResult,
} from "../pipeline/index.js";
import { CliError } from "./cli-error.js";
import type { CommandBody, CommandInput } from "./command.js";
import { commonOptions } from "./common-options.js";
import { createProgress } from "./progress.js";
import { asUsage, readFlags, schemaFlags } from "./schema-flags.js";
import { stageContext } from "./stage-context.js";

/** Returns the command of a stage; flags and output follow from the stage. */
export function stageCommand(stage: AnyStage): CommandBody {
  const name = stage.name.replace("-", " ");
  return {
    options: { ...schemaFlags(stage.options), ...commonOptions },
    run: async (input) => {
      const options = readFlags(stage.options, input);
      asUsage(() => checkStage(stage, options));
      await runPlanned(input, [{ stage, options }], { name });
    },
  };
}

/** Runs one stage, or several in one tracked run, and prints their results. */
export async function runPlanned(
  input: CommandInput,
  planned: readonly PlannedStage[],
  { name, several = false }: { readonly name: string; readonly several?: boolean },
): Promise<void> {
  const { effects } = input;
  const progress = createProgress(effects, { quiet: input.options["quiet"] === true });
  const context = await stageContext(input, { name, progress });
  await inspect(planned, context);
  for (const line of withoutEffect(planned, context)) context.say(line);
  const results = several
    ? await runStages(context, planned, { name })
    : [await runStage(context, planned[0].stage, planned[0].options)];
  print(input, { planned, results, dataset: context.dataset });
  const waiting = context.tracker.waiting();
  if (waiting !== undefined) progress.say(waiting);
}

/** Refuses options that do not fit the dataset as wrong usage, before a run starts. */
async function inspect(planned: readonly PlannedStage[], { workspace, dataset }: StageContext): Promise<void> {
  const source = await resolveDataset(workspace, dataset);
  for (const { stage, options } of planned) {
    try {
      await inspectStage(stage, options, source);
    } catch (cause) {
      throw new CliError(messageOf(cause), 2, { cause });
    }
  }
}

function print(
  { options, effects }: CommandInput,
  {
    planned,
    results,
    dataset,
  }: { readonly planned: readonly PlannedStage[]; readonly results: readonly StageResult[]; readonly dataset: string },
): void {
  const warnings = planned.flatMap(({ stage }, i) => warningsOf(stage, results[i]));
  if (options["json"]) {
    const done = results.map(({ stage, folder, params, metrics, computed }, i) => ({
      ...{ stage, folder, computed, params, metrics },
      ...answerOf(planned[i].stage, results[i]),
    }));
    for (const warning of warnings) effects.err(`${warning}\n`);
    effects.out(`${JSON.stringify({ dataset, stages: done })}\n`);
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

/** Says which options of the context none of the stages heeds: a whole import has no day, and not every stage draws. */
function withoutEffect(planned: readonly PlannedStage[], context: StageContext): string[] {
  const names = planned.map(({ stage }) => stage.name).join(", ");
  const dated = planned.some(({ stage }) => stage.opens === "trusted");
  const seeded = planned.some(({ stage }) => drawsAtRandom(stage, context.stages));
  return [
    ...(context.asOf !== undefined && !dated ? [`${names}: --as-of has no effect, the whole import is read`] : []),
    ...(context.seed !== undefined && !seeded ? [`${names}: --seed has no effect, nothing is drawn at random`] : []),
  ];
}

/** True if the stage or one that makes its inputs draws at random. */
function drawsAtRandom(stage: AnyStage, stages: readonly AnyStage[]): boolean {
  const makers = stages.filter(({ name }) => stage.reads.some(({ madeBy }) => madeBy === name));
  return stage.seeded || makers.some((maker) => drawsAtRandom(maker, stages));
}

function warningsOf(stage: AnyStage, { computed, value }: StageResult): readonly string[] {
  return computed ? (stage.warnings?.(value) ?? []).map((warning) => `warning: ${warning}`) : [];
}

function answerOf(stage: AnyStage, { computed, value }: StageResult): { readonly answer?: unknown } {
  return computed && stage.answer ? { answer: stage.answer(value) } : {};
}

function summaryOf(stage: AnyStage, { computed, value }: StageResult): string | undefined {
  return computed ? stage.summary?.(value) : undefined;
}
