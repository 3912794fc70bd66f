import { type OptionNames, requireKnownOptions } from "../../errors.js";
import type { BoostingOptions, RegressionObjective } from "../boosting/boosting-options.js";
import type { DenseMatrix } from "../boosting/dense-matrix.js";
import { checkParameters, integerFrom, requireOption } from "../boosting/parameter-rules.js";
import { fitClassMeans, type XGBoostClassifier } from "./xgboost-classifier.js";
import type { XGBoostOptions } from "./xgboost-options.js";
import { xgboostParameters } from "./xgboost-parameters.js";
import { fitXGBoostRegressor, type XGBoostRegressor } from "./xgboost-regressor.js";

/** Options of a random forest. */
export interface RandomForestOptions
  extends Pick<
    BoostingOptions,
    "seed" | "sampleWeight" | "categorical" | "monotone" | "signal" | "threads" | "library"
  > {
  /** Trees, grown side by side; defaults to 200. */
  readonly nTrees?: number | undefined;
  /** Levels of a tree, from 1; defaults to 8. */
  readonly maxDepth?: number | undefined;
  /** Share of the rows that each tree sees, drawn without replacement, in (0, 1]; defaults to 0.632. */
  readonly subsample?: number | undefined;
  /** Share of the columns that each split sees, in (0, 1]; defaults to the square root of their number. */
  readonly columnSample?: number | undefined;
  /** Any further parameter of XGBoost, for example `{ min_child_weight: 5 }`. */
  readonly parameters?: BoostingOptions["parameters"];
}

const ACTION = "fit a random forest";

const randomForestOptions: OptionNames<RandomForestOptions> = {
  seed: true,
  sampleWeight: true,
  categorical: true,
  monotone: true,
  signal: true,
  threads: true,
  library: true,
  nTrees: true,
  maxDepth: true,
  subsample: true,
  columnSample: true,
  parameters: true,
};

/**
 * Fits a random forest for a probability, as one round of parallel trees of XGBoost: all that is known of its models
 * holds for it. The round is not interrupted.
 *
 * A tree splits by squared error, and its leaf is the share of positives among its rows, of which it has a weight of 2
 * or more; the forest averages the trees. A prediction is therefore a mean of classes, at the level of the training rows whatever their rate, and
 * margins and contributions are on the scale of the probability, not of log-odds.
 *
 * @param y 0 or 1 per row, shape (X.nRows,); both must occur.
 * @throws {RangeError} If the data, an option or a parameter is unusable.
 *
 * @example
 * const frequency = Float64Array.from({ length: 80 }, (_, i) => i);
 * const X = { nRows: 80, nCols: 1, data: frequency, columnNames: ["frequency"] };
 * const forest = await fitRandomForestClassifier(X, frequency.map((n) => (n < 40 ? 0 : 1)), { seed: 7 });
 * forest.predictProba(X)[79] > 0.8; // true
 * forest.close();
 */
export async function fitRandomForestClassifier(
  X: DenseMatrix,
  y: ArrayLike<number>,
  options: RandomForestOptions,
): Promise<XGBoostClassifier> {
  requireKnownOptions(ACTION, options, randomForestOptions);
  // A leaf of one row is 0 or 1, and rare positives then claim too much of the space around them.
  const parameters = { min_child_weight: 2, ...options.parameters };
  return fitClassMeans(ACTION, X, y, forestOptions(X, { ...options, parameters }));
}

/**
 * Fits a random forest for a number, as {@link fitRandomForestClassifier} does for a probability.
 *
 * @param options.objective What is minimized; defaults to "squared-error".
 *
 * @example
 * const X = { nRows: 4, nCols: 1, data: Float64Array.of(1, 2, 8, 9), columnNames: ["frequency"] };
 * const forest = await fitRandomForestRegressor(X, [10, 10, 50, 50], { seed: 7 });
 * forest.predict(X)[0] < forest.predict(X)[3]; // true
 * forest.close();
 */
export async function fitRandomForestRegressor(
  X: DenseMatrix,
  y: ArrayLike<number>,
  options: RandomForestOptions & { readonly objective?: RegressionObjective | undefined },
): Promise<XGBoostRegressor> {
  requireKnownOptions(ACTION, options, { ...randomForestOptions, objective: true });
  const { objective } = options;
  return fitXGBoostRegressor(X, y, { ...forestOptions(X, options), objective });
}

function forestOptions({ nCols }: DenseMatrix, options: RandomForestOptions): XGBoostOptions {
  const { nTrees = 200, maxDepth = 8, subsample = 0.632, parameters = {} } = options;
  const { columnSample = Math.round(Math.sqrt(nCols)) / nCols } = options;
  requireOption(ACTION, "nTrees", nTrees, integerFrom(1));
  checkParameters(ACTION, parameters, {
    ...xgboostParameters,
    num_parallel_tree: "the nTrees option",
    colsample_bynode: "the columnSample option",
  });
  const { seed, sampleWeight, categorical, monotone, signal, threads, library } = options;
  return {
    seed,
    sampleWeight,
    categorical,
    monotone,
    signal,
    threads,
    library,
    maxDepth,
    subsample,
    nRounds: 1,
    learningRate: 1,
    // A leaf is the mean of its rows, but for a trace of shrinkage that keeps empty ones finite.
    parameters: { lambda: 1e-5, ...parameters, num_parallel_tree: nTrees, colsample_bynode: columnSample },
  };
}
