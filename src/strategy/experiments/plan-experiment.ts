import { requireKnownOptions } from "../../errors.js";
import { mean, requireRows, standardDeviation } from "../../numeric/index.js";
import { type ArmSizes, armSizes } from "./arm-sizes.js";
import { cupedAdjust } from "./cuped-adjust.js";
import {
  bestMeasure,
  type MeasureOptions,
  type PlannedMeasure,
  plannedRate,
  plannedSpend,
} from "./experiment-measures.js";
import { type PowerOptions, requireAmounts, requirePositive } from "./experiment-options.js";
import { winsorizeSpend } from "./winsorize-spend.js";

/** Behaviour of a segment's customers in an earlier period as long as the experiment. */
export interface PlanColumns {
  /** In the dataset's currency, 0 for those who did not buy, shape (n,). */
  readonly spend: ArrayLike<number>;
  /** Spend in the time before that, shape (n,); without it CUPED is not planned. */
  readonly spendBefore?: ArrayLike<number>;
}

/** Options for planning an experiment. */
export interface PlanOptions extends PowerOptions {
  /** Change that should be seen, relative; defaults to 0.05. */
  readonly relativeEffect?: number;
  /** Share of the customers in the test group, in (0, 1); defaults to 0.5. */
  readonly testShare?: number;
  /** Customers who could take part; defaults to the number of rows. */
  readonly customers?: number;
  /**
   * Share of the customers whose spend stays as it is; 1 cuts nothing. Defaults to 0.99. Where so few buy that the cut
   * would be below every purchase nothing is cut.
   */
  readonly winsorizeAt?: number;
}

/** Effects that an experiment with the available customers can detect. */
export interface ExperimentPlan {
  readonly arms: ArmSizes;
  readonly relativeEffect: number;
  readonly alpha: number;
  readonly power: number;
  /** Conversion first, then the measures of spend. */
  readonly measures: readonly PlannedMeasure[];
  /** The measure of spend that shows the smallest change; null if nobody spent anything, or all the same. */
  readonly best: PlannedMeasure | null;
}

/**
 * Plans a test of a campaign on the customers at hand: how many customers a change of the stated size needs, and, because
 * there are seldom so many, the smallest change that those at hand can show. Spend is measured as {@link readExperiment}
 * will: with its largest amounts cut where enough buy, and without what past spend explains where that is not all of it.
 *
 * @throws {RangeError} If there are no rows, an amount is not finite or negative, an option is out of range, or an arm would
 * be empty.
 *
 * @example
 * const spend = Array.from({ length: 100 }, (_, i) => (i % 5 === 0 ? 40 + (i % 7) : 0));
 * const plan = planExperiment({ spend }, { customers: 5000, relativeEffect: 0.2 });
 * plan.arms; // { test: 2500, control: 2500 }
 * plan.measures[0].neededPerArm; // 1680
 * plan.measures[0].minimumDetectableEffect?.toFixed(3); // "0.163"
 */
export function planExperiment({ spend, spendBefore }: PlanColumns, options: PlanOptions = {}): ExperimentPlan {
  requireKnownOptions("plan an experiment", options, {
    relativeEffect: true,
    testShare: true,
    customers: true,
    winsorizeAt: true,
    alpha: true,
    power: true,
  });
  const {
    relativeEffect = 0.05,
    testShare = 0.5,
    customers = spend.length,
    winsorizeAt = 0.99,
    alpha = 0.05,
    power = 0.8,
  } = options;
  const columns = { spend, ...(spendBefore ? { spendBefore } : {}) };
  requireRows("planExperiment", columns);
  requireAmounts("planExperiment", columns);
  requirePositive("planExperiment", "relativeEffect", relativeEffect);
  const design = { arms: armSizes(customers, testShare, "plan"), relativeEffect, alpha, power };
  let buyers = 0;
  for (let i = 0; i < spend.length; ++i) buyers += spend[i] > 0 ? 1 : 0;
  const cut = winsorizeSpend(spend, winsorizeAt);
  const measures = [
    ...plannedWays("spend", columns, design),
    ...(cut
      ? plannedWays(
          "winsorized spend",
          {
            spend: cut.values,
            ...(spendBefore ? { spendBefore: winsorizeSpend(spendBefore, winsorizeAt)?.values ?? spendBefore } : {}),
          },
          design,
        )
      : []),
  ];
  return {
    ...design,
    measures: [plannedRate(buyers / spend.length, design), ...measures],
    best: bestMeasure(measures),
  };
}

/** Spend as it is and with the time before taken into account, as far as either measures chance. */
function plannedWays(
  measure: "spend" | "winsorized spend",
  { spend, spendBefore }: PlanColumns,
  options: MeasureOptions,
): PlannedMeasure[] {
  const average = mean(spend);
  // Customers who all spend the same are few, or made up. Deviations that small are rounding.
  if (!(standardDeviation(spend) > 1e-12 * average)) return [];
  const outcome = { mean: average, standardDeviation: standardDeviation(spend, { ddof: 1 }) };
  const correlation = spendBefore ? cupedAdjust(spend, spendBefore).correlation : undefined;
  return [
    plannedSpend(measure, outcome, options),
    // What past spend explains wholly, as it does of any two customers, says nothing of others.
    ...(correlation !== undefined && correlation ** 2 < 1 - 1e-12
      ? [plannedSpend(measure, { ...outcome, correlation }, options)]
      : []),
  ];
}
