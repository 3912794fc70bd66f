import { requireKnownOptions } from "../errors.js";
import { gainCurve } from "./gain-curve.js";
import { type WeightOptions, weightOptions } from "./weight-options.js";

/**
 * Returns the response rate among the best-scored share `k` of the rows, over the base rate. Rows that tie at the edge
 * count in proportion, as if drawn at random.
 *
 * @param options.k Share of the rows, in (0, 1].
 * @throws {RangeError} If `k` is outside (0, 1], the lengths differ, a value is not finite, or one class is absent.
 *
 * @example
 * liftAtK([1, 1, 0, 0], [0.9, 0.8, 0.3, 0.1], { k: 0.5 }); // 2
 */
export function liftAtK(
  yTrue: ArrayLike<number>,
  yScore: ArrayLike<number>,
  options: WeightOptions & { k: number },
): number {
  requireKnownOptions("compute liftAtK", options, { ...weightOptions, k: true });
  const { k, ...weighting } = options;
  if (!(0 < k && k <= 1)) throw new RangeError(`Cannot compute liftAtK: k is ${k}; expected a share in (0, 1]`);
  const { share, gain } = gainCurve(yTrue, yScore, weighting);
  let i = 1;
  while (i < share.length - 1 && share[i] < k) ++i;
  const part = (k - share[i - 1]) / (share[i] - share[i - 1]);
  return (gain[i - 1] + part * (gain[i] - gain[i - 1])) / k;
}
