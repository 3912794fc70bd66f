import { asFloats, requireLabels } from "../numeric/index.js";
import { upliftCounts } from "./uplift-counts.js";

/** One point per distinct score, best first, from (0, 0). */
export interface UpliftCurve {
  /** Rows ranked so far. */
  readonly counts: Float64Array;
  /** Outcome gained by treating them, in the unit of the outcome. */
  readonly gain: Float64Array;
}

/**
 * Returns the uplift curve: rows ranked so far × (mean outcome of the treated - mean outcome of the controls) among
 * them. A group without one arm counts that arm's mean as 0. The straight line to the last point is a random order.
 *
 * @param yTrue Outcomes, shape (n,): 0 or 1, or amounts.
 * @param uplift Predicted effect; higher is treated first, shape (n,).
 * @param treatment 1 for treated, 0 for control, shape (n,).
 * @throws {RangeError} If the lengths differ, a value is not finite, or one arm is absent.
 *
 * @example
 * upliftCurve([1, 0, 0, 1], [0.9, 0.8, 0.2, 0.1], [1, 0, 1, 0]).gain; // [0, 1, 2, 1.5, 0]
 */
export function upliftCurve(
  yTrue: ArrayLike<number>,
  uplift: ArrayLike<number>,
  treatment: ArrayLike<number>,
): UpliftCurve {
  const sums = upliftCounts("upliftCurve", yTrue, uplift, treatment);
  const counts = new Float64Array(sums.counts.length + 1);
  const gain = new Float64Array(sums.counts.length + 1);
  for (let i = 0; i < sums.counts.length; ++i) {
    const treatedMean = sums.treated[i] ? sums.treatedOutcome[i] / sums.treated[i] : 0;
    const controlMean = sums.control[i] ? sums.controlOutcome[i] / sums.control[i] : 0;
    counts[i + 1] = sums.counts[i];
    gain[i + 1] = (treatedMean - controlMean) * sums.counts[i];
  }
  return { counts, gain };
}

/**
 * Returns the uplift curve of the best possible order: treated responders and untreated non-responders first.
 *
 * @throws {RangeError} If the lengths differ, an outcome is not 0 or 1, or one arm is absent.
 *
 * @example
 * perfectUpliftCurve([1, 0, 0, 1], [1, 1, 0, 0]).gain; // [0, 1, 2, 1.5, 0]
 */
export function perfectUpliftCurve(yTrue: ArrayLike<number>, treatment: ArrayLike<number>): UpliftCurve {
  requireLabels("perfectUpliftCurve", { yTrue, treatment });
  const outcome = asFloats(yTrue);
  let respondedUntreated = 0;
  let treatedInVain = 0;
  for (let i = 0; i < outcome.length; ++i) {
    if (treatment[i] === 0 && outcome[i] === 1) ++respondedUntreated;
    if (treatment[i] === 1 && outcome[i] === 0) ++treatedInVain;
  }
  const hindsight = outcome.map((y, i) => {
    const second = respondedUntreated > treatedInVain ? y : treatment[i];
    return (y === treatment[i] ? 2 : 0) + second;
  });
  return upliftCurve(outcome, hindsight, treatment);
}
