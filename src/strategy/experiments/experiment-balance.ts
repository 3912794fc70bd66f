import { regularizedUpperGamma } from "../../numeric/index.js";
import type { ArmSizes } from "./arm-sizes.js";
import { requireShare } from "./experiment-options.js";

const LIMIT = 0.001;

/** Sizes of two groups, compared with the split. */
export interface SampleRatio {
  /** Pearson's chi-square, one degree of freedom. */
  readonly statistic: number;
  /** Chance of sizes at least this far from the plan. */
  readonly pValue: number;
  /** Smallest p-value of groups that are taken to be whole. */
  readonly limit: number;
  /** True if the p-value is below the limit: customers are missing, and not by chance. */
  readonly off: boolean;
}

/**
 * Tests for a sample ratio mismatch: compares the sizes of the groups with the planned share of the test group.
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
      `Cannot compute sampleRatio: there are ${test} test and ${control} control customers; expected numbers from 0 with a sum above 0`,
    );
  }
  const statistic =
    (test - testShare * n) ** 2 / (testShare * n) + (control - (1 - testShare) * n) ** 2 / ((1 - testShare) * n);
  const pValue = regularizedUpperGamma(0.5, statistic / 2);
  return { statistic, pValue, limit: LIMIT, off: pValue < LIMIT };
}
