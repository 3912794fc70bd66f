import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { openDuckDb } from "../../engine/index.js";
import { dayBefore } from "../../features/index.js";
import { planExperiment, planInWords } from "../../strategy/index.js";
import { numberTexts } from "../../table/index.js";
import { writeArtifacts } from "../artifacts/write-artifacts.js";
import type { Stage } from "../legacy-stage.js";
import { trackedInput } from "../tracked-input.js";
import { checkedExperimentName, experimentFolder } from "./experiment-folder.js";
import { membersAt } from "./members-at.js";
import { openParticipants } from "./open-participants.js";
import { openSegments } from "./open-segments.js";
import { planJson, planMarkdown } from "./plan-files.js";
import type { PlannedExperiment } from "./planned-experiment.js";
import { beforeDaysOf, spendBetween, spendOf } from "./spend-between.js";

/** Whom an experiment is planned for, and how sure it should be. */
export interface PlanStageOptions {
  /** Name of a segment, or "everyone". */
  readonly segment: string;
  readonly basis?: "rule" | "cluster";
  /** Defaults to the segment's name for files. */
  readonly name?: string;
  /** Days that the experiment runs; defaults to the horizon of the dataset's settings. */
  readonly horizonDays?: number;
  /** Days of the spend before that is taken into account; defaults to twice the horizon. */
  readonly beforeDays?: number;
  /** Defaults to 0.5. */
  readonly testShare?: number;
  /** Defaults to 0.05. */
  readonly relativeEffect?: number;
  /** Defaults to 0.05. */
  readonly alpha?: number;
  /** Defaults to 0.8. */
  readonly power?: number;
  /** Share of the customers whose spend stays as it is; 1 cuts nothing. Defaults to 0.99. */
  readonly winsorizeAt?: number;
}

/** Segments -> what a test on one of them can show, measured on who was in it one horizon ago. */
export function planExperimentStage({
  segment: asked,
  basis,
  name,
  horizonDays,
  beforeDays,
  testShare = 0.5,
  relativeEffect = 0.05,
  alpha = 0.05,
  power = 0.8,
  winsorizeAt = 0.99,
}: PlanStageOptions): Stage<PlannedExperiment> {
  return {
    name: "experiment-plan",
    run: async (context, tracked) => {
      const { say, dataset, out } = context;
      const opened = await openSegments(context, { doing: "plan", segment: asked, ...(basis ? { basis } : {}) });
      const { segment, asOf } = opened;
      const folder = experimentFolder(out, checkedExperimentName(name ?? segment.slug), "plan");
      const engine = await openDuckDb({ threads: context.threads });
      try {
        const { provenance, trusted, observations, participants } = await openParticipants(engine, opened, {
          context,
          doing: "plan",
        });
        const { settings } = trusted;
        const horizon = horizonDays ?? settings.strategy.horizon_days;
        const before = beforeDays ?? beforeDaysOf(horizon);
        const day = dayBefore(asOf, horizon);
        const members = await membersAt(engine, trusted, { ...opened, day });
        if (members.length < 2) {
          throw new RangeError(
            `Cannot measure what "${segment.name}" does in ${horizon} days: ${members.length} customers were in it on ${day}, at least 2 are needed; shorter --horizon-days, or figures of your own (--customers and --rate) do without`,
          );
        }
        const texts = numberTexts(settings);
        say(
          `  base rates: what the ${texts.count(members.length)} customers ${segment.basis === "everyone" ? "of" : "who were in it on"} ${day} bought in the ${horizon} days to ${asOf}`,
        );
        if (members.length < 100) say(`  warning: ${members.length} customers are few to measure base rates by`);
        const spend = spendOf(members, await spendBetween(observations.engine, { from: dayBefore(day, -1), to: asOf }));
        const spendBefore = spendOf(
          members,
          await spendBetween(observations.engine, { from: dayBefore(day, before - 1), to: day }),
        );
        const plan = planExperiment(
          { spend, spendBefore },
          { customers: participants.ids.length, testShare, relativeEffect, alpha, power, winsorizeAt },
        );
        const value: PlannedExperiment = {
          plan,
          segment: segment.name,
          asOf,
          horizonDays: horizon,
          beforeDays: before,
          winsorizeAt,
          participants,
          base: { asOf: day, customers: members.length },
          settings: { locale: settings.locale, currency: settings.currency },
          inWords: planInWords(plan, settings),
        };
        const params = {
          as_of: asOf,
          segment: segment.name,
          by: segment.basis,
          horizon_days: horizon,
          before_days: before,
          testShare,
          relative_effect: relativeEffect,
          alpha,
          power,
          winsorize: winsorizeAt,
        };
        await writeArtifacts(context, { folder, provenance, asOf, params, tracked }, async (temporary) => {
          await writeFile(join(temporary, "plan.json"), planJson(value, { dataset, basis: segment.basis }));
          await writeFile(join(temporary, "plan.md"), planMarkdown(value, settings));
        });
        return {
          stage: "experiment-plan",
          value,
          folder,
          metrics: metricsOf(value),
          input: trackedInput(provenance),
          params,
        };
      } finally {
        engine.close();
      }
    },
  };
}

function metricsOf({ plan, participants, base }: PlannedExperiment): Record<string, number> {
  const [conversion] = plan.measures;
  const numbers: Record<string, number | null> = {
    customers: participants.ids.length,
    without_consent: participants.refused + participants.unknownConsent,
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
