import { requireKnownOptions } from "../../errors.js";
import { mean, requireInteger, requireLabels, requireRows } from "../../numeric/index.js";
import type { ArmSizes } from "./arm-sizes.js";
import { cupedAdjust } from "./cuped-adjust.js";
import { detectableRises } from "./detectable-rise.js";
import { newcombeInterval, welchInterval } from "./difference-interval.js";
import { type SampleRatio, sampleRatio } from "./experiment-balance.js";
import { EXPERIMENT_DEFAULTS } from "./experiment-defaults.js";
import {
  type LevelAndPower,
  type PowerOptions,
  requireAmounts,
  requireLevels,
  requirePositive,
  requireShare,
} from "./experiment-options.js";
import { type Bounded, relativeChange } from "./experiment-ratio.js";
import { minimumDetectableRateEffect } from "./minimum-detectable-rate-effect.js";
import { RELIABLE_ARM } from "./reliable-arm.js";
import { spendModel } from "./spend-model.js";
import type { Arm } from "./split-experiment.js";
import { winsorizeSpend } from "./winsorize-spend.js";

/** Outcome of each customer of an experiment. */
export interface ExperimentColumns {
  /** Shape (n,). */
  readonly arms: ArrayLike<Arm>;
  /** 1 or 0 for conversion, an amount from 0 in the dataset's currency for spend, shape (n,). */
  readonly outcome: ArrayLike<number>;
  /** Spend before the experiment, or another amount from 0 that is known from then, for CUPED, shape (n,). */
  readonly before?: ArrayLike<number>;
}

/** Options for reading an experiment. `alpha` is also 1 - the level of the interval. */
export interface ReadOptions extends PowerOptions {
  /** What the outcome is. */
  readonly kind: "conversion" | "spend";
  /** Share of the customers whose spend stays as it is; 1, the default, cuts nothing. Conversion is never cut. */
  readonly winsorizeAt?: number;
  /** Customers per arm from which the interval of uncapped spend is trusted; defaults to 1000. */
  readonly reliableFrom?: number;
  /** Share of customers that was planned for the test group; defaults to 0.5. */
  readonly testShare?: number;
  /** The smallest change that is worth a campaign, relative; defaults to 0.05. */
  readonly relativeEffect?: number;
}

/** Result of one arm. */
export interface ArmResult {
  readonly customers: number;
  /** Those among them whose outcome is above 0. */
  readonly buyers: number;
  /** Share of buyers, or mean spend, after cutting and before CUPED. */
  readonly mean: number;
  /** The same after CUPED; `mean` without it. */
  readonly adjustedMean: number;
}

/** Result of an experiment. */
export interface ExperimentReadout {
  readonly kind: "conversion" | "spend";
  readonly test: ArmResult;
  readonly control: ArmResult;
  /** Test minus control, after CUPED where it was used. */
  readonly difference: number;
  /**
   * Interval of the difference at the level 1 - alpha; infinite where the customers of each group are all alike, or too few
   * for uncapped spend.
   */
  readonly lower: number;
  readonly upper: number;
  readonly level: number;
  /**
   * Difference over the adjusted mean of the control group, with bounds that count how unsure that is as well; NaN if it
   * is 0, and an infinite upper bound if it may be 0.
   */
  readonly relative: Bounded;
  /** Difference times the customers of the test group: what the campaign brought, before its cost. */
  readonly total: Bounded;
  /**
   * The smallest relative rise that these groups show with the stated power, however it comes about; NaN if there is none, or
   * it cannot be known since the control group did nothing or all customers of a group are alike.
   */
  readonly minimumDetectableEffect: number;
  /** The smallest relative change that is worth a campaign, as it was given. */
  readonly relativeEffect: number;
  /** Correlation with the time before; null without CUPED. */
  readonly correlation: number | null;
  /** Amount at which spend was cut; null if it was not. */
  readonly cutAt: number | null;
  /** True if spend was to be cut and was not, since so few bought that the cut would be below every purchase. */
  readonly tooFewToCut: boolean;
  /** True if the groups differ so much in size from the plan that the lot cannot have made them (p < 0.001). */
  readonly sampleRatioMismatch: boolean;
  /** The test behind `sampleRatioMismatch`. */
  readonly sampleRatio: SampleRatio;
  /**
   * "more" or "less" if the interval has only positive or negative values, "no worthwhile difference" if none of it is as
   * large as `relativeEffect`, "no reliable interval" if an arm is too small for uncapped spend, else "too few".
   */
  readonly verdict: "more" | "less" | "no worthwhile difference" | "no reliable interval" | "too few";
  /** Customers per arm from which the metric has an interval. */
  readonly reliableFrom: number;
}

/**
 * Reads a finished experiment. Shares are compared by Newcombe's hybrid score interval (1998, method 10), means by
 * Welch's; with `before`, both by Welch's on outcomes without what the time before explains. The relative change is the
 * ratio of the two, with bounds by the same method. Uncapped spend has no interval with fewer than `reliableFrom` customers
 * in an arm. Capped spend has another mean, that of amounts up to the cap, and its interval is of that mean.
 *
 * @throws {RangeError} If lengths differ, an arm has fewer than two customers, a value is not finite, an amount is negative,
 * or an option is out of range.
 *
 * @example
 * const arms = Array.from({ length: 400 }, (_, i) => (i < 200 ? "test" : "control"));
 * const bought = arms.map((arm, i) => (i % 200 < (arm === "test" ? 60 : 40) ? 1 : 0));
 * const readout = readExperiment({ arms, outcome: bought }, { kind: "conversion" });
 * readout.verdict; // "more"
 * [readout.lower, readout.upper].map((bound) => bound.toFixed(3)); // ["0.015", "0.183"]
 */
