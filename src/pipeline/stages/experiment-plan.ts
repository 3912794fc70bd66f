import {
  type ExperimentPageFacts,
  experimentPageFacts,
  groupsText,
  planReport,
  planSentences,
  planText,
} from "../../reports/index.js";
import type { PlannedExperiment } from "../../strategy/index.js";
import { fileTexts } from "../../table/index.js";
import { planJson, planRecord } from "../artifacts/experiment-plan.js";
import { segmentAssignments, segmentationModel } from "../artifacts/segment-assignments.js";
import { experimentPlace, openAudience } from "../inputs/audience.js";
import { planAudience } from "../inputs/base-rates.js";
import { experimentOptions, requireExperiment } from "../options/experiment-options.js";
import { defineOptions } from "../options/option-schema.js";
import type { TrustedStage } from "../stage.js";

const options = defineOptions(experimentOptions);

/** A plan, and how its numbers are written. */
export interface PlanResult {
  readonly planned: PlannedExperiment;
  readonly facts: ExperimentPageFacts;
}

/** Segments -> what a test of a campaign on one of them can show. */
export const experimentPlanStage: TrustedStage<typeof options, PlanResult> = {
  name: "experiment-plan",
  folder: "experiments",
  about: "Plan a test of a campaign on a segment: detectable change and required sample size",
  options,
  opens: "trusted",
  reads: [segmentAssignments, segmentationModel],
  dayOf: segmentAssignments,
  settings: ["strategy", "segments", "currency", "locale"],
  seeded: false,
  always: true,
  check: (given) => requireExperiment("plan", given),
  place: experimentPlace("plan"),
  async run(work, given) {
    const { asOf, context, dataset, run } = work;
    const planned = await planAudience(work, await openAudience(work, given), given);
    const next = work.commandLine(
      { stage: { name: "experiment-split", options }, options: given },
      { asOf, ...(context.seed === undefined ? {} : { seed: context.seed }) },
    );
    const facts = experimentPageFacts(dataset.trusted, { next, runId: run.id, gitCommit: context.gitCommit });
    const sentences = planSentences(planned.plan, fileTexts(facts));
    const report = planReport(planned, facts);
    await work.write("plan.json", planJson(planned, { dataset: context.dataset, sentences }));
    await work.write("plan.md", { report });
    await work.write("plan.html", { report });
    return { planned, facts };
  },
  metrics: ({ planned: { plan, audience, base } }) => {
    const [conversion] = plan.measures;
    return known({
      customers: audience.customers,
      without_consent: audience.optedOut + audience.unknownConsent,
      test_customers: plan.arms.test,
      control_customers: plan.arms.control,
      base_customers: base.customers,
      base_conversion: conversion.mean,
      detectable_conversion: conversion.minimumDetectableEffect,
      needed_per_arm_conversion: conversion.neededPerArm,
      base_spend: plan.spend?.mean ?? null,
      detectable_spend: plan.spend?.minimumDetectableEffect ?? null,
      needed_per_arm_spend: plan.spend?.neededPerArm ?? null,
    });
  },
  params: ({ planned: { segment, basis, horizonDays, beforeDays } }) => ({
    segment,
    by: basis,
    horizon_days: horizonDays,
    before_days: beforeDays,
  }),
  facts: ({ planned: { segment, plan } }) => groupsText({ name: segment, ...plan.arms }),
  summary: ({ planned, facts }) => planText(planned.plan, facts),
  answer: ({ planned, facts }) =>
    planRecord(planned, { dataset: facts.dataset, sentences: planSentences(planned.plan, fileTexts(facts)) }),
};

function known(numbers: Readonly<Record<string, number | null>>): Record<string, number> {
  return Object.fromEntries(Object.entries(numbers).filter((entry): entry is [string, number] => entry[1] !== null));
}
