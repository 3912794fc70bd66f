import { asFloats, requireLabels } from "../numeric/index.js";
import { upliftCounts } from "./uplift-counts.js";
import type { UpliftCurve } from "./uplift-curve.js";

/**
 * Returns the Qini curve (Radcliffe 2007): outcome of the treated less that of the controls, the latter scaled to the
 * number of treated, among the rows ranked so far. The straight line to the last point is a random order.
 *
 * @param yTrue Outcomes, shape (n,): 0 or 1, or amounts.
 * @param uplift Predicted effect; higher is treated first, shape (n,).
 * @param treatment 1 for treated, 0 for control, shape (n,).
 * @throws {RangeError} If the lengths differ, a value is not finite, or one arm is absent.
 *
 * @example
 * qiniCurve([1, 0, 0, 1], [0.9, 0.8, 0.2, 0.1], [1, 0, 1, 0]).gain; // [0, 1, 1, 1, 0]
 */
export function qiniCurve(
  yTrue: ArrayLike<number>,
  uplift: ArrayLike<number>,
  treatment: ArrayLike<number>,
): UpliftCurve {
  const sums = upliftCounts("qiniCurve", yTrue, uplift, treatment);
  const counts = new Float64Array(sums.counts.length + 1);
  const gain = new Float64Array(sums.counts.length + 1);
  for (let i = 0; i < sums.counts.length; ++i) {
    const scale = sums.control[i] ? sums.treated[i] / sums.control[i] : 0;
    counts[i + 1] = sums.counts[i];
    gain[i + 1] = sums.treatedOutcome[i] - sums.controlOutcome[i] * scale;
  }
  return { counts, gain };
}

/**
 * Returns the Qini curve of the best possible order: treated rows by their outcome, controls last by theirs.
 *
 * @throws {RangeError} If the lengths differ, a value is not finite, or one arm is absent.
 *
 * @example
 * perfectQiniCurve([1, 0, 0, 1], [1, 1, 0, 0]).gain; // [0, 1, 1, 0]
 */
export function perfectQiniCurve(yTrue: ArrayLike<number>, treatment: ArrayLike<number>): UpliftCurve {
  requireLabels("perfectQiniCurve", { treatment });
  const outcome = asFloats(yTrue);
  return qiniCurve(
    outcome,
    outcome.map((y, i) => (treatment[i] === 1 ? y : -y)),
    treatment,
  );
}
