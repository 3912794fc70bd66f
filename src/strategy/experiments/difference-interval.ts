import { mean, normalQuantile, studentQuantile, variance } from "../../numeric/index.js";
import type { Bounded } from "./experiment-ratio.js";

/** Difference of two groups, test minus control, with the figures of each. */
export interface Difference {
  readonly difference: Bounded;
  readonly ofTest: Bounded;
  readonly ofControl: Bounded;
}

/**
 * Computes Welch's interval of a difference of means, with Satterthwaite's degrees of freedom. Where the customers of
 * each group are all alike, nothing measures chance, and the bounds are infinite.
 *
 * @param a Values of the test group, shape (n,), n ≥ 2.
 * @param b Values of the control group.
 * @param options.scale Size of the amounts: spreads below 1e-12 of it are rounding.
 * @param options.isReliable False makes the bounds infinite as well.
 */
export function welchInterval(
  a: Float64Array,
  b: Float64Array,
  { alpha, scale, isReliable }: { readonly alpha: number; readonly scale: number; readonly isReliable: boolean },
): Difference {
  const [va, vb] = [variance(a, { ddof: 1 }) / a.length, variance(b, { ddof: 1 }) / b.length];
  const error = Math.sqrt(va + vb);
  const known = isReliable && error > 1e-12 * scale;
  const df = (va + vb) ** 2 / (va ** 2 / (a.length - 1) + vb ** 2 / (b.length - 1));
  const t = known ? studentQuantile(1 - alpha / 2, df) : Number.NaN;
  const around = (value: number, standardError: number): Bounded => {
    const half = known ? t * standardError : Number.POSITIVE_INFINITY;
    return { value, lower: value - half, upper: value + half };
  };
  return {
    difference: around(mean(a) - mean(b), error),
    ofTest: around(mean(a), Math.sqrt(va)),
    ofControl: around(mean(b), Math.sqrt(vb)),
  };
}

/**
 * Computes the interval of a difference of shares by Newcombe 1998, "Interval estimation for the difference between
 * independent proportions", method 10.
 *
 * @param a 1 or 0 of each customer of the test group, shape (n,), n ≥ 1.
 * @param b The same of the control group.
 */
export function newcombeInterval(a: Float64Array, b: Float64Array, { alpha }: { readonly alpha: number }): Difference {
  const z = normalQuantile(1 - alpha / 2);
  const [p, q] = [mean(a), mean(b)];
  const [forA, forB] = [wilson(p, a.length, z), wilson(q, b.length, z)];
  return {
    difference: {
      value: p - q,
      lower: p - q - Math.hypot(p - forA.lower, forB.upper - q),
      upper: p - q + Math.hypot(forA.upper - p, q - forB.lower),
    },
    ofTest: forA,
    ofControl: forB,
  };
}

function wilson(p: number, n: number, z: number): Bounded {
  const centre = p + (z * z) / (2 * n);
  const half = z * Math.sqrt((p * (1 - p)) / n + (z * z) / (4 * n * n));
  const scale = 1 + (z * z) / n;
  return { value: p, lower: (centre - half) / scale, upper: (centre + half) / scale };
}
