import { checkSegmentName, EXPERIMENT_DEFAULTS, STRATA } from "../../strategy/index.js";
import { checkedExperimentName } from "../artifacts/experiment-folder.js";
import {
  choice,
  choices,
  dayOption,
  daysOption,
  defineOptions,
  type GivenOptions,
  numberOption,
  optional,
  shareOption,
  switchOption,
  textOption,
} from "./option-schema.js";
import { sharedOptions } from "./shared-options.js";

/** Options of every step that is about a segment: which one, how long, how sure. */
export const experimentOptions = {
  segment: textOption('Segment to test on, such as "At Risk", or everyone', { expected: "the name of a segment" }),
  by: optional(choice(["rule", "cluster"], "Rule segment or cluster, where both have the name")),
  name: optional(textOption("Name of the experiment (default: from the segment, such as at-risk)")),
  testShare: shareOption("Share of customers in the test group", { default: EXPERIMENT_DEFAULTS.testShare }),
  horizonDays: sharedOptions.horizonDays,
  beforeDays: optional(daysOption("Days of past spend to adjust for, CUPED (default: twice the horizon)")),
  relativeEffect: numberOption("Smallest relative change worth the campaign", {
    flag: "effect",
    value: "<share>",
    default: EXPERIMENT_DEFAULTS.relativeEffect,
    exclusiveMinimum: 0,
    maximum: 1,
    expected: "a share above 0 and up to 1, such as 0.05 for 5%",
  }),
  alpha: shareOption("Significance level", { default: EXPERIMENT_DEFAULTS.alpha }),
  power: shareOption("Statistical power", { default: EXPERIMENT_DEFAULTS.power }),
  winsorize: winsorizeOption("Quantile at which spend is capped; 1 caps nothing", EXPERIMENT_DEFAULTS.winsorizeAt),
} as const;

/** Declares the quantile at which spend is capped. */
export function winsorizeOption(description: string, otherwise?: number) {
  return numberOption(description, {
    value: "<share>",
    exclusiveMinimum: 0,
    maximum: 1,
    expected: "a share above 0 and up to 1, such as 0.99",
    ...(otherwise === undefined ? {} : { default: otherwise }),
  });
}

/** Options of a split. */
export const splitOptions = defineOptions({
  ...experimentOptions,
  startsOn: optional(dayOption("First day of the campaign (default: the day after as-of)", { flag: "starts" })),
  strata: choices([...STRATA, "none"], `Columns to stratify by: ${STRATA.join(",")} or none`, { default: ["spend"] }),
  outcome: choice(["conversion", "spend"], "Primary metric, fixed at split time", { default: "conversion" }),
  replace: switchOption("Overwrite an existing experiment and its readout", { default: false, once: true }),
  plainIds: sharedOptions.plainIds,
});

/** Refuses options of a split that do not go together. @throws {RangeError} */
export function checkSplitOptions({ strata, ...given }: GivenOptions<typeof splitOptions>): void {
  requireExperiment("split", given);
  if (strata?.includes("none") && strata.length > 1) {
    throw new RangeError(
      `Cannot use --strata ${strata.join(",")}: none excludes other names; use --strata none alone, or leave it out`,
    );
  }
}

/** Refuses an experiment without a segment, and names that none can have. @throws {RangeError} */
export function requireExperiment(
  step: string,
  { segment, by, name }: { readonly segment?: string; readonly by?: "rule" | "cluster"; readonly name?: string },
): void {
  if (segment) {
    checkSegmentName(segment, by ? { basis: by } : {});
    if (name !== undefined) checkedExperimentName(name);
    return;
  }
  throw new RangeError(
    `Cannot run "experiment ${step}": no segment is named; use --segment <name>, such as --segment "At Risk" or --segment everyone`,
  );
}
