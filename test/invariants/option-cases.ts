import * as calibration from "../../src/calibration/index.js";
import * as evaluation from "../../src/evaluation/index.js";
import * as matrix from "../../src/matrix/index.js";
import * as models from "../../src/models/index.js";
import * as numeric from "../../src/numeric/index.js";

/** A call with options, the options that it requires, and one that it knows. */
export type Case = readonly [call: (options: never) => unknown, valid: object, option: string];

const yTrue = [0, 1, 0, 1, 1, 0];
const yPred = [0, 1, 1, 1, 0, 0];
const yProb = [0.1, 0.8, 0.6, 0.7, 0.4, 0.3];
const amounts = [3, 1, 4, 2, 5, 9];
const treatment = [1, 0, 1, 0, 1, 0];
const X = { nRows: 6, nCols: 1, data: Float64Array.from([1, 2, 3, 11, 12, 13]) };
const labels = [0, 0, 0, 1, 1, 1];
const histories = { x: [2, 1, 0, 3, 0, 1], t_x: [30.4, 1.7, 0, 20.1, 0, 9.4], T: [38.9, 38.9, 38, 37.4, 35, 30.3] };
const value = { ...histories, m_x: [22, 12, 0, 26, 0, 30] };
const horizon = { value: 4, unit: "weeks" } as const;
const unit = { unit: "weeks" } as const;
const folds = [{ train: Uint32Array.of(0, 1, 2, 3), test: Uint32Array.of(4, 5) }];
const purchases = models.fitBetaGeo(histories, unit);
const pareto = models.fitParetoNbd(histories, unit);
const spend = models.fitGammaGamma(value);
const contract = models.fitShiftedBetaGeometric([[100, 60, 50]]);
const boosted = await models.fitXGBoostClassifier(X, labels, { seed: 7, nRounds: 2 });
const boostedAmount = await models.fitXGBoostRegressor(X, amounts, { seed: 7, nRounds: 2 });
const light = await models.fitLightGbmClassifier(X, labels, { seed: 7, nRounds: 2 });
const lightAmount = await models.fitLightGbmRegressor(X, amounts, { seed: 7, nRounds: 2 });

const even = { name: "even", complexity: 0, fit: () => ({ predict: () => Float64Array.of(0.5, 0.5) }) };
const rowsAt = () => ({ y: Float64Array.of(0, 1) });
const origin = {
  score: "2024-12-31",
  test: "2024-12-01",
  validation: "2024-11-01",
  choice: ["2024-10-01"],
  fit: ["2024-11-01"],
};
const backtestOptions = {
  origins: [origin],
  groups: () => ["ann", "ben"],
  loss: evaluation.logLoss,
  seed: 7,
  nResamples: 9,
};

const predicted = await evaluation.backtestPredictions([even], rowsAt, backtestOptions);

/** Exported by both modules that show progress. */
const terminalLine: Case = [(o) => models.terminalLine(() => {}, o), {}, "columns"];
const metrics = { ...evaluation };

