import { requireFinite, requireRows } from "../checks.js";
import { mean, standardDeviation } from "../stats.js";
import { cupedAdjust } from "./cuped-adjust.js";
import type { PowerOptions } from "./experiment-options.js";
import {
  type ArmSizes,
  minimumDetectableMeanEffect,
  minimumDetectableRateEffect,
} from "./minimum-detectable-effect.js";
import { sampleSizeForMeans } from "./sample-size-for-means.js";
import { sampleSizeForProportions } from "./sample-size-for-proportions.js";
import { winsorize } from "./winsorize.js";

/** What the customers of a segment did in an earlier time as long as the experiment. */
export interface PlanColumns {
  /** In the dataset's currency, 0 for those who did not buy, shape (n,). */
  readonly spend: ArrayLike<number>;
  /** Spend in the time before that, shape (n,); without it CUPED is not planned. */
  readonly spendBefore?: ArrayLike<number>;
}

/** How an experiment is planned. */
export interface PlanOptions extends PowerOptions {
  /** Change that should be seen, relative; defaults to 0.05. */
  readonly relativeEffect?: number;
  /** Share of the customers in the test group, in (0, 1); defaults to 0.5. */
  readonly frac?: number;
  /** Customers who could take part; defaults to the number of rows. */
  readonly customers?: number;
  /** Share of the customers whose spend stays as it is, the rest is cut; defaults to 0.99. */
  readonly winsorizeAt?: number;
}

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
  readonly detectable: number | null;
}

/** What an experiment with the customers at hand can show. */
export interface ExperimentPlan {
  readonly arms: ArmSizes;
  readonly relativeEffect: number;
  /** Conversion first, then the ways to measure spend. */
  readonly measures: readonly PlannedMeasure[];
  /** The measure of spend that shows the smallest change; null if nobody spent anything. */
  readonly best: PlannedMeasure | null;
}

/**
 * Plans a test of a campaign on the customers at hand: how many customers a change of the stated size needs, and, because
 * there are seldom so many, the smallest change that those at hand can show.
 *
 * @throws {RangeError} If there are no rows, a value is not finite, or an arm would be empty.
 */
export function planExperiment(
  { spend, spendBefore }: PlanColumns,
  { relativeEffect = 0.05, frac = 0.5, customers = spend.length, winsorizeAt = 0.99, ...power }: PlanOptions = {},
): ExperimentPlan {
  const columns = { spend, ...(spendBefore ? { spendBefore } : {}) };
  requireRows("planExperiment", columns);
  requireFinite("planExperiment", columns);
  const test = Math.round(frac * customers);
  const arms = { test, control: customers - test };
  if (!(arms.test > 0 && arms.control > 0)) {
    throw new RangeError(
      `Cannot plan an experiment: a share of ${frac} of ${customers} customers leaves an arm empty, more customers are needed`,
    );
  }
  const ofMean = (measure: PlannedMeasure["measure"], y: ArrayLike<number>, x?: ArrayLike<number>): PlannedMeasure => {
    const outcome = {
      mean: mean(y),
      standardDeviation: standardDeviation(y, { ddof: 1 }),
      correlation: x ? cupedAdjust(y, x).correlation : 0,
    };
    return {
      measure,
      cuped: x !== undefined,
      mean: outcome.mean,
      neededPerArm: sampleSizeForMeans({ ...outcome, relativeEffect }, power),
      detectable: minimumDetectableMeanEffect(outcome, arms, power),
    };
  };
  let buyers = 0;
  for (let i = 0; i < spend.length; ++i) buyers += spend[i] > 0 ? 1 : 0;
  const rate = buyers / spend.length;
  const conversion: PlannedMeasure = {
    measure: "conversion",
    cuped: false,
    mean: rate,
    neededPerArm:
      rate > 0 && rate * (1 + relativeEffect) < 1 ? sampleSizeForProportions({ rate, relativeEffect }, power) : null,
    detectable: rate > 0 && rate < 1 ? minimumDetectableRateEffect(rate, arms, power) : null,
  };
  if (!(mean(spend) > 0 && standardDeviation(spend) > 0)) {
    return { arms, relativeEffect, measures: [conversion], best: null };
  }
  const cut = winsorize(spend, { at: winsorizeAt }).values;
  // Where so few buy that all of it is above the quantile, nothing is left to compare.
  const usable = mean(cut) > 0 && standardDeviation(cut) > 0;
  const cutBefore = spendBefore && winsorize(spendBefore, { at: winsorizeAt }).values;
  const measures = [
    ofMean("spend", spend),
    ...(spendBefore ? [ofMean("spend", spend, spendBefore)] : []),
    ...(usable ? [ofMean("winsorized spend", cut)] : []),
    ...(usable && cutBefore ? [ofMean("winsorized spend", cut, cutBefore)] : []),
  ];
  const best = [...measures].sort((a, b) => (a.detectable ?? 0) - (b.detectable ?? 0))[0];
  return { arms, relativeEffect, measures: [conversion, ...measures], best };
}
