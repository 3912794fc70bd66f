import { requireKnownOptions } from "../../errors.js";
import type { FitFacts } from "../boosting/boosted-model.js";
import type { DenseMatrix } from "../boosting/dense-matrix.js";
import { checkTrainingData } from "../boosting/training-data.js";
import type { Classifier } from "../classifier.js";
import type { XGBoostBooster } from "../native/xgboost-booster.js";
import type { XGBoostLibrary } from "../native/xgboost-library.js";
import { trainXGBoost } from "./fit-xgboost.js";
import { loadXGBoostModel } from "./load-xgboost.js";
import { type BaseMarginOption, XGBoostModel } from "./xgboost-model.js";
import { type XGBoostOptions, xgboostOptions } from "./xgboost-options.js";

/** A fitted XGBoost model of a probability. */
export class XGBoostClassifier extends XGBoostModel implements Classifier {
  constructor(library: XGBoostLibrary, booster: XGBoostBooster, facts: FitFacts & { threads: number }) {
    super(library, booster, "binary-logistic", facts);
  }

  /**
   * Returns P(y = 1) per row, shape (X.nRows,).
   *
   * @param options.baseMargin Log-odds to start from per row; defaults to the model's own intercept.
   * @throws {RangeError} If the columns are not the model's, or a categorical one holds what is no code.
   */
  predictProba(X: DenseMatrix, options: BaseMarginOption = {}): Float64Array {
    return this.predictAs("value", X, options);
  }
}

/**
 * Fits a boosted-tree classifier by XGBoost's logistic objective.
 *
 * Training runs on this thread, round by round, and lets others run in between. The same seed, data and options give
 * the same bytes, whatever else is trained meanwhile.
 *
 * @param y 0 or 1 per row, shape (X.nRows,); both must occur.
 * @throws {RangeError} If the data, an option or a parameter is unusable.
 * @throws {NativeLibraryError} If XGBoost is missing or fails.
 *
 * @example
 * const X = { nRows: 4, nCols: 1, data: Float64Array.of(3, 40, 5, 90), columnNames: ["recency_days"] };
 * const model = await fitXGBoostClassifier(X, [1, 0, 1, 0], { seed: 7, nRounds: 20 });
 * model.predictProba(X).length; // 4
 * model.importance("weight"); // [{ feature: "recency_days", importance: 0 }]
 * model.close();
 */
export async function fitXGBoostClassifier(
  X: DenseMatrix,
  y: ArrayLike<number>,
  options: XGBoostOptions,
): Promise<XGBoostClassifier> {
  const action = "fit XGBoost";
  requireKnownOptions(action, options, xgboostOptions);
  const data = checkTrainingData(action, { ...options, X, y }, "classes", options);
  const { library, booster, facts } = await trainXGBoost(action, data, [["objective", "binary:logistic"]], options);
  return new XGBoostClassifier(library, booster, facts);
}

/**
 * Loads a classifier that we or Python's xgboost saved, as UBJSON or as JSON text.
 *
 * @throws {SyntaxError} If the bytes are not a whole model of XGBoost.
 * @throws {RangeError} If it was trained for something else.
 *
 * @example
 * const X = { nRows: 4, nCols: 1, data: Float64Array.of(1, 2, 8, 9), columnNames: ["frequency"] };
 * const model = await fitXGBoostClassifier(X, [1, 1, 0, 0], { seed: 7, nRounds: 20 });
 * const loaded = loadXGBoostClassifier(model.toBytes({ format: "json" }));
 * loaded.predictProba(X)[0] === model.predictProba(X)[0]; // true
 */
export function loadXGBoostClassifier(
  bytes: Uint8Array,
  options: { threads?: number; library?: string } = {},
): XGBoostClassifier {
  const { library, booster, facts } = loadXGBoostModel(bytes, ["binary-logistic"], options);
  return new XGBoostClassifier(library, booster, facts);
}