/** One call per public function with options, the options that it requires, and one that it knows. */
export const CASES: Record<string, Record<string, Case>> = {
  numeric: {
    fitLogit: [
      (o) => numeric.fitLogit({ columns: [Float64Array.from(yProb)], targets: Float64Array.from(yTrue) }, o),
      {},
      "tolerance",
    ],
    minimize: [(o) => numeric.minimize(() => 0, new Float64Array(1), o), {}, "maxStep"],
    polish: [
      (o) =>
        numeric.polish(
          () => 0,
          numeric.minimize(() => 0, new Float64Array(1)),
          o,
        ),
      {},
      "maxRounds",
    ],
    variance: [(o) => numeric.variance(amounts, o), {}, "ddof"],
    standardDeviation: [(o) => numeric.standardDeviation(amounts, o), {}, "ddof"],
  },
  matrix: {
    matrixFromRows: [(o) => matrix.matrixFromRows([[1]], o), {}, "columnNames"],
    matrixFromTable: [(o) => matrix.matrixFromTable({ columnNames: () => ["a"], array: () => [1] }, o), {}, "columns"],
  },
  calibration: {
    fitBeta: [(o) => calibration.fitBeta(yProb, yTrue, o), {}, "sampleWeight"],
    fitIsotonic: [(o) => calibration.fitIsotonic(yProb, yTrue, o), {}, "increasing"],
    fitSigmoid: [(o) => calibration.fitSigmoid(yProb, yTrue, o), {}, "sampleWeight"],
    fitTemperature: [(o) => calibration.fitTemperature(yProb, yTrue, o), {}, "sampleWeight"],
    crossFittedCalibration: [
      (o) => calibration.crossFittedCalibration(yProb, yTrue, o),
      { folds, fitCalibrator: calibration.fitIsotonic },
      "folds",
    ],
  },
  evaluation: {
    terminalLine,
    ...Object.fromEntries(
      (
        [
          "accuracyScore",
          "balancedAccuracyScore",
          "confusionMatrix",
          "fScore",
          "matthewsCorrelation",
          "precisionScore",
          "recallScore",
          "specificityScore",
        ] as const
      ).map((name): [string, Case] => [name, [(o) => metrics[name](yTrue, yPred, o), {}, "sampleWeight"]]),
    ),
    ...Object.fromEntries(
      (
        [
          "averagePrecisionScore",
          "brierScoreLoss",
          "calibrationInTheLarge",
          "calibrationSlope",
          "gainCurve",
          "ksScore",
          "liftCurve",
          "logLoss",
          "precisionRecallCurve",
          "rocAucScore",
          "rocCurve",
        ] as const
      ).map((name): [string, Case] => [name, [(o) => metrics[name](yTrue, yProb, o), {}, "sampleWeight"]]),
    ),
    ...Object.fromEntries(
      (["brierDecomposition", "calibrationCurve", "expectedCalibrationError", "maximumCalibrationError"] as const).map(
        (name): [string, Case] => [name, [(o) => metrics[name](yTrue, yProb, o), {}, "strategy"]],
      ),
    ),
    ...Object.fromEntries(
      (
        [
          "gammaDeviance",
          "meanAbsoluteError",
          "meanAbsolutePercentageError",
          "poissonDeviance",
          "r2Score",
          "rootMeanSquaredError",
          "symmetricMeanAbsolutePercentageError",
          "totalBias",
          "tweedieDeviance",
          "weightedAbsolutePercentageError",
        ] as const
      ).map((name): [string, Case] => [name, [(o) => metrics[name](amounts, amounts, o), {}, "sampleWeight"]]),
    ),
    liftAtK: [(o) => evaluation.liftAtK(yTrue, yProb, o), { k: 0.5 }, "sampleWeight"],
    upliftAtK: [(o) => evaluation.upliftAtK(yTrue, yProb, treatment, o), { k: 1 }, "k"],
    decileTable: [(o) => evaluation.decileTable(amounts, amounts, o), { nBins: 2 }, "nBins"],
    estimateSilhouette: [(o) => evaluation.estimateSilhouette(X, labels, o), { seed: 7 }, "maxRows"],
    silhouetteSamples: [(o) => evaluation.silhouetteSamples(X, labels, o), {}, "metric"],
    silhouetteScore: [(o) => evaluation.silhouetteScore(X, labels, o), {}, "metric"],
    stratifiedSample: [
      (o) => evaluation.stratifiedSample([[0, 1], [2]], o),
      { most: 2, random: numeric.createRandom(7) },
      "most",
    ],
    kFold: [(o) => evaluation.kFold(6, o), { nFolds: 2, seed: 7 }, "nFolds"],
    stratifiedKFold: [(o) => evaluation.stratifiedKFold(yTrue, o), { nFolds: 2, seed: 7 }, "nFolds"],
    groupedKFold: [(o) => evaluation.groupedKFold(["a", "b", "c"], o), { nFolds: 2, seed: 7 }, "nFolds"],
    rollingOriginSplit: [
      (o) => evaluation.rollingOriginSplit(["2024-01-01", "2024-04-01"], o),
      { horizonDays: 30 },
      "horizonDays",
    ],
    bootstrapInterval: [
      (o) => evaluation.bootstrapInterval({ amounts }, (c) => numeric.mean(c.amounts), o),
      { seed: 7, nResamples: 9 },
      "nResamples",
    ],
    permutationTest: [(o) => evaluation.permutationTest([1, 2, 4], [3, 5], o), { seed: 7 }, "nPermutations"],
    pairedComparison: [
      (o) => evaluation.pairedComparison({ amounts }, [() => 1, () => 2], o),
      { seed: 7, nResamples: 9 },
      "nResamples",
    ],
    backtestTable: [
      (o) => evaluation.backtestTable(predicted, o),
      { loss: evaluation.logLoss, seed: 7, nResamples: 9 },
      "baseline",
    ],
    backtest: [(o) => evaluation.backtest([even], rowsAt, o), backtestOptions, "nResamples"],
    backtestPredictions: [(o) => evaluation.backtestPredictions([even], rowsAt, o), backtestOptions, "origins"],
    gridSearch: [
      (o) => evaluation.gridSearch({ a: [1, 2] }, ({ a }) => a, o),
      { folds, direction: "maximize" },
      "direction",
    ],
    randomSearch: [
      (o) => evaluation.randomSearch({ a: evaluation.between(0, 1) }, ({ a }) => a, o),
      { folds, direction: "maximize", nTrials: 2, seed: 7 },
      "nTrials",
    ],
  },
  models: {
    terminalLine,
    fitXGBoostClassifier: [(o) => models.fitXGBoostClassifier(X, labels, o), { seed: 7, nRounds: 1 }, "maxDepth"],
    fitXGBoostRegressor: [(o) => models.fitXGBoostRegressor(X, amounts, o), { seed: 7, nRounds: 1 }, "objective"],
    fitLightGbmClassifier: [(o) => models.fitLightGbmClassifier(X, labels, o), { seed: 7, nRounds: 1 }, "maxLeaves"],
    fitLightGbmRegressor: [(o) => models.fitLightGbmRegressor(X, amounts, o), { seed: 7, nRounds: 1 }, "objective"],
    fitRandomForestClassifier: [
      (o) => models.fitRandomForestClassifier(X, labels, o),
      { seed: 7, nTrees: 1 },
      "nTrees",
    ],
    fitRandomForestRegressor: [(o) => models.fitRandomForestRegressor(X, amounts, o), { seed: 7, nTrees: 1 }, "nTrees"],
    loadXGBoostClassifier: [(o) => models.loadXGBoostClassifier(boosted.toBytes(), o), {}, "threads"],
    loadXGBoostRegressor: [(o) => models.loadXGBoostRegressor(boostedAmount.toBytes(), o), {}, "threads"],
    loadLightGbmClassifier: [(o) => models.loadLightGbmClassifier(light.toBytes(), o), {}, "threads"],
    loadLightGbmRegressor: [(o) => models.loadLightGbmRegressor(lightAmount.toBytes(), o), {}, "threads"],
    fitLogisticRegression: [(o) => models.fitLogisticRegression(X, labels, o), {}, "standardize"],
    fitBetaGeo: [(o) => models.fitBetaGeo(histories, o), unit, "compress"],
    fitModifiedBetaGeo: [(o) => models.fitModifiedBetaGeo(histories, o), unit, "covariates"],
    fitParetoNbd: [(o) => models.fitParetoNbd(histories, o), unit, "compress"],
    fitNbd: [(o) => models.fitNbd(histories, o), unit, "unit"],
    fitBetaGeoBetaBinomial: [
      (o) => models.fitBetaGeoBetaBinomial({ x: [0, 1, 3, 6], t_x: [0, 1, 5, 6], T: [6, 6, 6, 6] }, o),
      {},
      "compress",
    ],
    fitGammaGamma: [(o) => models.fitGammaGamma(value, o), {}, "withoutSpend"],
    discountedExpectedRenewals: [
      (o) => models.discountedExpectedRenewals(contract, 1, o),
      { discountRate: 0.1 },
      "discountRate",
    ],
    bootstrapIntervals: [
      (o) => models.bootstrapIntervals({ purchases }, histories, o),
      { horizon, seed: 7, replicates: 2 },
      "replicates",
    ],
    customerLifetimeValueIntervals: [
      (o) => models.customerLifetimeValueIntervals({ purchases, spend }, value, o),
      { horizon, yearlyDiscountRate: 0.1, seed: 7, replicates: 2 },
      "margin",
    ],
    customerLifetimeValue: [
      (o) => models.customerLifetimeValue({ purchases, spend }, value, o),
      { horizon, yearlyDiscountRate: 0.1 },
      "margin",
    ],
    discountedExpectedPurchases: [
      (o) => models.discountedExpectedPurchases(pareto, histories, o),
      { discountRate: 0.1 },
      "discountRate",
    ],
    expectedPurchasesOfNewCustomer: [
      (o) => models.expectedPurchasesOfNewCustomer(purchases, horizon, o),
      {},
      "covariates",
    ],
    purchaseDistribution: [
      (o) => models.purchaseDistribution(purchases, histories, o),
      { horizon, most: 2 },
      "horizon",
    ],
    purchaseDistributionOfNewCustomer: [
      (o) => models.purchaseDistributionOfNewCustomer(purchases, o),
      { horizon, most: 2 },
      "covariates",
    ],
    trackPurchases: [
      (o) => models.trackPurchases(purchases, { first: [0], repeats: [1] }, o),
      { period: horizon, periods: 2 },
      "periods",
    ],
    holdoutTable: [(o) => models.holdoutTable([1], { actual: [1], expected: [1] }, o), {}, "most"],
    simulateHistories: [(o) => models.simulateHistories(purchases, [9], o), { seed: 7 }, "horizon"],
    simulateSpend: [(o) => models.simulateSpend(spend, [1], o), { seed: 7 }, "seed"],
  },
};

