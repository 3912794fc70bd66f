import type { ExperimentDesign, PlannedMeasure } from "../../../strategy/index.js";
import type { NumberTexts } from "../../../table/index.js";
import { metricName } from "./metrics.js";

/** A split, and what its groups can detect in the primary metric; absent where that is unknown. */
export interface JudgedSplit {
  readonly design: ExperimentDesign;
  readonly detects?: Pick<PlannedMeasure, "minimumDetectableEffect" | "neededPerArm"> | undefined;
}

/** Says who gets the campaign, or first that the groups are too small for it, and how the result is decided. */
export function splitSentences({ design, detects }: JudgedSplit, texts: NumberTexts): string[] {
  const { count, exactPercent, day } = texts;
  const { test, control, startsOn, endsOn, horizonDays, primaryMetric, relativeEffect } = design;
  const caution = detects && tooSmallSentence(design, detects, texts);
  return [
    ...(caution === undefined ? [] : [caution]),
    `${caution === undefined ? "Send" : "If you run it as it is, send"} the campaign to the ${count(test)} test customers of split.csv from ${day(startsOn)}, and to none of the ${count(control)} control customers until ${day(endsOn)} (${horizonDays} days).`,
    `Primary metric, fixed at split time: ${metricName(primaryMetric)}; a change of ${exactPercent(relativeEffect)} or more is worth the campaign.`,
  ];
}

/** States that the groups cannot show the change that is worth the campaign; undefined if they can. */
function tooSmallSentence(
  { primaryMetric, relativeEffect }: ExperimentDesign,
  { minimumDetectableEffect, neededPerArm }: NonNullable<JudgedSplit["detects"]>,
  { count, percent, exactPercent }: NumberTexts,
): string | undefined {
  if (minimumDetectableEffect !== null && minimumDetectableEffect <= relativeEffect) return undefined;
  const metric = metricName(primaryMetric);
  const needed =
    neededPerArm === null ? "" : `; ${exactPercent(relativeEffect)} takes ${count(neededPerArm)} customers per group`;
  const advice = "Use a larger segment or a longer test (--horizon-days).";
  return minimumDetectableEffect === null
    ? `Do not send the campaign yet: these groups cannot detect any rise in ${metric}${needed}. ${advice}`
    : `Do not send the campaign yet unless you expect so much: these groups detect only a rise of ${percent(minimumDetectableEffect, 0)} or more in ${metric}${needed}. ${advice}`;
}
