import { requireFinite, requireRows } from "../checks.js";
import { mean, standardDeviation } from "../stats.js";
import { type ArmSizes, armSizes } from "./arm-sizes.js";
import { cupedAdjust } from "./cuped-adjust.js";
import { type PlannedMeasure, plannedRate, plannedSpend } from "./experiment-measures.js";
import type { PowerOptions } from "./experiment-options.js";
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

/** What an experiment with the customers at hand can show. */
export interface ExperimentPlan {
  readonly arms: ArmSizes;
  readonly relativeEffect: number;
  readonly alpha: number;
  readonly power: number;
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
  {
    relativeEffect = 0.05,
    frac = 0.5,
    customers = spend.length,
    winsorizeAt = 0.99,
    alpha = 0.05,
    power = 0.8,
  }: PlanOptions = {},
): ExperimentPlan {
  const columns = { spend, ...(spendBefore ? { spendBefore } : {}) };
  requireRows("planExperiment", columns);
  requireFinite("planExperiment", columns);
  const arms = armSizes(customers, frac, "plan");
  const options = { arms, relativeEffect, alpha, power };
  const ofMean = (measure: "spend" | "winsorized spend", y: ArrayLike<number>, x?: ArrayLike<number>) => {
    const outcome = { mean: mean(y), standardDeviation: standardDeviation(y, { ddof: 1 }) };
    return plannedSpend(measure, x ? { ...outcome, correlation: cupedAdjust(y, x).correlation } : outcome, options);
  };
  let buyers = 0;
  for (let i = 0; i < spend.length; ++i) buyers += spend[i] > 0 ? 1 : 0;
  const conversion = plannedRate(buyers / spend.length, options);
  if (!(mean(spend) > 0 && standardDeviation(spend) > 0)) return { ...options, measures: [conversion], best: null };
  const cut = winsorize(spend, { at: winsorizeAt }).values;
  // Where so few buy that all of it is above the quantile, nothing is left to compare.
  const usable = winsorizeAt < 1 && mean(cut) > 0 && standardDeviation(cut) > 0;
  const cutBefore = spendBefore && winsorize(spendBefore, { at: winsorizeAt }).values;
  const measures = [
    ofMean("spend", spend),
    ...(spendBefore ? [ofMean("spend", spend, spendBefore)] : []),
    ...(usable ? [ofMean("winsorized spend", cut)] : []),
    ...(usable && cutBefore ? [ofMean("winsorized spend", cut, cutBefore)] : []),
  ];
  return { ...options, measures: [conversion, ...measures], best: bestOf(measures) };
}

/** The measure that shows the smallest change; of equal ones the first. */
function bestOf(measures: readonly PlannedMeasure[]): PlannedMeasure | null {
  return [...measures].sort((a, b) => (a.detectable ?? 0) - (b.detectable ?? 0))[0] ?? null;
}
