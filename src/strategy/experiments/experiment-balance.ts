import { regularizedUpperGamma } from "../../numeric/index.js";
import type { ArmSizes } from "./arm-sizes.js";
import { requireShare } from "./experiment-options.js";

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
 * @param testShare Share of the customers that should be in the test group, in (0, 1).
 * @throws {RangeError} If `testShare` is out of range, or there are no customers.
 *
 * @example
 * sampleRatio({ test: 815482, control: 821588 }, 0.5).pValue.toExponential(1); // "1.8e-6"
 */
export function sampleRatio({ test, control }: ArmSizes, testShare: number): SampleRatio {
  requireShare("sampleRatio", "testShare", testShare);
  const n = test + control;
  if (!(test >= 0 && control >= 0 && n > 0)) {
    throw new RangeError(
      `Cannot compute sampleRatio: there are ${test} test and ${control} control customers, some are needed`,
    );
  }
  const statistic =
    (test - testShare * n) ** 2 / (testShare * n) + (control - (1 - testShare) * n) ** 2 / ((1 - testShare) * n);
  const pValue = regularizedUpperGamma(0.5, statistic / 2);
  return { statistic, pValue, off: pValue < 0.001 };
}
