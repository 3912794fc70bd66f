import { runLegacyStage } from "../pipeline/index.js";
import type { CommandInput } from "./command.js";
import { createProgress } from "./progress.js";
import { stageContext } from "./stage-context.js";

type Stage = Parameters<typeof runLegacyStage>[1];

/** Runs a stage as a command asks, and writes what it did. */
export async function runStageCommand(
  input: CommandInput,
  [stage]: readonly Stage[],
  { name }: { name: string },
): Promise<readonly Awaited<ReturnType<typeof runLegacyStage>>[]> {
  const { options, effects } = input;
  const progress = createProgress(effects, { quiet: options["quiet"] === true });
  const context = await stageContext(input, { name, progress });
  const settled = { ...context, seed: context.seed ?? 7 };
  const step = context.step ?? ((_: string, body: () => Promise<never>) => body());
  const result = await step(stage.name, () => runLegacyStage(settled, stage) as Promise<never>);
  const { folder, params, metrics } = result as Awaited<ReturnType<typeof runLegacyStage>>;
  if (options["json"]) {
    effects.out(
      `${JSON.stringify({ dataset: context.dataset, stages: [{ stage: stage.name, folder, params, metrics }] })}\n`,
    );
  } else effects.out(`${stage.name}: ${folder}\n`);
  return [result];
}
