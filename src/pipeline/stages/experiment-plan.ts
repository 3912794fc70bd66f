import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { TrustedDataset } from "../../datasets/index.js";
import { type Engine, openDuckDb } from "../../engine/index.js";
import { contactableAt, dayBefore, spendBetween } from "../../features/index.js";
import { type ExperimentPageFacts, planReport, planSentences } from "../../reports/index.js";
import {
  type Customers,
  customersOf,
  REQUIRED_FEATURES,
  type SegmentationModel,
  type SegmentRule,
  segmentMembers,
  segmentRulesOf,
} from "../../segmentation/index.js";
import { type PlannedExperiment, planExperiment } from "../../strategy/index.js";
import { numberTexts } from "../../table/index.js";
import { checkedExperimentName, experimentFolder } from "../artifacts/experiment-folder.js";
import { planJson } from "../artifacts/experiment-plan.js";
import { type OpenedSegments, openSegments } from "../artifacts/open-segments.js";
import { writeArtifacts } from "../artifacts/write-artifacts.js";
import { writeReport } from "../artifacts/write-report.js";
import { openAudience } from "../experiment-audience.js";
import type { Stage } from "../legacy-stage.js";
import { pageFacts } from "../page-facts.js";
import { fitRulesOf } from "../segment-rules/resolve-rules.js";
import { trackedInput } from "../tracked-input.js";

/** Options of the stage that plans an experiment. */
export interface PlanStageOptions {
  /** Name of a segment, or "everyone". */
  readonly segment: string;
  readonly basis?: "rule" | "cluster";
  /** Name of the experiment; defaults to the slug of the segment. */
  readonly name?: string;
  /** Days of the experiment; defaults to the horizon of the dataset's settings. */
  readonly horizonDays?: number;
  /** Days of past spend to adjust for; defaults to twice the horizon. */
  readonly beforeDays?: number;
  /** Defaults to 0.5. */
  readonly testShare?: number;
  /** Defaults to 0.05. */
  readonly relativeEffect?: number;
  /** Defaults to 0.05. */
  readonly alpha?: number;
  /** Defaults to 0.8. */
  readonly power?: number;
  /** Quantile at which spend is capped; 1 caps nothing. Defaults to 0.99. */
  readonly winsorizeAt?: number;
}

/** A plan, and how its numbers are written. */
export interface PlanStageResult {
  readonly planned: PlannedExperiment;
  readonly facts: ExperimentPageFacts;
}

/** Plans an experiment on a segment; base rates come from who was in it one horizon ago. */
export function planExperimentStage({
  segment: asked,
  basis,
  name,
  testShare = 0.5,
  relativeEffect = 0.05,
  alpha = 0.05,
  power = 0.8,
  winsorizeAt = 0.99,
  ...days
}: PlanStageOptions): Stage<PlanStageResult> {
  return {
    name: "experiment-plan",
    run: async (context, tracked) => {
      const { say, dataset, out } = context;
      const opened = await openSegments(context, { doing: "plan", segment: asked, ...(basis ? { basis } : {}) });
      const { segment, asOf } = opened;
      const folder = experimentFolder(out, checkedExperimentName(name ?? segment.slug), "plan");
      const engine = await openDuckDb({ threads: context.threads });
      try {
        const { provenance, trusted, observations, audience } = await openAudience(engine, opened, {
          context,
          doing: "plan",
        });
        const { settings } = trusted;
        const texts = numberTexts(settings);
        const horizonDays = days.horizonDays ?? settings.strategy.horizon_days;
        const beforeDays = days.beforeDays ?? 2 * horizonDays;
        const day = dayBefore(asOf, horizonDays);
        const members = await membersAt(engine, trusted, { ...opened, day });
        if (members.length < 2) {
          throw new RangeError(
            `Cannot measure the base rates of "${segment.name}" over ${horizonDays} days: ${members.length} customers were in it on ${day}, at least 2 are needed; use a shorter --horizon-days, or figures (--customers and --rate)`,
          );
        }
        say(`  base rates: ${texts.count(members.length)} customers of ${day}, ${horizonDays} days to ${asOf}`);
        if (members.length < 100) say(`  warning: base rates of ${members.length} customers are imprecise`);
        const spend = await spendBetween(observations.engine, members, { from: dayBefore(day, -1), to: asOf });
        const spendBefore = await spendBetween(observations.engine, members, {
          from: dayBefore(day, beforeDays - 1),
          to: day,
        });
        const plan = planExperiment(
          { spend, spendBefore },
          { customers: audience.customers, testShare, relativeEffect, alpha, power, winsorizeAt },
        );
        const planned: PlannedExperiment = {
          ...{
            plan,
            segment: segment.name,
            basis: segment.basis,
            asOf,
            horizonDays,
            beforeDays,
            winsorizeAt,
            audience,
          },
          base: { asOf: day, customers: members.length },
        };
        const facts = pageFacts(context, trusted, tracked);
        const params = {
          ...{ as_of: asOf, segment: segment.name, by: segment.basis, horizon_days: horizonDays },
          ...{ before_days: beforeDays, frac: testShare, relative_effect: relativeEffect, alpha, power },
          winsorize: winsorizeAt,
        };
        await writeArtifacts(context, { folder, provenance, asOf, params, tracked }, async (temporary) => {
          const json = planJson(planned, { dataset, sentences: planSentences(plan, texts) });
          await writeFile(join(temporary, "plan.json"), json);
          await writeReport(temporary, "plan", planReport(planned, facts));
        });
        return {
          stage: "experiment-plan",
          value: { planned, facts },
          folder,
          metrics: metricsOf(planned),
          input: trackedInput(provenance),
          params,
        };
      } finally {
        engine.close();
      }
    },
  };
}

