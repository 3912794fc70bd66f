import type { Matrix } from "../matrix/index.js";
import { mean } from "../numeric/index.js";
import { type SilhouetteOptions, silhouetteSamples } from "./silhouette-samples.js";

/**
 * Returns the mean silhouette of all rows, exact. Higher is better: near 1 the clusters lie apart, near 0 they touch.
 * Above some ten thousand rows {@link estimateSilhouette} is quicker.
 *
 * @throws {RangeError} If the lengths differ, a value is not finite, or there are not from 2 to n - 1 clusters.
 *
 * @example
 * silhouetteScore({ nRows: 4, nCols: 1, data: Float64Array.of(0, 1, 5, 6) }, [0, 0, 1, 1]).toFixed(3); // "0.798"
 */
export function silhouetteScore(X: Matrix, labels: ArrayLike<number>, options: SilhouetteOptions = {}): number {
  return mean(silhouetteSamples(X, labels, options));
}
