import type { Matrix } from "../../matrix/index.js";
import type { Predicts } from "./model-card.js";

/** A model read back from its package. `close` frees what it holds. */
export interface PackagedModel {
  /** The algorithm, such as "xgboost". */
  readonly kind: string;
  /** Columns that `predict` needs. */
  readonly featureNames: readonly string[];
  readonly predicts: Predicts;
  /** Names of the clusters by number; absent of other models. */
  readonly clusterNames?: readonly string[];
  /**
   * Predicts the same numbers as the model that was packaged, calibrated where it was; shape (X.nRows,). Columns are
   * found by name, others are ignored.
   *
   * @throws {RangeError} If a column of the model is missing.
   */
  predict(X: Matrix): Float64Array;
  close(): void;
}
