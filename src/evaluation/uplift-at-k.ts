import { requireKnownOptions } from "../errors.js";
import { upliftCounts } from "./uplift-counts.js";

/**
 * Returns the mean outcome of the treated less that of the controls, among the best-ranked share `k` of the rows. Rows
 * that tie at the edge count in proportion, as if drawn at random. Causal only if treatment was drawn at random.
 *
 * @param options.k Share of the rows, in (0, 1].
 * @throws {RangeError} If `k` is outside (0, 1], the lengths differ, a value is not finite, or one arm is absent among
 * the best-ranked rows.
 *
 * @example
 * upliftAtK([1, 0, 0, 1], [0.9, 0.8, 0.2, 0.1], [1, 0, 1, 0], { k: 0.5 }); // 1
 */
export function upliftAtK(
  yTrue: ArrayLike<number>,
  uplift: ArrayLike<number>,
  treatment: ArrayLike<number>,
  options: { k: number },
): number {
  requireKnownOptions("compute upliftAtK", options, { k: true });
  const { k } = options;
  if (!(0 < k && k <= 1)) throw new RangeError(`Cannot compute upliftAtK: k is ${k}; expected a share in (0, 1]`);
  const sums = upliftCounts("upliftAtK", yTrue, uplift, treatment);
  const wanted = k * sums.nRows;
  let i = 0;
  while (i < sums.counts.length - 1 && sums.counts[i] < wanted) ++i;
  const before = i ? sums.counts[i - 1] : 0;
  const part = (wanted - before) / (sums.counts[i] - before);
  const at = (totals: Float64Array) => (1 - part) * (i ? totals[i - 1] : 0) + part * totals[i];
  if (!(at(sums.treated) > 0 && at(sums.control) > 0)) {
    throw new RangeError(
      `Cannot compute upliftAtK: the best ${k} of the rows has only one arm; expected treated and control rows`,
    );
  }
  return at(sums.treatedOutcome) / at(sums.treated) - at(sums.controlOutcome) / at(sums.control);
}
