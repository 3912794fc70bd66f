export type { ProgressEffects } from "../progress/index.js";
export { terminalLine } from "../progress/index.js";
export type { BoostedModel, Contributions, FeatureImportance, Leaves } from "./boosting/boosted-model.js";
export type {
  BoostingOptions,
  BoostingRound,
  RegressionObjective,
  ValidationSet,
} from "./boosting/boosting-options.js";
export { boostingProgressBar } from "./boosting/boosting-progress-bar.js";
export type { DenseMatrix } from "./boosting/dense-matrix.js";
export { meanAbsoluteContributions } from "./boosting/mean-absolute-contributions.js";
export * from "./btyd/index.js";
export type { Classifier } from "./classifier.js";
export { fitLightGbmClassifier, LightGbmClassifier, loadLightGbmClassifier } from "./lightgbm/lightgbm-classifier.js";
export type { LightGbmOptions } from "./lightgbm/lightgbm-options.js";
export {
  fitLightGbmRegressor,
  LightGbmRegressor,
  type LightGbmRegressorOptions,
  loadLightGbmRegressor,
} from "./lightgbm/lightgbm-regressor.js";
export {
  fitLogisticRegression,
  type LogisticRegression,
  type LogisticRegressionOptions,
  type LogisticTerm,
  logisticRegressionFromJSON,
} from "./logistic-regression.js";
export { NativeLibraryError } from "./native/native-library-error.js";
export type { Regressor } from "./regressor.js";
export {
  fitRandomForestClassifier,
  fitRandomForestRegressor,
  type RandomForestOptions,
} from "./xgboost/random-forest.js";
export { fitXGBoostClassifier, loadXGBoostClassifier, XGBoostClassifier } from "./xgboost/xgboost-classifier.js";
export type { ImportanceType, Interactions } from "./xgboost/xgboost-model.js";
export type { XGBoostOptions } from "./xgboost/xgboost-options.js";
export {
  fitXGBoostRegressor,
  loadXGBoostRegressor,
  XGBoostRegressor,
  type XGBoostRegressorOptions,
} from "./xgboost/xgboost-regressor.js";
