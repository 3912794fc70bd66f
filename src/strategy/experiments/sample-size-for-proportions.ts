import { requireKnownOptions } from "../../errors.js";
import { type PowerOptions, powerOptions, requirePositive, requireShare, seenAt } from "./experiment-options.js";

/** A share of customers, and the change that should be seen in it. */
export interface ProportionEffect {
  /** Without the campaign, in (0, 1). */
  readonly rate: number;
  /** Change relative to the rate: 0.05 makes 10 % to 10.5 %. */
  readonly relativeEffect: number;
}

/**
 * Computes the customers per arm, of two equal ones, that detect a change of a share, with the variance of each arm
 * (unpooled): (z(1 - alpha / 2) + z(power))² (p₁ (1 - p₁) + p₂ (1 - p₂)) / (p₂ - p₁)².
 *
 * @throws {RangeError} If a number is out of range, or the changed rate is 1 or more.
 *
 * @example
 * sampleSizeForProportions({ rate: 0.1, relativeEffect: 0.2 }); // 3839
 */
export function sampleSizeForProportions(
  { rate, relativeEffect }: ProportionEffect,
  options: PowerOptions = {},
): number {
  requireKnownOptions("compute sampleSizeForProportions", options, powerOptions);
  const caller = "sampleSizeForProportions";
  requireShare(caller, "rate", rate);
  requirePositive(caller, "relativeEffect", relativeEffect);
  const changed = rate * (1 + relativeEffect);
  if (!(changed < 1)) {
    throw new RangeError(
      `Cannot compute ${caller}: the changed rate is ${changed}; lower relativeEffect until it is below 1`,
    );
  }
  const variance = rate * (1 - rate) + changed * (1 - changed);
  return Math.ceil((seenAt(caller, options) / (changed - rate)) ** 2 * variance);
}
