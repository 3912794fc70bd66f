export type { ProgressEffects } from "../progress/index.js";
export { terminalLine } from "../progress/index.js";
export { accuracyScore } from "./accuracy-score.js";
export { adjustedRandScore } from "./adjusted-rand-score.js";
export { auucScore } from "./auuc-score.js";
export { averagePrecisionScore } from "./average-precision-score.js";
export { backtest } from "./backtest.js";
export type { BacktestOrigin } from "./backtest-origin.js";
export {
  type BacktestOptions,
  type BacktestProgress,
  type BacktestRunOptions,
  backtestPredictions,
} from "./backtest-predictions.js";
export {
  type BacktestDay,
  type BacktestLosses,
  type BacktestRow,
  type BacktestTable,
  type BacktestTableOptions,
  backtestTable,
} from "./backtest-table.js";
export { balancedAccuracyScore } from "./balanced-accuracy-score.js";
export { type BootstrapInterval, type BootstrapOptions, bootstrapInterval } from "./bootstrap-interval.js";
export { type BrierDecomposition, brierDecomposition } from "./brier-decomposition.js";
export { brierScoreLoss } from "./brier-score-loss.js";
export { type CalibrationCurve, calibrationCurve } from "./calibration-curve.js";
export { calibrationInTheLarge } from "./calibration-in-the-large.js";
export { calibrationSlope } from "./calibration-slope.js";
export { calinskiHarabaszScore } from "./calinski-harabasz-score.js";
export type { Candidate, FitContext, Fitted } from "./candidate.js";
export { type ConfusionMatrix, confusionMatrix } from "./confusion-matrix.js";
export { daviesBouldinIndex } from "./davies-bouldin-index.js";
export { type DecileRow, decileTable } from "./decile-table.js";
export { estimateSilhouette, type SilhouetteEstimate } from "./estimate-silhouette.js";
export { expectedCalibrationError } from "./expected-calibration-error.js";
export { fScore } from "./f-score.js";
export type { FoldOptions } from "./fold-options.js";
export type { Fold } from "./folds.js";
export { type GainCurve, gainCurve } from "./gain-curve.js";
export { gammaDeviance } from "./gamma-deviance.js";
export { type Grid, type GridPoint, gridSearch } from "./grid-search.js";
export { groupedKFold } from "./grouped-k-fold.js";
export type { RowMeanLoss } from "./judge-cut.js";
export type {
  BacktestFailure,
  BacktestPredictions,
  CandidateFacts,
  JudgedCut,
  LabelledRows,
} from "./judged-cut.js";
export { kFold } from "./k-fold.js";
export { ksScore } from "./ks-score.js";
export { liftAtK } from "./lift-at-k.js";
export { type LiftCurve, liftCurve } from "./lift-curve.js";
export { logLoss } from "./log-loss.js";
export { matthewsCorrelation } from "./matthews-correlation.js";
export { maximumCalibrationError } from "./maximum-calibration-error.js";
export { meanAbsoluteError } from "./mean-absolute-error.js";
export { meanAbsolutePercentageError } from "./mean-absolute-percentage-error.js";
export { normalizedGiniScore } from "./normalized-gini-score.js";
export { type PairedComparison, pairedComparison } from "./paired-comparison.js";
export { type PermutationTest, type PermutationTestOptions, permutationTest } from "./permutation-test.js";
export { poissonDeviance } from "./poisson-deviance.js";
export { type PrecisionRecallCurve, precisionRecallCurve } from "./precision-recall-curve.js";
export { precisionScore } from "./precision-score.js";
export { predictedClasses } from "./predicted-classes.js";
export type { BinOptions } from "./probability-bins.js";
export { perfectQiniCurve, qiniCurve } from "./qini-curve.js";
export { qiniScore } from "./qini-score.js";
export { r2Score } from "./r2-score.js";
export {
  between,
  type DrawnPoint,
  logBetween,
  oneOf,
  randomSearch,
  type SearchSpace,
} from "./random-search.js";
export { recallScore } from "./recall-score.js";
export type { NamedColumns, TakenColumns } from "./resample.js";
export { rocAucScore } from "./roc-auc-score.js";
export { type RocCurve, rocCurve } from "./roc-curve.js";
export { type OriginFold, rollingOriginSplit } from "./rolling-origin-split.js";
export { rootMeanSquaredError } from "./root-mean-squared-error.js";
export { searchProgressBar } from "./search-progress-bar.js";
export type { Evaluate, SearchOptions, SearchProgress, SearchResult, Trial } from "./search-trials.js";
export { type SilhouetteOptions, silhouetteSamples } from "./silhouette-samples.js";
export { silhouetteScore } from "./silhouette-score.js";
export { type CandidateVerdict, type ShippingChoice, simplestWithinNoise } from "./simplest-within-noise.js";
export { specificityScore } from "./specificity-score.js";
export { stratifiedKFold } from "./stratified-k-fold.js";
export { MAX_COMPARED, stratifiedSample } from "./stratified-sample.js";
export { symmetricMeanAbsolutePercentageError } from "./symmetric-mean-absolute-percentage-error.js";
export { totalBias } from "./total-bias.js";
export { tweedieDeviance } from "./tweedie-deviance.js";
export { upliftAtK } from "./uplift-at-k.js";
export { perfectUpliftCurve, type UpliftCurve, upliftCurve } from "./uplift-curve.js";
export type { WeightOptions } from "./weight-options.js";
export { weightedAbsolutePercentageError } from "./weighted-absolute-percentage-error.js";
