import { quantile } from "../../numeric/index.js";
import type { ArmSizes } from "./arm-sizes.js";

/** Cause of a rise in spend: more customers buy, or those who buy spend more. */
export type SpendRise = (typeof SPEND_RISES)[number];

/** Both ways. */
export const SPEND_RISES = ["more buyers", "larger purchases"] as const;

/** Spend of one arm, per customer. */
export interface SpendMoments {
  readonly mean: number;
  readonly variance: number;
  /** With past spend. */
  readonly covariance: number;
}

/** Spend of customers without a campaign, and with one that raises it. */
export interface SpendModel {
  /** The largest relative rise that is possible. */
  readonly largestRise: number;
  /** Variance of past spend; 0 where spend is not adjusted for it. */
  readonly pastVariance: number;
  /** The spend of both arms if the campaign raises that of the test arm by so much, relative. */
  readonly moments: (relativeEffect: number, arms: ArmSizes) => Readonly<Record<"test" | "control", SpendMoments>>;
}

/** Options of {@link spendModel}. */
export interface SpendModelOptions {
  readonly rise: SpendRise;
  /** Quantile of the spend of both arms at which it is capped; 1 caps nothing. */
  readonly winsorizeAt: number;
}

/** No campaign multiplies spend by more than this. */
const LARGEST_RISE = 1000;

/**
 * Models spend by a history, each customer as likely as any other. With "larger purchases" every amount rises; with "more
 * buyers" customers who would not have bought, chosen at random, spend what buyers spend. The cap is that of both arms
 * together, and so moves with the rise.
 *
 * @param spend From 0, shape (n,), n ≥ 2.
 * @param spendBefore Past spend as the readout takes it, shape (n,); without it spend is not adjusted.
 */
export function spendModel(
  { spend, spendBefore }: { readonly spend: ArrayLike<number>; readonly spendBefore?: ArrayLike<number> },
  { rise, winsorizeAt }: SpendModelOptions,
): SpendModel {
  const n = spend.length;
  const sorted = Float64Array.from(spend).sort();
  const buys = Float64Array.from(spend, (amount) => (amount > 0 ? 1 : 0));
  const buyers = moments(buys, spendBefore);
  const pastVariance = spendBefore ? moments(spendBefore, spendBefore).variance : 0;
  const uncapped = moments(spend, spendBefore);
  const upTo = (cap: number, factor = 1) =>
    moments(
      Float64Array.from(spend, (amount) => Math.min(factor * amount, cap)),
      spendBefore,
    );
  return {
    largestRise: rise === "larger purchases" ? LARGEST_RISE : (1 - buyers.mean) / buyers.mean,
    pastVariance,
    moments: (relativeEffect, arms) => {
      const factor = 1 + relativeEffect;
      const cap = winsorizeAt < 1 ? capOf(sorted, { rise, factor, arms, winsorizeAt }) : undefined;
      const control = cap === undefined ? uncapped : upTo(cap);
      if (rise === "larger purchases") {
        return { control, test: cap === undefined ? scaled(control, factor) : upTo(cap, factor) };
      }
      // The second moment rises with the share of buyers, as the mean does.
      const mean = factor * control.mean;
      const square = (control.variance * (n - 1)) / n + control.mean ** 2;
      const variance = ((factor * square - mean ** 2) * n) / (n - 1);
      // New buyers come from those who would not have bought, whatever they spent before.
      const perNonBuyer = (control.mean * relativeEffect) / (1 - buyers.mean);
      return { control, test: { mean, variance, covariance: control.covariance - perNonBuyer * buyers.covariance } };
    },
  };
}

/** Known figures on spend, from which no history can be drawn. */
export interface SpendFigures {
  /** Share of buyers, in (0, 1). */
  readonly rate: number;
  readonly mean: number;
  readonly standardDeviation: number;
  /** With past spend; 0 where spend is not adjusted for it. */
  readonly correlation: number;
}

/**
 * Models uncapped spend by figures. What past spend explains is taken to be whether a customer buys, which is the least
 * favourable case for "more buyers".
 */
export function spendModelOfFigures(
  { rate, mean, standardDeviation, correlation }: SpendFigures,
  { rise }: Pick<SpendModelOptions, "rise">,
): SpendModel {
  const variance = standardDeviation ** 2;
  const covariance = correlation * standardDeviation;
  const control = { mean, variance, covariance };
  return {
    largestRise: rise === "larger purchases" ? LARGEST_RISE : (1 - rate) / rate,
    // Past spend in units of its own standard deviation.
    pastVariance: correlation === 0 ? 0 : 1,
    moments: (relativeEffect) => {
      const factor = 1 + relativeEffect;
      if (rise === "larger purchases") {
        return { control, test: scaled(control, factor) };
      }
      const square = variance + mean ** 2;
      const test = {
        mean: factor * mean,
        variance: factor * square - (factor * mean) ** 2,
        covariance: covariance * (1 - (relativeEffect * rate) / (1 - rate)),
      };
      return { control, test };
    },
  };
}

function scaled({ mean, variance, covariance }: SpendMoments, factor: number): SpendMoments {
  return { mean: factor * mean, variance: factor ** 2 * variance, covariance: factor * covariance };
}

function moments(values: ArrayLike<number>, past: ArrayLike<number> | undefined): SpendMoments {
  const n = values.length;
  let [mean, pastMean] = [0, 0];
  for (let i = 0; i < n; ++i) {
    mean += values[i] / n;
    pastMean += past ? past[i] / n : 0;
  }
  let [square, product] = [0, 0];
  for (let i = 0; i < n; ++i) {
    const deviation = values[i] - mean;
    square += deviation * deviation;
    product += past ? deviation * (past[i] - pastMean) : 0;
  }
  return { mean, variance: square / (n - 1), covariance: product / (n - 1) };
}

/** The quantile of the spend of both arms, of which that of the test arm is raised. */
function capOf(
  sorted: Float64Array,
  { rise, factor, arms: { test, control }, winsorizeAt }: SpendModelOptions & { factor: number; arms: ArmSizes },
): number {
  const total = test + control;
  const above = 1 - winsorizeAt;
  // The share of amounts above a value rises with the share of buyers.
  if (rise === "more buyers") return quantile(sorted, 1 - (above * total) / (control + factor * test));
  let [low, high] = [quantile(sorted, winsorizeAt), factor * quantile(sorted, winsorizeAt)];
  for (let step = 0; step < 60 && high - low > 1e-12 * high; ++step) {
    const middle = (low + high) / 2;
    const shareAbove = (control * shareAboveOf(sorted, middle) + test * shareAboveOf(sorted, middle / factor)) / total;
    if (shareAbove > above) low = middle;
    else high = middle;
  }
  return high;
}

/** Share of sorted values above a limit. */
function shareAboveOf(sorted: Float64Array, limit: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle] > limit) high = middle;
    else low = middle + 1;
  }
  return (sorted.length - low) / sorted.length;
}
