import { requireKnownOptions } from "../../errors.js";
import type { DenseMatrix } from "../boosting/dense-matrix.js";
import { checkObjective, type ObjectiveOptions, objectiveOptions } from "../boosting/objectives.js";
import { checkTrainingData } from "../boosting/training-data.js";
import type { Regressor } from "../regressor.js";
import { trainLightGbm } from "./fit-lightgbm.js";
import { LightGbmModel } from "./lightgbm-model.js";
import { type LightGbmRegressionObjective, lightgbmObjectives } from "./lightgbm-objectives.js";
import { type LightGbmOptions, lightgbmOptions } from "./lightgbm-options.js";
import { loadLightGbmModel } from "./load-lightgbm.js";

/** Options of an LightGBM regression. */
export interface LightGbmRegressorOptions extends LightGbmOptions, ObjectiveOptions<LightGbmRegressionObjective> {}

/** A fitted LightGBM model of a number. */
export class LightGbmRegressor extends LightGbmModel implements Regressor {
  /**
   * Returns the expected value per row in the unit of y, shape (X.nRows,).
   *
   * @throws {RangeError} If the columns are not the model's, or a categorical one holds what is no code.
   */
  predict(X: DenseMatrix): Float64Array {
    return this.predictAs("value", X);
  }
}

const objectives = ["squared-error", "poisson", "tweedie", "gamma"] as const;

/**
 * Fits a boosted-tree regression by LightGBM.
 *
 * @param y A number per row, shape (X.nRows,), that the objective allows.
 * @throws {RangeError} If the data, an option or a parameter is unusable.
 * @throws {NativeLibraryError} If LightGBM is missing or fails.
 *
 * @example
 * const frequency = Float64Array.from({ length: 80 }, (_, i) => i);
 * const X = { nRows: 80, nCols: 1, data: frequency, columnNames: ["frequency"] };
 * const model = await fitLightGbmRegressor(X, frequency.map((n) => (n < 40 ? 10 : 50)), { seed: 7 });
 * Math.round(model.predict(X)[79]); // 50
 * model.close();
 */
export async function fitLightGbmRegressor(
  X: DenseMatrix,
  y: ArrayLike<number>,
  options: LightGbmRegressorOptions,
): Promise<LightGbmRegressor> {
  const action = "fit LightGBM";
  requireKnownOptions(action, options, { ...lightgbmOptions, ...objectiveOptions });
  const { sampleWeight } = options;
  const { objective, settings } = checkObjective(action, options, objectives);
  const data = checkTrainingData(action, { X, y, sampleWeight }, lightgbmObjectives[objective].labels, options);
  const { booster, facts } = await trainLightGbm(data, objective, settings, options);
  return new LightGbmRegressor(booster, data.featureNames, objective, facts);
}

/**
 * Loads a regression that we or Python's lightgbm saved.
 *
 * @throws {SyntaxError} If the bytes are not a whole model of LightGBM.
 * @throws {RangeError} If it was trained for something else.
 *
 * @example
 * const frequency = Float64Array.from({ length: 80 }, (_, i) => i);
 * const X = { nRows: 80, nCols: 1, data: frequency, columnNames: ["frequency"] };
 * const model = await fitLightGbmRegressor(X, frequency.map((n) => (n < 40 ? 10 : 50)), { seed: 7 });
 * loadLightGbmRegressor(model.toBytes()).predict(X)[79] === model.predict(X)[79]; // true
 */
export function loadLightGbmRegressor(
  bytes: Uint8Array,
  options: { threads?: number; library?: string } = {},
): LightGbmRegressor {
  const { booster, featureNames, objective, facts } = loadLightGbmModel(bytes, objectives, options);
  return new LightGbmRegressor(booster, featureNames, objective, facts);
}
