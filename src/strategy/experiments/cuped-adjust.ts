import { requireKnownOptions } from "../../errors.js";
import { mean, requireFinite, requireRows } from "../../numeric/index.js";

/** Outcomes without the part that was foreseeable. */
export interface CupedAdjustment {
  /** y - θ (x - mean of x), shape (n,): their mean is that of y. */
  readonly values: Float64Array;
  readonly theta: number;
  /** Correlation of outcome and covariate, within the arms where these were given. */
  readonly correlation: number;
  /** Share of the variance that is gone: correlation². */
  readonly varianceReduction: number;
}

/**
 * Takes out of an outcome what a covariate from before the experiment explains (Deng, Xu, Kohavi & Walker 2013): θ is the
 * covariance over the covariate's variance. With `arms` both are taken within the arms, so that the effect of the
 * campaign does not enter.
 *
 * @param y Outcome, shape (n,).
 * @param x Known before the experiment began, such as spend in the time before, shape (n,). If it is constant, nothing
 * is taken out.
 * @throws {RangeError} If the lengths differ, there are no rows, or a value is not finite.
 *
 * @example
 * cupedAdjust([1, 3, 2, 6], [0, 2, 0, 2]).values; // [2.5, 1.5, 3.5, 4.5]
 */
export function cupedAdjust(
  y: ArrayLike<number>,
  x: ArrayLike<number>,
  options: { readonly arms?: ArrayLike<string> } = {},
): CupedAdjustment {
  requireKnownOptions("compute cupedAdjust", options, { arms: true });
  const { arms } = options;
  requireRows("cupedAdjust", arms ? { y, x, arms } : { y, x });
  requireFinite("cupedAdjust", { y, x });
  const n = y.length;
  const rows = Array.from({ length: n }, (_, i) => i);
  const groups = arms ? [...new Set(Array.from(arms))].map((arm) => rows.filter((i) => arms[i] === arm)) : [rows];
  let [xx, xy, yy] = [0, 0, 0];
  for (const group of groups) {
    const [xMean, yMean] = [mean(group.map((i) => x[i])), mean(group.map((i) => y[i]))];
    for (const i of group) {
      const [dx, dy] = [x[i] - xMean, y[i] - yMean];
      xx += dx * dx;
      xy += dx * dy;
      yy += dy * dy;
    }
  }
  const theta = xx > 0 ? xy / xx : 0;
  // Rounding makes more than 1 of what is in proportion.
  const correlation = xx > 0 && yy > 0 ? Math.min(1, Math.max(-1, xy / Math.sqrt(xx * yy))) : 0;
  const centre = mean(x);
  return {
    values: Float64Array.from(rows, (i) => y[i] - theta * (x[i] - centre)),
    theta,
    correlation,
    varianceReduction: correlation ** 2,
  };
}
