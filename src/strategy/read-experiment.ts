import { requireFinite, requireLabels, requireRows } from "../checks.js";
import { mean, normalQuantile, variance } from "../stats.js";
import { cupedAdjust } from "./cuped-adjust.js";
import { sampleRatio } from "./experiment-balance.js";
import { type PowerOptions, seenAt } from "./experiment-options.js";
import { type Bounded, relativeChange } from "./experiment-ratio.js";
import type { Arm } from "./split-experiment.js";
import { studentQuantile } from "./student-quantile.js";
import { winsorize } from "./winsorize.js";

/** What happened to each customer of an experiment. */
export interface ExperimentColumns {
  /** Shape (n,). */
  readonly arms: ArrayLike<Arm>;
  /** 1 or 0 for conversion, an amount in the dataset's currency for spend, shape (n,). */
  readonly outcome: ArrayLike<number>;
  /** The same before the experiment, for CUPED, shape (n,). */
  readonly before?: ArrayLike<number>;
}

/** How an experiment is read. `alpha` is also 1 - the level of the interval. */
export interface ReadOptions extends PowerOptions {
  /** What the outcome is. */
  readonly kind: "conversion" | "spend";
  /** Share of the customers whose spend stays as it is; 1 cuts nothing. Defaults to 0.99. Conversion is never cut. */
  readonly winsorizeAt?: number;
  /** Share of customers that was planned for the test group; defaults to 0.5. */
  readonly frac?: number;
  /** Changes smaller than this, relative, are not worth a campaign; defaults to 0.05. */
  readonly worthwhile?: number;
}

/** What one arm did. */
export interface ArmResult {
  readonly customers: number;
  /** Share of buyers, or mean spend, after cutting and before CUPED. */
  readonly mean: number;
  /** The same after CUPED; `mean` without it. */
  readonly adjustedMean: number;
}

/** What an experiment showed. */
export interface ExperimentReadout {
  readonly kind: "conversion" | "spend";
  readonly test: ArmResult;
  readonly control: ArmResult;
  /** Test minus control, after CUPED where it was used. */
  readonly difference: number;
  /** Interval of the difference at the level 1 - alpha. */
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
  /** The smallest relative change that these groups show with the stated power; NaN if the control group did nothing. */
  readonly detectable: number;
  /** Correlation with the time before; null without CUPED. */
  readonly correlation: number | null;
  /** Amount at which spend was cut; null if it was not. */
  readonly cutAt: number | null;
  /** True if the groups differ so much in size from the plan that the lot cannot have made them (p < 0.001). */
  readonly sizesAreOff: boolean;
  /**
   * "more" or "less" if the interval has only positive or negative values, "no worthwhile difference" if none of it is as
   * large as `worthwhile`, else "too few".
   */
  readonly verdict: "more" | "less" | "no worthwhile difference" | "too few";
}

/**
 * Reads a finished experiment. Shares are compared by Newcombe's hybrid score interval (1998, method 10), means by
 * Welch's; with `before`, both by Welch's on outcomes without what the time before explains. The relative change is the
 * ratio of the two, with bounds of the same making.
 *
 * @throws {RangeError} If lengths differ, an arm has fewer than two customers, a value is not finite, or an option is out
 * of range.
 */
