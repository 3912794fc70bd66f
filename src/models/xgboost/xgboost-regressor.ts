import { requireKnownOptions } from "../../errors.js";
import type { RegressionObjective } from "../boosting/boosting-options.js";
import type { DenseMatrix } from "../boosting/dense-matrix.js";
import { checkTrainingData } from "../boosting/training-data.js";
import { tweediePower } from "../boosting/tweedie-power.js";
import type { Regressor } from "../regressor.js";
import { trainXGBoost } from "./fit-xgboost.js";
import { loadXGBoostModel } from "./load-xgboost.js";
import { type BaseMarginOption, XGBoostModel } from "./xgboost-model.js";
import { xgboostObjectives } from "./xgboost-objectives.js";
import { type XGBoostOptions, xgboostOptions } from "./xgboost-options.js";

/** How an XGBoost model of a number is fitted. */
export interface XGBoostRegressorOptions extends XGBoostOptions {
  /** What is minimized; defaults to "squared-error". */
  readonly objective?: RegressionObjective | undefined;
  /** Power of the variance for the Tweedie objective, in (1, 2): near 2 spend is like a gamma; defaults to 1.5. */
  readonly tweedieVariancePower?: number | undefined;
}

/** A fitted XGBoost model of a number. */
export class XGBoostRegressor extends XGBoostModel implements Regressor {
  /**
   * The expected value per row in the unit of y, shape (X.nRows,).
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
  requireKnownOptions(action, options, { ...xgboostOptions, objective: true, tweedieVariancePower: true });
  const { objective = "squared-error", tweedieVariancePower } = options;
  if (!objectives.includes(objective)) {
    throw new RangeError(`Cannot ${action}: objective is "${objective}"; expected one of ${objectives.join(", ")}`);
  }
  const { name, labels } = xgboostObjectives[objective];
  const settings: [string, string][] = [["objective", name], ...tweediePower(action, objective, tweedieVariancePower)];
  const data = checkTrainingData(action, { ...options, X, y }, labels, options);
  const { library, booster, facts } = await trainXGBoost(action, data, settings, options);
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
