import type { DenseMatrix } from "./boosting/dense-matrix.js";

/** A fitted model of a number. No unfitted one exists: `fit…` functions return it. */
export interface Regressor {
  /** Name of the algorithm, such as "xgboost"; any other is as good. */
  readonly kind: string;
  /** Column names, in the order `predict` expects. */
  readonly featureNames: readonly string[];
  /** Returns the expected value per row in the unit of y, shape (X.nRows,). */
  predict(X: DenseMatrix): Float64Array;
  /** Returns everything needed to rebuild the model. */
  toJSON(): unknown;
}
