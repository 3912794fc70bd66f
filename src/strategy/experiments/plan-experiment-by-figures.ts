import { requireKnownOptions } from "../../errors.js";
import { armSizes } from "./arm-sizes.js";
import { bestMeasure, plannedRate, plannedSpend } from "./experiment-measures.js";
import { requireShare } from "./experiment-options.js";
import type { ExperimentPlan, PlanOptions } from "./plan-experiment.js";
import type { MeanEffect } from "./sample-size-for-means.js";

/** Known figures on customers without a campaign. */
export interface PlanFigures {
  /** Share of buyers, in (0, 1). */
  readonly rate: number;
  /** Spend per customer, those who buy nothing among them; with a correlation CUPED is planned as well. */
  readonly spend?: Omit<MeanEffect, "relativeEffect">;
}

/**
 * Plans an experiment from figures, where {@link planExperiment} takes a history.
 *
 * @throws {RangeError} If a figure is out of range, or an arm would be empty.
 *
 * @example
 * planExperimentByFigures({ rate: 0.1 }, { customers: 7678, relativeEffect: 0.2 }).measures[0].neededPerArm; // 3839
 */
export function planExperimentByFigures(
  { rate, spend }: PlanFigures,
  options: Omit<PlanOptions, "customers" | "winsorizeAt"> & { readonly customers: number },
): ExperimentPlan {
  requireKnownOptions("plan an experiment", options, {
    customers: true,
    relativeEffect: true,
    testShare: true,
    alpha: true,
    power: true,
  });
  const { customers, relativeEffect = 0.05, testShare = 0.5, alpha = 0.05, power = 0.8 } = options;
  requireShare("planExperimentByFigures", "rate", rate);
  const design = { arms: armSizes(customers, testShare, "plan"), relativeEffect, alpha, power };
  const conversion = plannedRate(rate, design);
  if (!spend) return { ...design, measures: [conversion], best: null };
  const { correlation: _, ...plain } = spend;
  const measures = [
    plannedSpend("spend", plain, design),
    ...(spend.correlation === undefined ? [] : [plannedSpend("spend", spend, design)]),
  ];
  return { ...design, measures: [conversion, ...measures], best: bestMeasure(measures) };
}
