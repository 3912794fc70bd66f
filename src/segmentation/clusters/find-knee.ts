/**
 * Finds the knee of a falling, flattening curve (Satopää et al. 2011, "kneedle", sensitivity 1): the first x at which the
 * normalized distance below the straight line from the first to the last point has a maximum, provided that it then
 * falls by more than the mean step of x before it has a minimum or another maximum. Null if the curve has no knee.
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
  let knee: number | null = null;
  let threshold = 0;
  for (let i = 1; i < n; ++i) {
    if (knee !== null && below[i] < threshold) return knee;
    if (i === n - 1) break;
    if (below[i] > below[i - 1] && below[i] >= below[i + 1]) {
      knee = x[i];
      threshold = below[i] - 1 / (n - 1);
    }
    // A minimum withdraws the candidate: what comes later is the bend of another knee (ibid., section III).
    if (below[i] <= below[i - 1] && below[i] <= below[i + 1]) knee = null;
  }
  return null;
}
