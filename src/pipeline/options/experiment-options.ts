import { choice, numberOption, optional, shareOption, textOption, wholeNumber } from "./option-schema.js";
import { sharedOptions } from "./shared-options.js";

/** Options of every step that is about a segment: which one, how long, how sure. */
export const experimentOptions = {
  segment: textOption('Segment to test on, such as "At Risk", or everyone', { expected: "the name of a segment" }),
  by: optional(choice(["rule", "cluster"], "Rule segment or cluster, where both have the name")),
  name: optional(textOption("Name of the experiment (default: from the segment, such as at-risk)")),
  testShare: shareOption("Share of customers in the test group", { default: 0.5 }),
  horizonDays: sharedOptions.horizonDays,
  beforeDays: optional(
    wholeNumber("Days of past spend to adjust for, CUPED (default: twice the horizon)", {
      minimum: 1,
      value: "<days>",
    }),
  ),
  relativeEffect: numberOption("Smallest relative change worth the campaign", {
    ...{ flag: "effect", value: "<share>", default: 0.05, exclusiveMinimum: 0, maximum: 1 },
    expected: "a share above 0 and up to 1, such as 0.05 for 5%",
  }),
  alpha: shareOption("Significance level", { default: 0.05 }),
  power: shareOption("Power", { default: 0.8 }),
  winsorize: winsorizeOption("Quantile at which spend is capped; 1 caps nothing", 0.99),
} as const;

/** Declares the quantile at which spend is capped. */
export function winsorizeOption(description: string, otherwise?: number) {
  return numberOption(description, {
    ...{ value: "<share>", exclusiveMinimum: 0, maximum: 1 },
    expected: "a share above 0 and up to 1, such as 0.99",
    ...(otherwise === undefined ? {} : { default: otherwise }),
  });
}

/** Throws unless a segment is named. */
export function requireSegment(step: string, segment: string | undefined): void {
  if (segment) return;
  throw new RangeError(
    `Cannot run "experiment ${step}": no segment is named; use --segment <name>, such as --segment "At Risk" or --segment everyone`,
  );
}
