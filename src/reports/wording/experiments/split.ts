import type { ExperimentDesign } from "../../../strategy/index.js";
import type { NumberTexts } from "../../../table/index.js";
import { metricName } from "./metrics.js";

/** Says who gets the campaign, and how the result is decided. */
export function splitSentences(
  { test, control, startsOn, endsOn, horizonDays, primaryMetric, relativeEffect }: ExperimentDesign,
  { count, exactPercent }: NumberTexts,
): [string, string] {
  return [
    `Send the campaign to the ${count(test)} test customers of split.csv from ${startsOn}, and to none of the ${count(control)} control customers until ${endsOn} (${horizonDays} days).`,
    `Primary metric, fixed at split time: ${metricName(primaryMetric)}; a change of ${exactPercent(relativeEffect)} or more is worth the campaign.`,
  ];
}
