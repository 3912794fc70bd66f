import {
  experimentPlanStage,
  experimentReadoutStage,
  experimentSplitStage,
  type GivenOptions,
  planFigures,
  resolveOptions,
} from "../../pipeline/index.js";
import { planSentences, planText } from "../../reports/index.js";
import { planExperimentByFigures } from "../../strategy/index.js";
import { DEFAULT_CONVENTIONS, numberTexts } from "../../table/index.js";
import { CliError } from "../cli-error.js";
import type { CommandBody, CommandInput } from "../command.js";
import { readFlags, schemaFlags } from "../schema-flags.js";
import { stageCommand } from "../stage-command.js";

const planOfSegment = stageCommand(experimentPlanStage);

export const experimentPlan: CommandBody = {
  ...planOfSegment,
  options: { ...schemaFlags(planFigures), ...planOfSegment.options },
  run: async (input) => {
    const figures = readFlags(planFigures, input);
    if (Object.keys(figures).length) planByFigures(figures, input);
    else await planOfSegment.run(input);
  },
};

export const experimentSplit: CommandBody = stageCommand(experimentSplitStage);
export const experimentReadout: CommandBody = stageCommand(experimentReadoutStage);

/** Options of a plan that need a dataset. */
const ofDataset = ["segment", "by", "name", "dataset", "as-of", "out", "horizon-days", "before-days", "winsorize"];

/** Plans without a dataset, which leaves no files and no run. */
function planByFigures(
  { customers, rate, mean, deviation, correlation, currency }: GivenOptions<typeof planFigures>,
  input: CommandInput,
): void {
  const { options, effects } = input;
  const needless = ofDataset.find((name) => options[name] !== undefined);
  if (needless !== undefined)
    throw new CliError(
      `Cannot plan from figures with --${needless}: it needs a segment; give either a segment or figures`,
      2,
    );
  if (customers === undefined || rate === undefined) {
    throw new CliError("Cannot plan from figures: one of --customers and --rate is missing; give both", 2);
  }
  if ((mean === undefined) !== (deviation === undefined)) {
    throw new CliError("Cannot plan from figures: one of --mean and --deviation is missing; give both or neither", 2);
  }
  if (correlation !== undefined && mean === undefined) {
    throw new CliError("Cannot plan from figures: --correlation needs the spend; add --mean and --deviation", 2);
  }
  const { testShare, relativeEffect, alpha, power } = resolveOptions(
    experimentPlanStage.options,
    { ...readFlags(experimentPlanStage.options, input), segment: "everyone" },
    experimentPlanStage.name,
  );
  const spend =
    mean === undefined || deviation === undefined
      ? {}
      : { spend: { mean, standardDeviation: deviation, ...(correlation === undefined ? {} : { correlation }) } };
  const plan = planExperimentByFigures({ rate, ...spend }, { customers, testShare, relativeEffect, alpha, power });
  const conventions = { ...DEFAULT_CONVENTIONS, ...(currency ? { currency } : {}) };
  if (options["json"]) {
    const sentences = planSentences(plan, numberTexts(conventions));
    effects.out(`${JSON.stringify({ plan, in_words: sentences })}\n`);
  } else effects.out(`${planText(plan, conventions)}\n`);
}
