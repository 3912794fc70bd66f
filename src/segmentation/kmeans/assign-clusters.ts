import type { Matrix } from "../../matrix/index.js";
import { requireFinite } from "../../numeric/index.js";
import { squaredDistance } from "./squared-distance.js";

/**
 * Assigns each row to its nearest centroid, shape (n,); the first of equally near ones.
 *
 * @throws {RangeError} If the columns differ in number, or a value is not finite.
 *
 * @example
 * assignClusters(matrixFromColumns({ x: [1, 4, 9] }), matrixFromColumns({ x: [0, 10] })); // [0, 0, 1]
 */
export function assignClusters(points: Matrix, centroids: Matrix): Int32Array {
  if (points.nCols !== centroids.nCols) {
    throw new RangeError(
      `Cannot compute assignClusters: points has ${points.nCols} columns and centroids has ${centroids.nCols}; use the same columns for both`,
    );
  }
  requireFinite("assignClusters", { points: points.data });
  const labels = new Int32Array(points.nRows);
  for (let i = 0; i < points.nRows; ++i) {
    let nearest = Number.POSITIVE_INFINITY;
    for (let c = 0; c < centroids.nRows; ++c) {
      const distance = squaredDistance(points.data, i, centroids.data, c, points.nCols);
      if (distance < nearest) {
        nearest = distance;
        labels[i] = c;
      }
    }
  }
  return labels;
}
