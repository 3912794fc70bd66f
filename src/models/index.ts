export type { ProgressEffects } from "../progress-bar.js";
export { terminalLine } from "../terminal-line.js";
export type { BoostedModel, Contributions, FeatureImportance, Leaves } from "./boosted-model.js";
export type {
  BoostingOptions,
  BoostingRound,
  RegressionObjective,
  ValidationSet,
} from "./boosting-options.js";
export * from "./btyd/index.js";
export type { Classifier } from "./classifier.js";
export type { DenseMatrix } from "./dense-matrix.js";
export { fitLightGbmClassifier, LightGbmClassifier, loadLightGbmClassifier } from "./lightgbm-classifier.js";
export type { LightGbmOptions } from "./lightgbm-options.js";
export {
  fitLightGbmRegressor,
  LightGbmRegressor,
  type LightGbmRegressorOptions,
  loadLightGbmRegressor,
} from "./lightgbm-regressor.js";
export {
  fitLogisticRegression,
  type LogisticRegression,
  type LogisticRegressionOptions,
  type LogisticTerm,
  logisticRegressionFromJSON,
} from "./logistic-regression.js";
export { meanAbsoluteContributions } from "./mean-absolute-contributions.js";
export { NativeLibraryError } from "./native/native-library-error.js";
export { fitRandomForestClassifier, fitRandomForestRegressor, type RandomForestOptions } from "./random-forest.js";
export type { Regressor } from "./regressor.js";
export { showRounds } from "./show-rounds.js";
export { fitXGBoostClassifier, loadXGBoostClassifier, XGBoostClassifier } from "./xgboost-classifier.js";
export type { ImportanceType, Interactions } from "./xgboost-model.js";
export type { XGBoostOptions } from "./xgboost-options.js";
export {
  fitXGBoostRegressor,
  loadXGBoostRegressor,
  XGBoostRegressor,
  type XGBoostRegressorOptions,
} from "./xgboost-regressor.js";
