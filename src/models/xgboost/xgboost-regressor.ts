import { requireKnownOptions } from "../../errors.js";
import type { RegressionObjective } from "../boosting/boosting-options.js";
import type { DenseMatrix } from "../boosting/dense-matrix.js";
import { checkObjective, type ObjectiveOptions, objectiveOptions } from "../boosting/objectives.js";
import { checkTrainingData } from "../boosting/training-data.js";
import type { Regressor } from "../regressor.js";
import { trainXGBoost } from "./fit-xgboost.js";
import { loadXGBoostModel } from "./load-xgboost.js";
import { type BaseMarginOption, XGBoostModel } from "./xgboost-model.js";
import { xgboostObjectives } from "./xgboost-objectives.js";
import { type XGBoostOptions, xgboostOptions } from "./xgboost-options.js";

/** Options of an XGBoost regression. */
export interface XGBoostRegressorOptions extends XGBoostOptions, ObjectiveOptions<RegressionObjective> {}

/** A fitted XGBoost model of a number. */
export class XGBoostRegressor extends XGBoostModel implements Regressor {
  /**
   * Returns the expected value per row in the unit of y, shape (X.nRows,).
   *
   * @param options.baseMargin What the margin starts from per row; defaults to the model's own intercept.
   * @throws {RangeError} If the columns are not the model's, or a categorical one holds what is no code.
   */
  predict(X: DenseMatrix, options: BaseMarginOption = {}): Float64Array {
    return this.predictAs("value", X, options);
  }
}

const objectives = ["squared-error", "poisson", "tweedie", "gamma", "squared-log-error"] as const;

/**
 * Fits a boosted-tree regression by XGBoost, as {@link fitXGBoostClassifier} does a classifier.
 *
 * @param y A number per row, shape (X.nRows,), that the objective allows.
 * @throws {RangeError} If the data, an option or a parameter is unusable.
 * @throws {NativeLibraryError} If XGBoost is missing or fails.
 *
 * @example
 * const X = { nRows: 4, nCols: 1, data: Float64Array.of(1, 2, 8, 9), columnNames: ["frequency"] };
 * const model = await fitXGBoostRegressor(X, [10, 10, 50, 50], { seed: 7, nRounds: 100 });
 * model.predict(X).map(Math.round); // [10, 10, 50, 50]
 * model.close();
 */
export async function fitXGBoostRegressor(
  X: DenseMatrix,
  y: ArrayLike<number>,
  options: XGBoostRegressorOptions,
): Promise<XGBoostRegressor> {
  const action = "fit XGBoost";
  requireKnownOptions(action, options, { ...xgboostOptions, ...objectiveOptions });
  const { objective, settings } = checkObjective(action, options, objectives);
  const { name, labels } = xgboostObjectives[objective];
  const data = checkTrainingData(action, { ...options, X, y }, labels, options);
  const { library, booster, facts } = await trainXGBoost(action, data, [["objective", name], ...settings], options);
  return new XGBoostRegressor(library, booster, objective, facts);
}

/**
 * Loads a regression that we or Python's xgboost saved, as UBJSON or as JSON text.
 *
 * @throws {SyntaxError} If the bytes are not a whole model of XGBoost.
 * @throws {RangeError} If it was trained for something else.
 *
 * @example
 * const X = { nRows: 4, nCols: 1, data: Float64Array.of(1, 2, 8, 9), columnNames: ["frequency"] };
 * const model = await fitXGBoostRegressor(X, [10, 10, 50, 50], { seed: 7, nRounds: 100 });
 * const loaded = loadXGBoostRegressor(model.toBytes());
 * loaded.predict(X)[0] === model.predict(X)[0]; // true
 */
export function loadXGBoostRegressor(
  bytes: Uint8Array,
  options: { threads?: number; library?: string } = {},
): XGBoostRegressor {
  const { library, booster, objective, facts } = loadXGBoostModel(bytes, objectives, options);
  return new XGBoostRegressor(library, booster, objective, facts);
}
