/**
 * Finds the knee of a falling, flattening curve (Satopää et al. 2011, "kneedle", sensitivity 1): the x whose normalized
 * distance below the straight line from the first to the last point is largest, provided that the distance then falls
 * by more than the mean step of x. Null if the curve has no knee.
 *
 * @param x Ascending, shape (n,).
 * @param y What falls, shape (n,).
 *
 * @example
 * findKnee([3, 4, 5, 6, 7, 8], [100, 40, 12, 10, 9, 8]); // 5
 * findKnee([3, 4, 5, 6], [40, 30, 20, 10]); // null
 */
export function findKnee(x: readonly number[], y: readonly number[]): number | null {
  const n = x.length;
  if (n < 3 || y.length !== n) return null;
  const [width, height] = [x[n - 1] - x[0], y[0] - y[n - 1]];
  if (!(width > 0 && height > 0)) return null;
  const below = x.map((value, i) => 1 - (y[i] - y[n - 1]) / height - (value - x[0]) / width);
  for (let i = 1; i < n - 1; ++i) {
    if (!(below[i] > below[i - 1] && below[i] >= below[i + 1])) continue;
    const threshold = below[i] - 1 / (n - 1);
    for (let j = i + 1; j < n; ++j) {
      if (below[j] > below[i]) break;
      if (below[j] < threshold) return x[i];
    }
  }
  return null;
}
