import { requireKnownOptions, requireSameLength } from "../../../errors.js";
import { requireCounts, requireFinite } from "../require-numbers.js";

/** Customers of one calibration frequency in the holdout period. */
export interface HoldoutRow {
  /** Repeat purchases in the calibration period. */
  readonly x: number;
  /** True in the last row, which holds those with more too. */
  readonly orMore: boolean;
  readonly customers: number;
  /** Mean purchases per customer in the holdout period; null if there is no customer. */
  readonly actual: number | null;
  readonly expected: number | null;
}

/**
 * Tabulates actual and expected holdout purchases by calibration frequency, as the papers do.
 *
 * @param x Repeat purchases in the calibration period, shape (n,).
 * @param holdout What each customer did in the holdout period and what was expected, each shape (n,).
 * @throws {RangeError} If lengths differ, x or `most` are no counts, or a number from 0 is missing elsewhere.
 *
 * @example
 * const table = holdoutTable([0, 0, 1, 5], { actual: [0, 1, 1, 4], expected: [0.2, 0.2, 0.5, 3] }, { most: 1 });
 * table[0]; // { x: 0, orMore: false, customers: 2, actual: 0.5, expected: 0.2 }
 * table[1]; // { x: 1, orMore: true, customers: 2, actual: 2.5, expected: 1.75 }
 */
export function holdoutTable(
  x: ArrayLike<number>,
  { actual, expected }: { actual: ArrayLike<number>; expected: ArrayLike<number> },
  options: { most?: number } = {},
): HoldoutRow[] {
  requireKnownOptions("compute holdoutTable", options, { most: true });
  const { most = 7 } = options;
  requireSameLength("holdoutTable", { x, actual, expected });
  requireCounts("compute holdoutTable", { x });
  requireFinite("compute holdoutTable", { actual, expected });
  if (!(Number.isInteger(most) && most >= 0)) {
    throw new RangeError(`Cannot compute holdoutTable: most is ${most}; expected an integer of at least 0`);
  }
  const sums = Array.from({ length: most + 1 }, () => ({ customers: 0, actual: 0, expected: 0 }));
  for (let i = 0; i < x.length; ++i) {
    const sum = sums[Math.min(x[i], most)];
    ++sum.customers;
    sum.actual += actual[i];
    sum.expected += expected[i];
  }
  return sums.map((sum, k) => ({
    x: k,
    orMore: k === most,
    customers: sum.customers,
    actual: sum.customers ? sum.actual / sum.customers : null,
    expected: sum.customers ? sum.expected / sum.customers : null,
  }));
}
