import type { ExperimentPlan, PlannedMeasure } from "../../../strategy/index.js";
import type { NumberTexts } from "../../../table/index.js";

/**
 * Summarizes a plan: the smallest rises that the customers at hand can show, and the group sizes that a worthwhile rise takes.
 *
 * @example
 * const plan = planExperiment({ spend: [0, 10, 0, 30, 20, 0] }, { customers: 4000, winsorizeAt: 1 });
 * planSentences(plan, numberTexts());
 * // "With 2,000 customers per group, the test can detect a rise in the conversion rate from 50.0% to 54.4% or more, and in spend per customer (€10.00) of 11% or more if more customers buy and 12% or more if buyers spend more. Power is 80%. Detecting a rise of 5% takes 6,272 customers per group for the conversion rate and 10,562 for spend."
 */
export function planSentences(plan: ExperimentPlan, texts: NumberTexts): string {
  const { arms, power, measures, spend } = plan;
  const { count, percent, exactPercent } = texts;
  const [conversion] = measures;
  const groups =
    arms.test === arms.control
      ? `With ${count(arms.test)} customers per group`
      : `With ${count(arms.test)} test and ${count(arms.control)} control customers`;
  const rate = rateText(conversion, texts);
  const amounts = spend && spendText(spend, texts);
  const rises = [...(rate ? [`in the conversion rate ${rate}`] : []), ...(amounts ? [amounts] : [])];
  const ability = rises.length
    ? `the test can detect a rise ${rises.join(", and ")}.`
    : `the test cannot detect a rise in the conversion rate (${percent(conversion.mean)}).`;
  const limit =
    !rate && amounts ? ` A rise in the conversion rate (${percent(conversion.mean)}) cannot be detected.` : "";
  const certainty = rises.length ? ` Power is ${exactPercent(power)}.` : "";
  const unreliable = spend ? unreliableText(plan, texts) : "";
  return `${groups}, ${ability}${limit}${certainty}${unreliable}${needSentence(plan, texts)}${rises.length ? cautionSentence(plan) : ""}`;
}

function rateText({ mean, minimumDetectableEffect }: PlannedMeasure, { percent }: NumberTexts): string | undefined {
  return minimumDetectableEffect === null
    ? undefined
    : `from ${percent(mean)} to ${percent(mean * (1 + minimumDetectableEffect))} or more`;
}

const CAUSES = { "more buyers": "more customers buy", "larger purchases": "buyers spend more" } as const;

function spendText({ mean, cuped, rises }: PlannedMeasure, { percent, money }: NumberTexts): string | undefined {
  const seen = rises.flatMap(({ rise, minimumDetectableEffect: effect }) =>
    effect === null ? [] : [`${percent(effect, 0)} or more if ${CAUSES[rise]}`],
  );
  if (!seen.length) return undefined;
  return `in spend per customer (${money(mean)}${cuped ? ", adjusted for past spend" : ""}) of ${seen.join(" and ")}`;
}

/** Says that spend will have no interval, where the groups are too small. */
function unreliableText({ arms, reliableFrom }: ExperimentPlan, { count }: NumberTexts): string {
  return Math.min(arms.test, arms.control) < reliableFrom
    ? ` Spend per customer needs ${count(reliableFrom)} customers per group for a reliable interval: in smaller groups, a few large orders decide the mean.`
    : "";
}

/** The formulas assume normally distributed means, which few customers or few buyers do not have. */
function cautionSentence({ arms: { test, control }, measures: [{ mean }] }: ExperimentPlan): string {
  const customers = Math.min(test, control);
  if (customers < 30) return " With fewer than 30 customers per group, these figures are rough.";
  return customers * mean < 5 ? " With fewer than 5 expected buyers per group, these figures are rough." : "";
}

/** States the group sizes that a worthwhile rise takes, where the customers at hand are too few. */
function needSentence(
  { arms, relativeEffect, measures: [conversion], spend }: ExperimentPlan,
  { count, exactPercent }: NumberTexts,
): string {
  const needs = (
    [
      [conversion, "the conversion rate"],
      [spend, "spend"],
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
