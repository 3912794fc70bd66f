import {
  type ExperimentPageFacts,
  experimentPageFacts,
  planReport,
  planSentences,
  planText,
} from "../../reports/index.js";
import { type PlannedExperiment, planExperiment } from "../../strategy/index.js";
import { fileTexts } from "../../table/index.js";
import { planJson } from "../artifacts/experiment-plan.js";
import { segmentAssignments, segmentationModel } from "../artifacts/segment-assignments.js";
import { experimentPlace, openAudience } from "../inputs/audience.js";
import { measureBaseRates } from "../inputs/base-rates.js";
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
    const { testShare, relativeEffect, alpha, power, winsorize } = given;
    const { asOf, context, dataset, run } = work;
    const opened = await openAudience(work, given);
    const { segment, audience } = opened;
    const horizonDays = given.horizonDays ?? dataset.trusted.settings.strategy.horizon_days;
    const beforeDays = given.beforeDays ?? 2 * horizonDays;
    const { base, spend, spendBefore } = await measureBaseRates(work, opened, { horizonDays, beforeDays });
    const plan = planExperiment(
      { spend, spendBefore },
      { customers: audience.customers, testShare, relativeEffect, alpha, power, winsorizeAt: winsorize },
    );
    const planned: PlannedExperiment = {
      plan,
      segment: segment.name,
      basis: segment.basis,
      asOf,
      horizonDays,
      beforeDays,
      winsorizeAt: winsorize,
      audience,
      base,
    };
    const next = work.commandLine(
      { stage: { name: "experiment-split", options }, options: given },
      { asOf, ...(context.seed === undefined ? {} : { seed: context.seed }) },
    );
    const facts = experimentPageFacts(dataset.trusted, { next, runId: run.id, gitCommit: context.gitCommit });
    const sentences = planSentences(plan, fileTexts(facts));
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
  summary: ({ planned, facts }) => planText(planned.plan, facts),
};

function known(numbers: Readonly<Record<string, number | null>>): Record<string, number> {
  return Object.fromEntries(Object.entries(numbers).filter((entry): entry is [string, number] => entry[1] !== null));
}
