import { requireKnownOptions } from "../../errors.js";
import { mean, weightedMean } from "../../numeric/index.js";
import type { FitFacts } from "../boosting/boosted-model.js";
import type { DenseMatrix } from "../boosting/dense-matrix.js";
import { checkTrainingData } from "../boosting/training-data.js";
import type { Classifier } from "../classifier.js";
import type { XGBoostBooster } from "../native/xgboost-booster.js";
import type { XGBoostLibrary } from "../native/xgboost-library.js";
import { trainXGBoost } from "./fit-xgboost.js";
import { loadXGBoostModel } from "./load-xgboost.js";
import { type BaseMarginOption, XGBoostModel } from "./xgboost-model.js";
import { OBJECTIVE_ATTRIBUTE, xgboostObjectives } from "./xgboost-objectives.js";
import { type XGBoostOptions, xgboostOptions } from "./xgboost-options.js";

/** A fitted XGBoost model of a probability. */
export class XGBoostClassifier extends XGBoostModel implements Classifier {
  constructor(
    library: XGBoostLibrary,
    booster: XGBoostBooster,
    facts: FitFacts & { threads: number },
    objective: "binary-logistic" | "class-mean" = "binary-logistic",
  ) {
    super(library, booster, objective, facts);
  }

  /**
   * Returns P(y = 1) per row, shape (X.nRows,).
   *
   * @param options.baseMargin Log-odds to start from per row, probabilities for a random forest; defaults to the
   * model's own intercept.
   * @throws {RangeError} If the columns are not the model's, or a categorical one holds what is no code.
   */
  predictProba(X: DenseMatrix, options: BaseMarginOption = {}): Float64Array {
    const predicted = this.predictAs("value", X, options);
    if (this.objective === "binary-logistic") return predicted;
    // Rounding in single precision may carry a mean beyond its classes.
    return predicted.map((p) => Math.min(1, Math.max(0, p)));
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
 * Fits a classifier whose leaves are shares of positives, by squared error on the classes.
 *
 * @param action The action named in errors.
 */
export async function fitClassMeans(
  action: string,
  X: DenseMatrix,
  y: ArrayLike<number>,
  options: XGBoostOptions,
): Promise<XGBoostClassifier> {
  const data = checkTrainingData(action, { ...options, X, y }, "classes", options);
  const { y: labels, weight } = data.training;
  const rate = weight ? weightedMean(labels, weight) : mean(labels);
  const settings: [string, string][] = [["objective", xgboostObjectives["class-mean"].name]];
  if (!("base_score" in (options.parameters ?? {}))) settings.push(["base_score", String(rate)]);
  const { library, booster, facts } = await trainXGBoost(action, data, settings, options);
  booster.setAttribute(OBJECTIVE_ATTRIBUTE, "class-mean");
  return new XGBoostClassifier(library, booster, facts, "class-mean");
}

const OBJECTIVES = ["binary-logistic", "class-mean"] as const;

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
  const { library, booster, objective, facts } = loadXGBoostModel(bytes, OBJECTIVES, options);
  return new XGBoostClassifier(library, booster, facts, objective);
}
