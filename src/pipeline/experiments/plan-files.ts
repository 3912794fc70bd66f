import { type NumberTextOptions, numberTexts } from "../../number-texts.js";
import type { ExperimentPlan, PlannedMeasure } from "../../strategy/index.js";
import type { PlannedExperiment } from "./plan-stage.js";

/** The plan as JSON, names as in other files of artifacts. */
export function planJson(
  { plan, segment, asOf, horizonDays, beforeDays, winsorizeAt, participants, base, inWords }: PlannedExperiment,
  { dataset, basis }: { readonly dataset: string; readonly basis: string },
): string {
  const value = {
    dataset,
    segment,
    by: basis,
    as_of: asOf,
    horizon_days: horizonDays,
    before_days: beforeDays,
    customers: participants.ids.length,
    refused: participants.refused,
    unknown_consent: participants.unknownConsent,
    consent_known: participants.consentKnown,
    base: { as_of: base.asOf, customers: base.customers },
    test: plan.arms.test,
    control: plan.arms.control,
    alpha: plan.alpha,
    power: plan.power,
    relative_effect: plan.relativeEffect,
    winsorize: winsorizeAt,
    measures: plan.measures.map(({ measure, cuped, mean, neededPerArm, detectable }) => ({
      measure,
      cuped,
      mean,
      needed_per_arm: neededPerArm,
      detectable,
    })),
    in_words: inWords,
  };
  return `${JSON.stringify(value, null, 2)}\n`;
}

/** A plan's measures as rows of text, the header their keys. */
export function planRows(
  { measures, relativeEffect, best }: ExperimentPlan,
  options: NumberTextOptions,
): Record<string, string>[] {
  const { count, percent, money } = numberTexts(options);
  return measures.map((measure) => {
    const amount = measure.measure === "conversion" ? (value: number) => percent(value) : money;
    const { mean, detectable, neededPerArm } = measure;
    return {
      measure: `${measureName(measure)}${measure === best ? " *" : ""}`,
      "without campaign": amount(mean),
      "visible from": detectable === null ? "none" : amount(mean * (1 + detectable)),
      rise: detectable === null ? "" : percent(detectable),
      [`each group for +${percent(relativeEffect, 0)}`]: neededPerArm === null ? "" : count(neededPerArm),
    };
  });
}

/** What a measure is, in people's words. */
export function measureName({ measure, cuped }: Pick<PlannedMeasure, "measure" | "cuped">): string {
  const names = {
    conversion: "share of buyers",
    spend: "spend per customer",
    "winsorized spend": "spend, outliers cut",
  };
  return `${names[measure]}${cuped ? ", past spend used" : ""}`;
}

/** The plan as a page. */
export function planMarkdown(value: PlannedExperiment, settings: NumberTextOptions): string {
  const { plan, segment, asOf, horizonDays, beforeDays, winsorizeAt, participants, base, inWords } = value;
  const { count, percent } = numberTexts(settings);
  const rows = planRows(plan, settings);
  const header = Object.keys(rows[0]);
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [
    `# Plan of a test: ${segment}`,
    "",
    inWords,
    "",
    line(header),
    line(header.map((_, i) => (i === 0 ? "---" : "---:"))),
    ...rows.map((row) => line(Object.values(row))),
    "",
    ...(plan.best ? ["\\* shows the smallest change of spend.", ""] : []),
    `- ${count(participants.ids.length)} customers may take part as of ${asOf}; ${count(participants.refused)} refused marketing, ${count(participants.unknownConsent)} gave no answer${participants.consentKnown ? "" : " (the dataset does not say who agreed)"}.`,
    `- The test runs ${horizonDays} days. Base rates are what the ${count(base.customers)} customers who were in the segment on ${base.asOf} bought in the ${horizonDays} days to ${asOf}.`,
    `- "Spend before" is that of the ${beforeDays} days before (CUPED); amounts above the ${percent(winsorizeAt, 0)} quantile are cut (winsorized).`,
    `- A difference where there is none is seen with a chance of ${percent(plan.alpha, 0)} (two-sided), a rise of the stated size with ${percent(plan.power, 0)}.`,
    "",
  ].join("\n");
}
