import type { ExperimentPlan, PlannedMeasure } from "../../strategy/index.js";
import type { NumberTexts } from "../../table/index.js";
import { metricAmount } from "./experiment-metrics.js";

/**
 * Summarizes a plan: the smallest rises that the customers at hand can show, and the group sizes that a worthwhile rise takes.
 *
 * @example
 * const plan = planExperiment({ spend: [0, 10, 0, 30, 20, 0] }, { customers: 400, winsorizeAt: 1 });
 * planSentences(plan, numberTexts());
 * // "With 200 customers per group, the test can detect a rise in the conversion rate from 50.0% to 63.7% or more, and in spend per customer from €10.00 to €13.54 or more (+35%). Power is 80%. Detecting a rise of 5% takes 6,272 customers per group for the conversion rate and 10,047 for spend."
 */
export function planSentences(plan: ExperimentPlan, texts: NumberTexts): string {
  const { arms, power, measures, best } = plan;
  const { count, percent, exactPercent } = texts;
  const [conversion] = measures;
  const groups =
    arms.test === arms.control
      ? `With ${count(arms.test)} customers per group`
      : `With ${count(arms.test)} test and ${count(arms.control)} control customers`;
  const rate = riseText(conversion, metricAmount("conversion", texts));
  const amounts = best && riseText(best, metricAmount("spend", texts));
  const adjustments = [
    ...(best?.measure === "winsorized spend" ? ["outliers capped"] : []),
    ...(best?.cuped ? ["adjusted for past spend"] : []),
  ];
  const more = [`+${percent(best?.minimumDetectableEffect ?? 0, 0)}`, ...adjustments].join(", ");
  const spend = amounts ? `in spend per customer ${amounts} (${more})` : undefined;
  const rises = [...(rate ? [`in the conversion rate ${rate}`] : []), ...(spend ? [spend] : [])];
  const ability = rises.length
    ? `the test can detect a rise ${rises.join(", and ")}.`
    : `the test cannot detect a rise in the conversion rate (${percent(conversion.mean)}).`;
  const limit =
    !rate && spend ? ` A rise in the conversion rate (${percent(conversion.mean)}) cannot be detected.` : "";
  const certainty = rises.length ? ` Power is ${exactPercent(power)}.` : "";
  return `${groups}, ${ability}${limit}${certainty}${needSentence(plan, texts)}${rises.length ? cautionSentence(plan) : ""}`;
}

function riseText(
  { mean, minimumDetectableEffect }: PlannedMeasure,
  amount: (value: number) => string,
): string | undefined {
  return minimumDetectableEffect === null
    ? undefined
    : `from ${amount(mean)} to ${amount(mean * (1 + minimumDetectableEffect))} or more`;
}

/** The formulas assume normally distributed means, which few customers or few buyers do not have. */
function cautionSentence({ arms: { test, control }, measures: [{ mean }] }: ExperimentPlan): string {
  const customers = Math.min(test, control);
  if (customers < 30) return " With fewer than 30 customers per group, these figures are rough.";
  return customers * mean < 5 ? " With fewer than 5 expected buyers per group, these figures are rough." : "";
}

/** States the group sizes that a worthwhile rise takes, where the customers at hand are too few. */
function needSentence(
  { arms, relativeEffect, measures: [conversion], best }: ExperimentPlan,
  { count, exactPercent }: NumberTexts,
): string {
  const needs = (
    [
      [conversion, "the conversion rate"],
      [best, "spend"],
    ] as const
  ).flatMap(([measure, metric]) =>
    measure && measure.neededPerArm !== null && (measure.minimumDetectableEffect ?? 1) > relativeEffect
      ? [{ customers: count(measure.neededPerArm), metric }]
      : [],
  );
  if (!needs.length) return "";
  const [first, ...others] = needs;
  const each = Math.abs(arms.test - arms.control) > 1 ? "in each of two equal groups" : "per group";
  const rest = others.map(({ customers, metric }) => ` and ${customers} for ${metric}`).join("");
  return ` Detecting a rise of ${exactPercent(relativeEffect)} takes ${first.customers} customers ${each} for ${first.metric}${rest}.`;
}
