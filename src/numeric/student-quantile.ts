import { betaFraction } from "./beta-fraction.js";
import { logGamma } from "./special-functions.js";
import { normalQuantile } from "./stats.js";

/**
 * Returns the quantile at `p` of Student's t distribution, by bisection.
 *
 * @param p In (0.5, 1).
 * @param df Degrees of freedom, above 0; need not be whole.
 */
export function studentQuantile(p: number, df: number): number {
  // Beyond this many the two agree to nine digits.
  if (df > 1e9) return normalQuantile(p);
  let [low, high] = [0, 1];
  while (upperTail(high, df) > 1 - p) [low, high] = [high, 2 * high];
  for (let i = 0; i < 100 && high - low > 1e-13 * high; ++i) {
    const middle = (low + high) / 2;
    if (upperTail(middle, df) > 1 - p) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/**
 * Returns P(T > t) for t ≥ 0: half the incomplete beta function I(df / (df + t²); df / 2, 1 / 2) (DLMF 8.17.8 and on).
 */
function upperTail(t: number, df: number): number {
  return incompleteBeta(df / (df + t * t), (t * t) / (df + t * t), df / 2, 0.5) / 2;
}

/**
 * Returns I(x; a, b) with y = 1 - x given, by the continued fraction DLMF 8.17.22 on the side where it converges fast.
 */
function incompleteBeta(x: number, y: number, a: number, b: number): number {
  if (x > (a + 1) / (a + b + 2)) return 1 - incompleteBeta(y, x, b, a);
  if (x <= 0) return 0;
  const front = Math.exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log(y)) / a;
  return front * betaFraction(x, a, b);
}
