import type { Matrix } from "../../matrix/index.js";

/** A division of rows into clusters. */
export interface KmeansFit {
  /** Shape (k × d). */
  readonly centroids: Matrix;
  /** Cluster of each row, from 0, shape (n,). */
  readonly labels: Int32Array;
  /** Weighted sum of the squared distances to the own centroid. */
  readonly inertia: number;
  readonly iterations: number;
  /** False if `maxIterations` ended it. */
  readonly converged: boolean;
}
