import type { Matrix } from "../../matrix/index.js";
import { requireFinite } from "../../numeric/index.js";
import { squaredDistance } from "../kmeans/squared-distance.js";
import { optimalAssignment } from "./optimal-assignment.js";

/** Matching of the clusters of a later fit to those of an earlier one. */
export interface ClusterAlignment {
  /** Earlier cluster of each later one, -1 where it continues none, shape (k,). */
  readonly previous: Int32Array;
  /** Distance of the centroids of each pair, in scaled units; NaN where there is no pair, shape (k,). */
  readonly distances: Float64Array;
}

/**
 * Pairs the clusters of two fits so that the squared distances of their centroids sum to the least: numbers of clusters
 * mean nothing by themselves, and change from one fit to the next. Where the fits differ in their number of clusters, the
 * rest stays without a pair.
 *
 * @param previousCentroids Shape (j × d).
 * @param centroids Shape (k × d), scaled by the same scaler as the earlier ones.
 * @throws {RangeError} If the columns differ in number, or a value is not finite.
 *
 * @example
 * const previous = matrixFromColumns({ x: [0, 10, 20] });
 * alignClusters(previous, matrixFromColumns({ x: [21, 1, 9] })).previous; // [2, 0, 1]
 */
export function alignClusters(previousCentroids: Matrix, centroids: Matrix): ClusterAlignment {
  if (previousCentroids.nCols !== centroids.nCols) {
    throw new RangeError(
      `Cannot align clusters: the earlier centroids have ${previousCentroids.nCols} columns and the later ones ${centroids.nCols}; use the same features for both`,
    );
  }
  requireFinite("alignClusters", { previousCentroids: previousCentroids.data, centroids: centroids.data });
  const costs = Array.from({ length: centroids.nRows }, (_, i) =>
    Array.from({ length: previousCentroids.nRows }, (_, j) =>
      squaredDistance(centroids.data, i, previousCentroids.data, j, centroids.nCols),
    ),
  );
  const previous = optimalAssignment(costs);
  return { previous, distances: Float64Array.from(previous, (j, i) => (j < 0 ? Number.NaN : Math.sqrt(costs[i][j]))) };
}
