import { requireKnownOptions } from "../../errors.js";
import { plannedRate, plannedSpend } from "./experiment-measures.js";
import { requireCorrelation, requirePositive, requireShare } from "./experiment-options.js";
import { type ExperimentPlan, type PlanOptions, planDesign } from "./plan-experiment.js";
import { spendModelOfFigures } from "./spend-model.js";

/** Known figures on customers without a campaign. */
export interface PlanFigures {
  /** Share of buyers, in (0, 1). */
  readonly rate: number;
  /** Spend per customer, those who buy nothing among them; with a correlation CUPED is planned as well. */
  readonly spend?: {
    readonly mean: number;
    readonly standardDeviation: number;
    /** With the spend of the time before, in (-1, 1). */
    readonly correlation?: number;
  };
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
    reliableFrom: true,
    alpha: true,
    power: true,
  });
  const caller = "planExperimentByFigures";
  requireShare(caller, "rate", rate);
  const { reliableFrom, ...design } = planDesign(caller, options);
  const conversion = plannedRate(rate, design);
  if (!spend) return { ...design, measures: [conversion], spend: null, reliableFrom };
  const { mean, standardDeviation, correlation } = spend;
  requirePositive(caller, "mean", mean);
  requirePositive(caller, "standardDeviation", standardDeviation);
  requireCorrelation(caller, correlation ?? 0);
  const measures = (correlation === undefined ? [0] : [0, correlation]).map((own, i) =>
    plannedSpend(
      {
        measure: "spend",
        cuped: i > 0,
        mean,
        model: (rise) => spendModelOfFigures({ rate, mean, standardDeviation, correlation: own }, { rise }),
        smallestArm: reliableFrom,
      },
      design,
    ),
  );
  return { ...design, measures: [conversion, ...measures], spend: measures[measures.length - 1], reliableFrom };
}
