import { upperGammaShare } from "../special-functions.js";
import { requireRate } from "./experiment-options.js";
import type { ArmSizes } from "./minimum-detectable-effect.js";

/** Whether the sizes of two groups are such as the lot makes. */
export interface SampleRatio {
  /** Pearson's chi-square, one degree of freedom. */
  readonly statistic: number;
  /** Chance of sizes at least so far from the plan. */
  readonly pValue: number;
  /** True if that chance is below 1 in 1,000: somebody is missing, and not by chance. */
  readonly off: boolean;
}

/**
 * Sample ratio mismatch: holds the sizes of the groups against the share that was planned for the test group.
 *
 * @param share Of the customers that should be in the test group, in (0, 1).
 * @throws {RangeError} If the share is out of range, or there are no customers.
 *
 * @example
 * sampleRatio({ test: 815482, control: 821588 }, 0.5).pValue.toExponential(1); // "1.8e-6"
 */
export function sampleRatio({ test, control }: ArmSizes, share: number): SampleRatio {
  requireRate("sampleRatio", share);
  const n = test + control;
  if (!(test >= 0 && control >= 0 && n > 0)) {
    throw new RangeError(
      `Cannot compute sampleRatio: there are ${test} test and ${control} control customers, some are needed`,
    );
  }
  const statistic = (test - share * n) ** 2 / (share * n) + (control - (1 - share) * n) ** 2 / ((1 - share) * n);
  const pValue = upperGammaShare(0.5, statistic / 2);
  return { statistic, pValue, off: pValue < 0.001 };
}