export function readExperiment({ arms, outcome, before }: ExperimentColumns, options: ReadOptions): ExperimentReadout {
  requireKnownOptions("read an experiment", options, {
    kind: true,
    winsorizeAt: true,
    reliableFrom: true,
    testShare: true,
    relativeEffect: true,
    alpha: true,
    power: true,
  });
  const {
    kind,
    winsorizeAt = 1,
    reliableFrom = RELIABLE_ARM,
    testShare = EXPERIMENT_DEFAULTS.testShare,
    relativeEffect = EXPERIMENT_DEFAULTS.relativeEffect,
    alpha = EXPERIMENT_DEFAULTS.alpha,
    power = EXPERIMENT_DEFAULTS.power,
  } = options;
  const caller = "readExperiment";
  requireRows(caller, { arms, outcome, ...(before ? { before } : {}) });
  if (kind === "conversion") requireLabels(caller, { outcome });
  else requireAmounts(caller, { outcome });
  if (before) requireAmounts(caller, { before });
  requireShare(caller, "testShare", testShare);
  requirePositive(caller, "relativeEffect", relativeEffect);
  requireInteger(caller, "reliableFrom", reliableFrom, 2);
  requireLevels(caller, { alpha, power });
  const cut = kind === "spend" ? winsorizeSpend(outcome, winsorizeAt) : null;
  const y = cut?.values ?? Float64Array.from(outcome);
  const x = before && cut ? (winsorizeSpend(before, winsorizeAt)?.values ?? before) : before;
  const adjusted = x ? cupedAdjust(y, x, { arms }) : null;
  const [test, control] = [armOf(arms, y, "test"), armOf(arms, y, "control")];
  const [a, b] = adjusted
    ? [armOf(arms, adjusted.values, "test"), armOf(arms, adjusted.values, "control")]
    : [test, control];
  const sizes = { test: test.length, control: control.length };
  const isReliable = kind === "conversion" || cut !== null || Math.min(sizes.test, sizes.control) >= reliableFrom;
  const shares = kind === "conversion" && !adjusted;
  const { difference, ofTest, ofControl } = shares
    ? newcombeInterval(test, control, { alpha })
    : welchInterval(a, b, { alpha, isReliable, scale: y.reduce((most, value) => Math.max(most, value), 0) });
  const { lower, upper } = difference;
  const relative = relativeChange(ofTest, ofControl);
  const withinWorthwhile = Math.max(Math.abs(relative.lower), Math.abs(relative.upper)) < relativeEffect;
  const ratio = sampleRatio(sizes, testShare);
  const armResult = (arm: Float64Array, { value }: Bounded): ArmResult => ({
    customers: arm.length,
    buyers: arm.filter((amount) => amount > 0).length,
    mean: mean(arm),
    adjustedMean: value,
  });
  const spendOfControl = {
    spend: armOf(arms, Float64Array.from(outcome), "control"),
    ...(x ? { spendBefore: armOf(arms, Float64Array.from(x), "control") } : {}),
  };
  const detectable =
    kind === "conversion"
      ? detectableRate(control, sizes, { alpha, power })
      : Number.isFinite(upper) && ofControl.value > 0
        ? detectableRises((rise) => spendModel(spendOfControl, { rise, winsorizeAt: cut ? winsorizeAt : 1 }), sizes, {
            alpha,
            power,
          }).eitherWay
        : null;
  return {
    kind,
    test: armResult(test, ofTest),
    control: armResult(control, ofControl),
    difference: difference.value,
    lower,
    upper,
    level: 1 - alpha,
    relative,
    total: { value: difference.value * test.length, lower: lower * test.length, upper: upper * test.length },
    minimumDetectableEffect: detectable ?? Number.NaN,
    relativeEffect,
    correlation: adjusted?.correlation ?? null,
    cutAt: cut?.limit ?? null,
    tooFewToCut: kind === "spend" && winsorizeAt < 1 && cut === null,
    sampleRatioMismatch: ratio.off,
    sampleRatio: ratio,
    verdict: !isReliable
      ? "no reliable interval"
      : lower > 0
        ? "more"
        : upper < 0
          ? "less"
          : withinWorthwhile
            ? "no worthwhile difference"
            : "too few",
    reliableFrom,
  };
}

/** The smallest rise of the share of buyers that these groups show; null if they show none. */
function detectableRate(control: Float64Array, sizes: ArmSizes, options: LevelAndPower): number | null {
  const rate = mean(control);
  return 0 < rate && rate < 1 ? minimumDetectableRateEffect(rate, sizes, options) : null;
}

function armOf(arms: ArrayLike<Arm>, values: Float64Array, arm: Arm): Float64Array {
  const own = values.filter((_, i) => arms[i] === arm);
  if (own.length < 2) {
    throw new RangeError(
      `Cannot read an experiment: the ${arm} group has ${own.length} customer${own.length === 1 ? "" : "s"}; include at least 2 per group`,
    );
  }
  return own;
}
