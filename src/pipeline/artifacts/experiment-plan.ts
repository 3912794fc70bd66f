import type { PlannedExperiment } from "../../strategy/index.js";

/** Writes the text of `plan.json`. */
export function planJson(
  planned: PlannedExperiment,
  { dataset, sentences }: { readonly dataset: string; readonly sentences: string },
): string {
  const { plan, segment, basis, asOf, horizonDays, beforeDays, winsorizeAt, audience, base } = planned;
  const value = {
    dataset,
    segment,
    by: basis,
    as_of: asOf,
    horizon_days: horizonDays,
    before_days: beforeDays,
    customers: audience.customers,
    refused: audience.optedOut,
    unknown_consent: audience.unknownConsent,
    consent_known: audience.consentKnown,
    base: { as_of: base.asOf, customers: base.customers },
    test: plan.arms.test,
    control: plan.arms.control,
    alpha: plan.alpha,
    power: plan.power,
    relative_effect: plan.relativeEffect,
    winsorize: winsorizeAt,
    measures: plan.measures.map(({ measure, cuped, mean, neededPerArm, minimumDetectableEffect }) => ({
      measure,
      cuped,
      mean,
      needed_per_arm: neededPerArm,
      detectable: minimumDetectableEffect,
    })),
    in_words: sentences,
  };
  return `${JSON.stringify(value, null, 2)}\n`;
}
