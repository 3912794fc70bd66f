import { requireKnownOptions } from "../../errors.js";
import { requireInteger } from "../../numeric/index.js";
import type { ArmSizes } from "./arm-sizes.js";
import { type PowerOptions, powerOptions, requireShare, seenAt } from "./experiment-options.js";

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
  requireInteger(caller, "test", test, 1);
  requireInteger(caller, "control", control, 1);
  // The rise d solves d² = z² (p (1 - p) / nControl + (p + d)(1 - p - d) / nTest), which is quadratic in d.
  const squared = seenAt(caller, options) ** 2;
  const a = 1 + squared / test;
  const b = (-squared * (1 - 2 * rate)) / test;
  const c = -squared * rate * (1 - rate) * (1 / control + 1 / test);
  const rise = (-b + Math.sqrt(b * b - 4 * a * c)) / (2 * a);
  return rate + rise < 1 ? rise / rate : null;
}