/** The same for methods of fitted models. */
export const METHODS: Record<string, Case> = {
  "XGBoostClassifier.predictProba": [(o) => boosted.predictProba(X, o), {}, "baseMargin"],
  "XGBoostClassifier.predictMargin": [(o) => boosted.predictMargin(X, o), {}, "baseMargin"],
  "XGBoostClassifier.contributions": [(o) => boosted.contributions(X, o), {}, "signal"],
  "XGBoostClassifier.interactions": [(o) => boosted.interactions(X, o), {}, "signal"],
  "XGBoostClassifier.toBytes": [(o) => boosted.toBytes(o), {}, "format"],
  "XGBoostRegressor.predict": [(o) => boostedAmount.predict(X, o), {}, "baseMargin"],
  "LightGbmClassifier.contributions": [(o) => light.contributions(X, o), {}, "signal"],
};

/** Functions whose parameters look like options and are something else, with what they are. */
export const NO_OPTIONS: Record<string, string> = {
  expectedSpend: "spend histories",
  segmentRuleKind: "the segment settings of a dataset, which a schema has checked",
  runTogether: "the days of an experiment",
  rankCorrelations: "the columns of a relation, often as part of a feature table",
  numericColumns: "the columns of a relation, often as part of a feature table",
  progressBar: "effects, often those of a whole command",
  searchProgress: "effects, often those of a whole context",
  checkFacts: "the provenance of an import",
  formatNumber: "conventions, often as part of a report or of settings",
};
