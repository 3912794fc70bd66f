import type { ExperimentPlan, PlannedMeasure } from "../../strategy/index.js";
import { type Conventions, numberTexts } from "../../table/index.js";
import { EVERYONE } from "./choose-segment.js";
import { markdownTable } from "./markdown-table.js";
import { participantsInWords } from "./participants-in-words.js";
import type { PlannedExperiment } from "./planned-experiment.js";

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
    measures: plan.measures.map(({ measure, cuped, mean, neededPerArm, minimumDetectableEffect }) => ({
      measure,
      cuped,
      mean,
      needed_per_arm: neededPerArm,
      minimumDetectableEffect,
    })),
    in_words: inWords,
  };
  return `${JSON.stringify(value, null, 2)}\n`;
}

/** What the star in {@link planRows} means. */
export const bestNote = "shows the smallest change of spend";

/** A plan's measures as rows of text, the header their keys. */
export function planRows(
  { measures, relativeEffect, best }: ExperimentPlan,
  options: Partial<Conventions>,
): Record<string, string>[] {
  const { count, percent, exactPercent, money } = numberTexts(options);
  return measures.map((measure) => {
    const amount = measure.measure === "conversion" ? (value: number) => percent(value) : money;
    const { mean, minimumDetectableEffect, neededPerArm } = measure;
    return {
      measure: `${measureName(measure)}${measure === best ? " *" : ""}`,
      "without campaign": amount(mean),
      "visible from": minimumDetectableEffect === null ? "none" : amount(mean * (1 + minimumDetectableEffect)),
      rise: minimumDetectableEffect === null ? "" : percent(minimumDetectableEffect),
      [`each group for +${exactPercent(relativeEffect)}`]: neededPerArm === null ? "" : count(neededPerArm),
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
export function planMarkdown(value: PlannedExperiment, settings: Partial<Conventions>): string {
  const { plan, segment, inWords } = value;
  return [
    `# Plan of a test: ${segment}`,
    "",
    inWords,
    "",
    ...markdownTable(planRows(plan, settings)),
    "",
    ...(plan.best ? [`\\* ${bestNote}.`, ""] : []),
    ...factsInWords(value, settings).map((fact) => `- ${fact}.`),
    "",
  ].join("\n");
}

/** Where a plan's numbers come from, one line each. */
function factsInWords(
  { plan, segment, asOf, horizonDays, beforeDays, winsorizeAt, participants, base }: PlannedExperiment,
  settings: Partial<Conventions>,
): string[] {
  const { count, exactPercent } = numberTexts(settings);
  const who = participantsInWords(participants, { segment, asOf, ...settings });
  const has = (which: (measure: PlannedMeasure) => boolean) => plan.measures.some(which);
  const members = segment === EVERYONE ? `customers of ${base.asOf}` : `customers who were in it on ${base.asOf}`;
  return [
    `${who.charAt(0).toUpperCase()}${who.slice(1)}`,
    `The test runs ${horizonDays} days. What happens without a campaign is what the ${count(base.customers)} ${members} bought in the ${horizonDays} days to ${asOf}`,
    ...(has(({ cuped }) => cuped) ? [`Past spend is that of the ${beforeDays} days before these (CUPED)`] : []),
    ...(has(({ measure }) => measure === "winsorized spend")
      ? [
          `Outliers are amounts that ${exactPercent(1 - winsorizeAt)} of the customers exceed: they count as the largest that the others spent (winsorized)`,
        ]
      : []),
    `If the campaign changes nothing, the test will call chance a difference ${exactPercent(plan.alpha)} of the time; a rise to what is "visible from" it will see ${exactPercent(plan.power)} of the time`,
  ];
}
