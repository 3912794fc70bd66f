import { requireKnownOptions } from "../../errors.js";
import { requireInteger } from "../../numeric/index.js";
import type { ArmSizes } from "./arm-sizes.js";
import {
  type PowerOptions,
  powerOptions,
  requireCorrelation,
  requirePositive,
  requireShare,
  seenAt,
} from "./experiment-options.js";
import type { MeanEffect } from "./sample-size-for-means.js";

/**
 * Computes the smallest change of a mean, relative to it, that arms of these sizes detect with the stated power. The
 * inverse of `sampleSizeForMeans`: with a quarter of the customers twice the change.
 *
 * @throws {RangeError} If a number is out of range.
 *
 * @example
 * minimumDetectableMeanEffect({ mean: 100, standardDeviation: 100 }, { test: 1570, control: 1570 }).toFixed(3); // "0.100"
 */
export function minimumDetectableMeanEffect(
  { mean, standardDeviation, correlation = 0 }: Omit<MeanEffect, "relativeEffect">,
  { test, control }: ArmSizes,
  options: PowerOptions = {},
): number {
  requireKnownOptions("compute minimumDetectableMeanEffect", options, powerOptions);
  const caller = "minimumDetectableMeanEffect";
  requirePositive(caller, "mean", mean);
  requirePositive(caller, "standardDeviation", standardDeviation);
  requireCorrelation(caller, correlation);
  requireArms(caller, { test, control });
  const spread = standardDeviation * Math.sqrt(1 - correlation ** 2);
  return (seenAt(caller, options) * spread * Math.sqrt(1 / test + 1 / control)) / mean;
}

/**
 * Computes the smallest rise of a share, relative to it, that arms of these sizes detect with the stated power; null if
 * even a rise to 1 is not detected. The inverse of `sampleSizeForProportions`.
 *
 * @param rate Of the control arm, in (0, 1).
 * @throws {RangeError} If a number is out of range.
 *
 * @example
 * minimumDetectableRateEffect(0.1, { test: 3839, control: 3839 })?.toFixed(3); // "0.200"
 */
export function minimumDetectableRateEffect(
  rate: number,
  { test, control }: ArmSizes,
  options: PowerOptions = {},
): number | null {
  requireKnownOptions("compute minimumDetectableRateEffect", options, powerOptions);
  const caller = "minimumDetectableRateEffect";
  requireShare(caller, "rate", rate);
  requireArms(caller, { test, control });
  // The rise d solves d² = z² (p (1 - p) / nControl + (p + d)(1 - p - d) / nTest), which is quadratic in d.
  const squared = seenAt(caller, options) ** 2;
  const a = 1 + squared / test;
  const b = (-squared * (1 - 2 * rate)) / test;
  const c = -squared * rate * (1 - rate) * (1 / control + 1 / test);
  const rise = (-b + Math.sqrt(b * b - 4 * a * c)) / (2 * a);
  return rate + rise < 1 ? rise / rate : null;
}

function requireArms(caller: string, { test, control }: ArmSizes): void {
  requireInteger(caller, "test", test, 1);
  requireInteger(caller, "control", control, 1);
}
