import type {
  ExperimentDesign,
  ExperimentReading,
  PlannedExperiment,
  PlannedMeasure,
} from "../../../strategy/index.js";
import type { NumberTexts } from "../../../table/index.js";
import { metricName } from "./metrics.js";

/** States the assumptions of a plan, one sentence each. */
export function planAssumptions(
  { plan, basis, asOf, horizonDays, beforeDays, winsorizeAt, base }: PlannedExperiment,
  { count, exactPercent, day }: NumberTexts,
): string[] {
  const has = (which: (measure: PlannedMeasure) => boolean) => plan.measures.some(which);
  const hasSpend = plan.spend !== null;
  const members =
    basis === "everyone" ? `customers of ${day(base.asOf)}` : `customers who were in the segment on ${day(base.asOf)}`;
  return [
    `The test runs ${horizonDays} days. The base rates are what the ${count(base.customers)} ${members} bought in the ${horizonDays} days to ${day(asOf)}`,
    ...(has(({ cuped }) => cuped) ? [`Past spend is the spend of the ${beforeDays} days before them (CUPED)`] : []),
    ...(has(({ measure }) => measure === "winsorized spend")
      ? [
          `Capped spend leaves out what the largest ${exactPercent(1 - winsorizeAt)} of customers spend beyond the others (winsorized)`,
        ]
      : []),
    ...(hasSpend
      ? [
          "More buyers: customers who would not have bought, chosen at random, spend what buyers spend. Larger purchases: all buyers spend more by the same percentage",
        ]
      : []),
    `If the campaign changes nothing, the test reports a change ${exactPercent(plan.alpha)} of the time. It detects a change of the detectable size ${exactPercent(plan.power)} of the time`,
  ];
}

/** Describes how a split was drawn and will be analysed, one sentence each. */
export function splitAssumptions(
  {
    startsOn,
    endsOn,
    primaryMetric,
    relativeEffect,
    winsorizeAt,
    beforeDays,
    asOf,
    alpha,
    power,
    seed,
    stratifiedBy,
  }: ExperimentDesign,
  { exactPercent, day }: NumberTexts,
): string[] {
  return [
    `Orders from ${day(startsOn)} to ${day(endsOn)} count`,
    `Primary metric: ${metricName(primaryMetric)}. The smallest change worth the campaign is ${exactPercent(relativeEffect)}`,
    ...(winsorizeAt < 1
      ? [
          `Capped spend, a secondary metric, leaves out what the largest ${exactPercent(1 - winsorizeAt)} of customers spend beyond the others (winsorized)`,
        ]
      : []),
    `Spend is adjusted for the spend of the ${beforeDays} days to ${day(asOf)} (CUPED)`,
    `Significance level ${exactPercent(alpha)}, power ${exactPercent(power)}`,
    `Drawn at random with seed ${seed}${stratifiedBy.length ? `, stratified by ${stratifiedBy.join(", ")}` : ""}`,
  ];
}

/** Describes the source and the method of a readout, one sentence each. */
export function readoutAssumptions(
  { design, days, results, winsorizeAt, conversion, spend, cappedSpend, cuped }: ExperimentReading,
  { count, exactPercent, number, money, day }: NumberTexts,
): string[] {
  const source = days ? `orders from ${day(days.from)} to ${day(days.to)}` : String(results);
  const members = design.basis === "everyone" ? "" : ` of ${design.segment}`;
  return [
    `Source: ${source} of ${count(conversion.test.customers)} test and ${count(conversion.control.customers)} control customers${members} as of ${day(design.asOf)}, drawn with seed ${design.seed}`,
    `The smallest change worth the campaign is ${exactPercent(design.relativeEffect)}, fixed at split time`,
    ...(cappedSpend?.cutAt != null
      ? [
          `Capped spend counts each customer's spend up to ${money(cappedSpend.cutAt)}, above which are ${exactPercent(1 - winsorizeAt)} of the customers (winsorized)`,
        ]
      : []),
    ...(spend && cuped
      ? [
          `Spend is adjusted for the spend of the ${design.beforeDays} days to ${day(design.asOf)} (CUPED; correlation ${number(spend.correlation ?? Number.NaN, 2)})`,
        ]
      : []),
  ];
}
