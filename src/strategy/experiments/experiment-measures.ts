import type { ArmSizes } from "./arm-sizes.js";
import { detectableRises, sampleSizeForRise } from "./detectable-rise.js";
import { minimumDetectableRateEffect } from "./minimum-detectable-rate-effect.js";
import { sampleSizeForProportions } from "./sample-size-for-proportions.js";
import { SPEND_RISES, type SpendModel, type SpendRise } from "./spend-model.js";

/** A way in which a campaign can raise a metric, and what can be seen of it. */
export interface PlannedRise {
  readonly rise: SpendRise;
  /** Customers per arm, of two equal ones, to see the change; null where it is not possible. */
  readonly neededPerArm: number | null;
  /** The smallest relative change that the customers at hand show; null if none would. */
  readonly minimumDetectableEffect: number | null;
}

/** One way to measure the outcome, and what can be seen by it. */
export interface PlannedMeasure {
  readonly measure: "conversion" | "spend" | "winsorized spend";
  /** True if the spend of the time before is taken into account. */
  readonly cuped: boolean;
  /** Share of buyers, or mean spend. */
  readonly mean: number;
  /** What can be seen, by how the metric rises: conversion by more buyers, spend by larger purchases as well. */
  readonly rises: readonly PlannedRise[];
  /** The smallest relative change that is detected, however the metric rises; null if there is none. */
  readonly minimumDetectableEffect: number | null;
  /** Customers per arm, of two equal ones, to see the change however it comes about; null where it is not possible. */
  readonly neededPerArm: number | null;
}

/** Options for planning measures. */
export interface MeasureOptions {
  readonly arms: ArmSizes;
  readonly relativeEffect: number;
  readonly alpha: number;
  readonly power: number;
}

/** Plans for a share of buyers, in [0, 1]. */
export function plannedRate(rate: number, { arms, relativeEffect, ...power }: MeasureOptions): PlannedMeasure {
  const isPossible = rate > 0 && rate * (1 + relativeEffect) < 1;
  const seen = {
    neededPerArm: isPossible ? sampleSizeForProportions({ rate, relativeEffect }, power) : null,
    minimumDetectableEffect: rate > 0 && rate < 1 ? minimumDetectableRateEffect(rate, arms, power) : null,
  };
  return { measure: "conversion", cuped: false, mean: rate, rises: [{ rise: "more buyers", ...seen }], ...seen };
}

/** Mean spend to plan for. */
export interface SpendMeasure extends Pick<PlannedMeasure, "cuped" | "mean"> {
  readonly measure: "spend" | "winsorized spend";
  readonly model: (rise: SpendRise) => SpendModel;
  /** Customers per arm from which the measure has an interval. */
  readonly smallestArm: number;
}

/** Plans for a mean spend. */
export function plannedSpend(
  { model, smallestArm, ...measure }: SpendMeasure,
  { arms, relativeEffect, ...power }: MeasureOptions,
): PlannedMeasure {
  const isReliable = Math.min(arms.test, arms.control) >= smallestArm;
  const detectable = isReliable ? detectableRises(model, arms, power) : null;
  const rises = SPEND_RISES.map((rise): PlannedRise => {
    const needed = sampleSizeForRise(model(rise), relativeEffect, power);
    return {
      rise,
      neededPerArm: needed === null ? null : Math.max(needed, smallestArm),
      minimumDetectableEffect: detectable?.byRise[rise] ?? null,
    };
  });
  const needed = rises.flatMap(({ neededPerArm }) => (neededPerArm === null ? [] : [neededPerArm]));
  return {
    ...measure,
    rises,
    neededPerArm: needed.length ? Math.max(...needed) : null,
    minimumDetectableEffect: detectable?.eitherWay ?? null,
  };
}
