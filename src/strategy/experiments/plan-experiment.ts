import { requireKnownOptions } from "../../errors.js";
import { mean, requireInteger, requireRows, standardDeviation } from "../../numeric/index.js";
import { type ArmSizes, armSizes } from "./arm-sizes.js";
import { cupedAdjust } from "./cuped-adjust.js";
import { EXPERIMENT_DEFAULTS } from "./experiment-defaults.js";
import { type PlannedMeasure, plannedRate, plannedSpend, type SpendMeasure } from "./experiment-measures.js";
import { type LevelAndPower, type PowerOptions, requireAmounts, requirePositive } from "./experiment-options.js";
import { RELIABLE_ARM } from "./reliable-arm.js";
import { spendModel } from "./spend-model.js";
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
  /** Customers per arm from which the interval of uncapped spend is trusted; defaults to 1000. */
  readonly reliableFrom?: number;
}

/** Effects that an experiment with the available customers can detect. */
export interface ExperimentPlan {
  readonly arms: ArmSizes;
  readonly relativeEffect: number;
  readonly alpha: number;
  readonly power: number;
  /** Conversion first, then the measures of spend. */
  readonly measures: readonly PlannedMeasure[];
  /** The spend that the readout decides by; null if nobody spent anything, or all the same. */
  readonly spend: PlannedMeasure | null;
  /** Customers per arm from which `spend` has an interval. */
  readonly reliableFrom: number;
}

/**
 * Plans a test of a campaign on the customers at hand: how many customers a change of the stated size needs, and, because
 * there are seldom so many, the smallest change that those at hand can show. Spend is measured as {@link readExperiment}
 * will, without what past spend explains where that is not all of it, and also with its largest amounts cut where enough
 * buy. Both ways are planned in which spend can rise: more customers buy, or those who buy spend more.
 *
 * @throws {RangeError} If there are no rows, an amount is not finite or negative, an option is out of range, or an arm would
 * be empty.
 *
 * @example
 * const spend = Array.from({ length: 100 }, (_, i) => (i % 5 === 0 ? 40 + (i % 7) : 0));
 * const plan = planExperiment({ spend }, { customers: 5000, relativeEffect: 0.2 });
 * plan.arms; // { test: 2500, control: 2500 }
 * plan.measures[0].neededPerArm; // 1680
 * plan.spend?.rises.map((one) => one.minimumDetectableEffect?.toFixed(3)); // ["0.164", "0.174"]
 */
export function planExperiment(columns: PlanColumns, options: PlanOptions = {}): ExperimentPlan {
  requireKnownOptions("plan an experiment", options, {
    relativeEffect: true,
    testShare: true,
    customers: true,
    winsorizeAt: true,
    reliableFrom: true,
    alpha: true,
    power: true,
  });
  const { spend, spendBefore } = columns;
  const { winsorizeAt = EXPERIMENT_DEFAULTS.winsorizeAt } = options;
  const amounts = { spend, ...(spendBefore ? { spendBefore } : {}) };
  requireRows("planExperiment", amounts);
  requireAmounts("planExperiment", amounts);
  const { reliableFrom, ...design } = planDesign("planExperiment", {
    ...options,
    customers: options.customers ?? spend.length,
  });
  const buyers = Array.from(spend).filter((amount) => amount > 0).length;
  const uncapped = spendMeasures(amounts, { winsorizeAt: 1, reliableFrom });
  const isCapped = winsorizeSpend(spend, winsorizeAt) !== null;
  const capped = isCapped ? spendMeasures(amounts, { winsorizeAt, reliableFrom: 2 }) : [];
  const measures = [...uncapped, ...capped].map((measure) => plannedSpend(measure, design));
  return {
    ...design,
    measures: [plannedRate(buyers / spend.length, design), ...measures],
    spend: measures[uncapped.length - 1] ?? null,
    reliableFrom,
  };
}

/** Arms, effect and levels of a plan, the same for every measure. */
export interface PlanDesign extends LevelAndPower {
  readonly arms: ArmSizes;
  readonly relativeEffect: number;
  readonly reliableFrom: number;
}

/** Fills in the options of a plan and checks them. @throws {RangeError} If one is out of range, or an arm would be empty. */
export function planDesign(
  caller: string,
  {
    customers,
    relativeEffect = EXPERIMENT_DEFAULTS.relativeEffect,
    testShare = EXPERIMENT_DEFAULTS.testShare,
    reliableFrom = RELIABLE_ARM,
    alpha = EXPERIMENT_DEFAULTS.alpha,
    power = EXPERIMENT_DEFAULTS.power,
  }: PlanOptions & { readonly customers: number },
): PlanDesign {
  requirePositive(caller, "relativeEffect", relativeEffect);
  requireInteger(caller, "reliableFrom", reliableFrom, 2);
  return { arms: armSizes(customers, testShare, "plan"), relativeEffect, alpha, power, reliableFrom };
}

/** Spend as it is, and with past spend taken into account, as far as either measures chance. */
function spendMeasures(
  { spend, spendBefore }: PlanColumns,
  { winsorizeAt, reliableFrom }: { readonly winsorizeAt: number; readonly reliableFrom: number },
): SpendMeasure[] {
  const capped = winsorizeSpend(spend, winsorizeAt)?.values ?? spend;
  const past = spendBefore && (winsorizeSpend(spendBefore, winsorizeAt)?.values ?? spendBefore);
  const average = mean(capped);
  // Customers who all spend the same are few, or made up. Deviations that small are rounding.
  if (!(standardDeviation(capped) > 1e-12 * average)) return [];
  const measure = (cuped: boolean, columns: PlanColumns): SpendMeasure => ({
    measure: winsorizeAt < 1 ? "winsorized spend" : "spend",
    cuped,
    mean: average,
    model: (rise) => spendModel(columns, { rise, winsorizeAt }),
    smallestArm: reliableFrom,
  });
  // What past spend explains wholly, as it does of any two customers, says nothing of others.
  const explains = past && cupedAdjust(capped, past).correlation ** 2 < 1 - 1e-12;
  return [measure(false, { spend }), ...(explains ? [measure(true, { spend, spendBefore: past })] : [])];
}
