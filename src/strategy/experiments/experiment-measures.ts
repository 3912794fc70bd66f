import type { ArmSizes } from "./arm-sizes.js";
import { minimumDetectableMeanEffect, minimumDetectableRateEffect } from "./minimum-detectable-effect.js";
import { type MeanEffect, sampleSizeForMeans } from "./sample-size-for-means.js";
import { sampleSizeForProportions } from "./sample-size-for-proportions.js";

/** One way to measure the outcome, and what can be seen by it. */
export interface PlannedMeasure {
  readonly measure: "conversion" | "spend" | "winsorized spend";
  /** True if the spend of the time before is taken into account. */
  readonly cuped: boolean;
  /** Share of buyers, or mean spend. */
  readonly mean: number;
  /** Customers per arm, of two equal ones, to see the change; null where it would lift a share to 1. */
  readonly neededPerArm: number | null;
  /** The smallest relative change that the customers at hand show; null if none would. */
  readonly minimumDetectableEffect: number | null;
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
  return {
    measure: "conversion",
    cuped: false,
    mean: rate,
    neededPerArm:
      rate > 0 && rate * (1 + relativeEffect) < 1 ? sampleSizeForProportions({ rate, relativeEffect }, power) : null,
    minimumDetectableEffect: rate > 0 && rate < 1 ? minimumDetectableRateEffect(rate, arms, power) : null,
  };
}

/** Returns the measure with the smallest detectable change, the first of equal ones; null if there is none. */
export function bestMeasure(measures: readonly PlannedMeasure[]): PlannedMeasure | null {
  const rank = ({ minimumDetectableEffect }: PlannedMeasure) => minimumDetectableEffect ?? Number.POSITIVE_INFINITY;
  return measures.reduce<PlannedMeasure | null>(
    (best, measure) => (best && rank(best) <= rank(measure) ? best : measure),
    null,
  );
}

/** Plans for a mean spend, with CUPED if a correlation is given. */
export function plannedSpend(
  measure: "spend" | "winsorized spend",
  spend: Omit<MeanEffect, "relativeEffect">,
  { arms, relativeEffect, ...power }: MeasureOptions,
): PlannedMeasure {
  return {
    measure,
    cuped: spend.correlation !== undefined,
    mean: spend.mean,
    neededPerArm: sampleSizeForMeans({ ...spend, relativeEffect }, power),
    minimumDetectableEffect: minimumDetectableMeanEffect(spend, arms, power),
  };
}
