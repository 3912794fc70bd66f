import type { DenseMatrix } from "./boosting/dense-matrix.js";

/** A fitted binary classifier. No unfitted one exists: `fit…` functions return it. */
export interface Classifier {
  /** Name of the algorithm, such as "xgboost"; any other is as good. */
  readonly kind: string;
  /** Column names, in the order `predictProba` expects. */
  readonly featureNames: readonly string[];
  /** Returns P(y = 1) per row, shape (X.nRows,). */
  predictProba(X: DenseMatrix): Float64Array;
  /** Returns everything needed to rebuild the model. */
  toJSON(): unknown;
}
