import { requireKnownOptions } from "../../errors.js";
import type { DenseMatrix } from "../boosting/dense-matrix.js";
import { checkTrainingData } from "../boosting/training-data.js";
import type { Classifier } from "../classifier.js";
import { trainLightGbm } from "./fit-lightgbm.js";
import { LightGbmModel } from "./lightgbm-model.js";
import { type LightGbmOptions, lightgbmOptions } from "./lightgbm-options.js";
import { loadLightGbmModel } from "./load-lightgbm.js";

/** A fitted LightGBM model of a probability. */
export class LightGbmClassifier extends LightGbmModel implements Classifier {
  /**
   * Returns P(y = 1) per row, shape (X.nRows,).
   *
   * @throws {RangeError} If the columns are not the model's, or a categorical one holds what is no code.
   */
  predictProba(X: DenseMatrix): Float64Array {
    return this.predictAs("value", X);
  }
}

/**
 * Fits a boosted-tree classifier by LightGBM's binary objective.
 *
 * Training runs on this thread, round by round, and lets others run in between. The same seed, data and options give
 * the same bytes.
 *
 * @param y 0 or 1 per row, shape (X.nRows,); both must occur.
 * @throws {RangeError} If the data, an option or a parameter is unusable.
 * @throws {NativeLibraryError} If LightGBM is missing or fails.
 *
 * @example
 * const frequency = Float64Array.from({ length: 80 }, (_, i) => i);
 * const X = { nRows: 80, nCols: 1, data: frequency, columnNames: ["frequency"] };
 * const model = await fitLightGbmClassifier(X, frequency.map((n) => (n < 40 ? 0 : 1)), { seed: 7 });
 * model.predictProba(X)[79] > 0.99; // true
 * model.close();
 */
export async function fitLightGbmClassifier(
  X: DenseMatrix,
  y: ArrayLike<number>,
  options: LightGbmOptions,
): Promise<LightGbmClassifier> {
  requireKnownOptions("fit LightGBM", options, lightgbmOptions);
  const { sampleWeight } = options;
  const data = checkTrainingData("fit LightGBM", { X, y, sampleWeight }, "classes", options);
  const { booster, facts } = await trainLightGbm(data, "binary-logistic", [], options);
  return new LightGbmClassifier(booster, data.featureNames, "binary-logistic", facts);
}

/**
 * Loads a classifier that we or Python's lightgbm saved.
 *
 * @throws {SyntaxError} If the bytes are not a whole model of LightGBM.
 * @throws {RangeError} If it was trained for something else.
 *
 * @example
 * const frequency = Float64Array.from({ length: 80 }, (_, i) => i);
 * const X = { nRows: 80, nCols: 1, data: frequency, columnNames: ["frequency"] };
 * const model = await fitLightGbmClassifier(X, frequency.map((n) => (n < 40 ? 0 : 1)), { seed: 7 });
 * loadLightGbmClassifier(model.toBytes()).predictProba(X)[79] === model.predictProba(X)[79]; // true
 */
export function loadLightGbmClassifier(
  bytes: Uint8Array,
  options: { threads?: number; library?: string } = {},
): LightGbmClassifier {
  const { booster, featureNames, objective, facts } = loadLightGbmModel(bytes, ["binary-logistic"], options);
  return new LightGbmClassifier(booster, featureNames, objective, facts);
}
