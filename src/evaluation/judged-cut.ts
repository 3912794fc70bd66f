/** Rows with labels. `asOf`, where it is there, is compared with the days asked for. */
export interface LabelledRows {
  readonly y: ArrayLike<number>;
  readonly asOf?: ArrayLike<string>;
}

/** Name and complexity of a candidate. */
export interface CandidateFacts {
  readonly name: string;
  readonly complexity: number;
}

/** Predictions of all candidates on one day, each made once. */
export interface JudgedCut {
  /** The `score` day of the origin. */
  readonly origin: string;
  readonly part: "validation" | "test";
  readonly asOf: string;
  readonly nTrain: number;
  /** Group of each row, such as the customer. */
  readonly groups: ArrayLike<string | number>;
  readonly yTrue: Float64Array;
  /** By candidate; without those that failed. */
  readonly yPred: Readonly<Record<string, Float64Array>>;
}

/** Failure of a candidate on one day. */
export interface BacktestFailure {
  readonly candidate: string;
  readonly origin: string;
  readonly part: "validation" | "test";
  /** The step that failed: fitting, predicting, freeing the model, or the loss of the predictions. */
  readonly code: "fit" | "predict" | "wrong-length" | "not-finite" | "close" | "loss";
  readonly message: string;
}

/** Predictions of a backtest, from which the table of losses is computed. */
export interface BacktestPredictions {
  readonly candidates: readonly CandidateFacts[];
  /** The `score` days, in the order given. */
  readonly origins: readonly string[];
  readonly cuts: readonly JudgedCut[];
  readonly failures: readonly BacktestFailure[];
}
