import type { ArmSizes } from "./arm-sizes.js";
import { type LevelAndPower, seenAt } from "./experiment-options.js";
import type { SpendModel, SpendRise } from "./spend-model.js";

/**
 * Computes the smallest relative rise of spend that arms of these sizes detect with the stated power, with the variance of
 * each arm; null if none is.
 */
export function detectableRise(model: SpendModel, arms: ArmSizes, options: LevelAndPower): number | null {
  const needed = seenAt("detectableRise", options);
  const isSeen = (rise: number) => rise > 0 && standardErrors(model, rise, arms) >= needed;
  // Doubling finds a rise that is seen, halving the interval the smallest.
  let [low, high] = [0, Math.min(1e-4, model.largestRise)];
  while (!isSeen(high)) {
    if (high >= model.largestRise) return null;
    [low, high] = [high, Math.min(2 * high, model.largestRise)];
  }
  for (let step = 0; step < 60 && high - low > 1e-10 * high; ++step) {
    const middle = (low + high) / 2;
    if (isSeen(middle)) high = middle;
    else low = middle;
  }
  return high;
}

/** Rises of spend that are detected: by the way in which spend rises, and from which on any is. */
export interface DetectableRises {
  readonly byRise: Readonly<Record<SpendRise, number | null>>;
  readonly eitherWay: number | null;
}

/**
 * Computes the smallest relative rise of spend that is detected, for each way in which it comes about, and for both;
 * null if there is none. Where a rise in the number of buyers cannot be detected with all customers buying, no rise of
 * that kind can.
 *
 * @param model Spend by the way in which it rises.
 */
export function detectableRises(
  model: (rise: SpendRise) => SpendModel,
  arms: ArmSizes,
  options: LevelAndPower,
): DetectableRises {
  const buyers = model("more buyers");
  const byBuyers = detectableRise(buyers, arms, options);
  const byPurchases = detectableRise(model("larger purchases"), arms, options);
  return {
    byRise: { "more buyers": byBuyers, "larger purchases": byPurchases },
    eitherWay: byPurchases === null ? null : Math.max(byPurchases, byBuyers ?? buyers.largestRise),
  };
}

/** Computes the customers per arm, of two equal ones, that detect a relative rise of spend; null if it is not possible. */
export function sampleSizeForRise(model: SpendModel, relativeEffect: number, options: LevelAndPower): number | null {
  if (relativeEffect > model.largestRise) return null;
  const ofOne = standardErrors(model, relativeEffect, { test: 1, control: 1 });
  return ofOne > 0 ? Math.ceil((seenAt("sampleSizeForRise", options) / ofOne) ** 2) : null;
}

/** The difference of the arms in standard errors, after the adjustment for past spend that the readout makes. */
function standardErrors(model: SpendModel, rise: number, arms: ArmSizes): number {
  const { test, control } = model.moments(rise, arms);
  const { pastVariance } = model;
  const shared = (arms.test * test.covariance + arms.control * control.covariance) / (arms.test + arms.control);
  const theta = pastVariance > 0 ? shared / pastVariance : 0;
  const residual = ({ variance, covariance }: typeof test) =>
    variance - 2 * theta * covariance + theta ** 2 * pastVariance;
  return (test.mean - control.mean) / Math.sqrt(residual(test) / arms.test + residual(control) / arms.control);
}