export function readExperiment(
  { arms, outcome, before }: ExperimentColumns,
  { kind, winsorizeAt = 0.99, frac = 0.5, worthwhile = 0.05, alpha = 0.05, power = 0.8 }: ReadOptions,
): ExperimentReadout {
  const caller = "readExperiment";
  requireRows(caller, { arms, outcome, ...(before ? { before } : {}) });
  requireFinite(caller, { outcome, ...(before ? { before } : {}) });
  if (kind === "conversion") requireLabels(caller, { outcome });
  if (!(0 < frac && frac < 1))
    throw new RangeError(`Cannot read an experiment: frac is ${frac}, a share in (0, 1) is needed`);
  const cut = kind === "spend" && winsorizeAt < 1 ? winsorize(outcome, { at: winsorizeAt }) : null;
  const y = cut?.values ?? Float64Array.from(outcome);
  const x = before && cut ? winsorize(before, { at: winsorizeAt }).values : before;
  const adjusted = x ? cupedAdjust(y, x, { arms }) : null;
  const [test, control] = [armOf(arms, y, "test"), armOf(arms, y, "control")];
  const [a, b] = adjusted
    ? [armOf(arms, adjusted.values, "test"), armOf(arms, adjusted.values, "control")]
    : [test, control];
  const { difference, lower, upper, ofTest, ofControl } =
    kind === "conversion" && !adjusted ? newcombe(test, control, alpha) : welch(a, b, alpha);
  const error = Math.sqrt(variance(a, { ddof: 1 }) / a.length + variance(b, { ddof: 1 }) / b.length);
  const relative = relativeChange(ofTest, ofControl);
  const withinWorthwhile = Math.max(Math.abs(relative.lower), Math.abs(relative.upper)) < worthwhile;
  return {
    kind,
    test: { customers: test.length, mean: mean(test), adjustedMean: ofTest.value },
    control: { customers: control.length, mean: mean(control), adjustedMean: ofControl.value },
    difference,
    lower,
    upper,
    level: 1 - alpha,
    relative,
    total: { value: difference * test.length, lower: lower * test.length, upper: upper * test.length },
    detectable: ofControl.value > 0 ? (seenAt(caller, { alpha, power }) * error) / ofControl.value : Number.NaN,
    correlation: adjusted?.correlation ?? null,
    cutAt: cut?.limit ?? null,
    sizesAreOff: sampleRatio({ test: test.length, control: control.length }, frac).off,
    verdict: lower > 0 ? "more" : upper < 0 ? "less" : withinWorthwhile ? "no worthwhile difference" : "too few",
  };
}

function armOf(arms: ArrayLike<Arm>, values: Float64Array, arm: Arm): Float64Array {
  const own = values.filter((_, i) => arms[i] === arm);
  if (own.length < 2) {
    throw new RangeError(
      `Cannot read an experiment: the ${arm} group has ${own.length} customer${own.length === 1 ? "" : "s"}, at least 2 are needed`,
    );
  }
  return own;
}

interface Difference {
  readonly difference: number;
  readonly lower: number;
  readonly upper: number;
  readonly ofTest: Bounded;
  readonly ofControl: Bounded;
}

/** Welch's interval of a difference of means, with Satterthwaite's degrees of freedom. */
function welch(a: Float64Array, b: Float64Array, alpha: number): Difference {
  const [va, vb] = [variance(a, { ddof: 1 }) / a.length, variance(b, { ddof: 1 }) / b.length];
  const difference = mean(a) - mean(b);
  const df = (va + vb) ** 2 / (va ** 2 / (a.length - 1) + vb ** 2 / (b.length - 1));
  const t = va + vb === 0 ? 0 : studentQuantile(1 - alpha / 2, df);
  const half = t * Math.sqrt(va + vb);
  const around = (value: number, error: number): Bounded => ({ value, lower: value - error, upper: value + error });
  return {
    difference,
    lower: difference - half,
    upper: difference + half,
    ofTest: around(mean(a), t * Math.sqrt(va)),
    ofControl: around(mean(b), t * Math.sqrt(vb)),
  };
}

/** Newcombe 1998, "Interval estimation for the difference between independent proportions", method 10. */
function newcombe(a: Float64Array, b: Float64Array, alpha: number): Difference {
  const z = normalQuantile(1 - alpha / 2);
  const [p, q] = [mean(a), mean(b)];
  const [forA, forB] = [wilson(p, a.length, z), wilson(q, b.length, z)];
  const difference = p - q;
  return {
    difference,
    lower: difference - Math.hypot(p - forA.lower, forB.upper - q),
    upper: difference + Math.hypot(forA.upper - p, q - forB.lower),
    ofTest: forA,
    ofControl: forB,
  };
}

function wilson(p: number, n: number, z: number): Bounded {
  const centre = p + (z * z) / (2 * n);
  const half = z * Math.sqrt((p * (1 - p)) / n + (z * z) / (4 * n * n));
  const scale = 1 + (z * z) / n;
  return { value: p, lower: (centre - half) / scale, upper: (centre + half) / scale };
}