/**
 * Finds the customers who were in a segment on an earlier day and can be contacted. What they did since is what the segment
 * of today will do without a campaign; what today's members did before is not, since it put them into the segment.
 */
export async function membersAt(
  engine: Engine,
  dataset: TrustedDataset,
  { segment, model, manifest, day }: Pick<OpenedSegments, "segment" | "model" | "manifest"> & { readonly day: string },
): Promise<string[]> {
  const ofModel = segment.basis === "cluster" ? model.scaler.map(({ name }) => name) : [];
  const { ids, columns, contactable } = await contactableAt(engine, dataset, {
    day,
    features: [...new Set([...REQUIRED_FEATURES, ...ofModel])],
    returns: manifest.params["returns"] === "net" ? "net" : "drop",
  });
  const { name, basis } = segment;
  if (basis === "everyone") return ids.filter((_, row) => contactable[row]);
  const customers = customersOf(columns, { ids, asOf: day });
  const rules = rulesAt(customers, model, dataset);
  return segmentMembers(customers, { ...model, rules }, { name, basis })
    .filter((row) => contactable[row])
    .map((row) => ids[row]);
}

/** The rules of the segments, or those of the earlier day where their limits were fitted after it. */
function rulesAt(
  customers: Customers,
  model: SegmentationModel,
  { settings }: Pick<TrustedDataset, "settings">,
): readonly SegmentRule[] {
  if (model.rules_as_of === undefined || model.rules_as_of <= customers.asOf) return model.rules;
  return segmentRulesOf({ ...settings.segments, rules: "fitted" }, { fitted: fitRulesOf(customers).rules });
}

function metricsOf({ plan, audience, base }: PlannedExperiment): Record<string, number> {
  const [conversion] = plan.measures;
  const numbers: Record<string, number | null> = {
    customers: audience.customers,
    without_consent: audience.optedOut + audience.unknownConsent,
    test_customers: plan.arms.test,
    control_customers: plan.arms.control,
    base_customers: base.customers,
    base_conversion: conversion.mean,
    detectable_conversion: conversion.minimumDetectableEffect,
    needed_per_arm_conversion: conversion.neededPerArm,
    base_spend: plan.best?.mean ?? null,
    detectable_spend: plan.best?.minimumDetectableEffect ?? null,
    needed_per_arm_spend: plan.best?.neededPerArm ?? null,
  };
  return Object.fromEntries(Object.entries(numbers).filter((entry): entry is [string, number] => entry[1] !== null));
}
