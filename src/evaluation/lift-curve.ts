import { gainCurve } from "./gain-curve.js";
import type { WeightOptions } from "./weight-options.js";

/** One point per distinct score, best first; the last is (1, 1). */
export interface LiftCurve {
  /** Share of the rows contacted, ascending, above 0. */
  readonly share: Float64Array;
  /** Response rate among them over the base rate. */
  readonly lift: Float64Array;
}

/**
 * Returns the lift of the best-scored rows: their response rate over the base rate. It measures ranking, not causal
 * effects.
 *
 * @throws {RangeError} If the lengths differ, a value is not finite, or one class is absent.
 *
 * @example
 * liftCurve([1, 0], [0.9, 0.1]); // { share: [0.5, 1], lift: [2, 1] }
 */
export function liftCurve(yTrue: ArrayLike<number>, yScore: ArrayLike<number>, options: WeightOptions = {}): LiftCurve {
  const { share, gain } = gainCurve(yTrue, yScore, options);
  // Rows of weight 0 may stand first: they are no share of anything.
  const first = share.findIndex((value) => value > 0);
  return { share: share.slice(first), lift: gain.subarray(first).map((value, i) => value / share[first + i]) };
}
