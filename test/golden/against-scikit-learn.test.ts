import { beforeAll, describe, expect, test } from "vitest";
import { applyCalibrator, fitIsotonic, fitSigmoid } from "../../src/calibration/index.js";
import * as evaluation from "../../src/evaluation/index.js";
import { matrixFromRows } from "../../src/matrix/index.js";
import { fitLogisticRegression } from "../../src/models/logistic-regression.js";
import { bernoulli, createRandom, gamma, integer, normal, poisson, type Random } from "../../src/numeric/random.js";
import { logistic, mean, normalCdf, normalQuantile, quantile } from "../../src/numeric/stats.js";
import { askPython } from "./ask-python.js";

// Seeded random problems, each solved here and by scikit-learn or scipy in one Python process.

const metrics = { ...evaluation };

const list = <T>(n: number, draw: (i: number) => T): T[] => Array.from({ length: n }, (_, i) => draw(i));
const weightsOf = (random: Random, n: number) => list(n, () => integer(random, 5) + random.uniform());

function labelProblem(seed: number, { n, ties, weighted }: { n: number; ties: boolean; weighted: boolean }) {
  const random = createRandom(seed);
  const raw = list(n, () => normal(random));
  const yScore = raw.map((score) => (ties ? Math.round(score * 4) / 4 : score));
  const yTrue = raw.map((score) => (bernoulli(random, logistic(1.3 * score - 0.4)) ? 1 : 0));
  const yProb = yScore.map((score) => logistic(1.6 * score));
  const yPred = yProb.map((p) => (p >= 0.45 ? 1 : 0));
  return { kind: "labels", yTrue, yScore, yProb, yPred, weighted, sampleWeight: weightsOf(random, n) };
}

function amountProblem(seed: number, { n, weighted }: { n: number; weighted: boolean }) {
  const random = createRandom(seed);
  const yPred = list(n, () => gamma(random, 2, 0.05));
  const yTrue = yPred.map((mean) => (bernoulli(random, 0.4) ? 0 : gamma(random, 1.5, 1 / mean) + poisson(random, 2)));
  const positive = yPred.map((mean) => gamma(random, 3, 2 / mean));
  return { kind: "amounts", yTrue, yPred, positive, weighted, sampleWeight: weightsOf(random, n) };
}

function clusterProblem(seed: number, { n, nClusters, nCols }: { n: number; nClusters: number; nCols: number }) {
  const random = createRandom(seed);
  const labels = list(n, () => integer(random, nClusters) * 3 - 2);
  const rows = labels.map((label) => list(nCols, (j) => normal(random) + (j % 2 ? label : -label / 2)));
  const others = labels.map((label) => (bernoulli(random, 0.3) ? integer(random, 4) : label));
  return { kind: "clusters", rows, labels, others };
}

function isotonicProblem(seed: number, { n, ties, bounds }: { n: number; ties: boolean; bounds?: [number, number] }) {
  const random = createRandom(seed);
  const x = list(n, () => (ties ? integer(random, 30) / 7 : 4 * random.uniform()));
  const increasing = seed % 2 === 0;
  const y = x.map((at) => (increasing ? at : -at) + 2 * normal(random));
  const asked = list(200, () => 5 * random.uniform() - 0.5);
  return { kind: "isotonic", x, y, asked, increasing, bounds, sampleWeight: weightsOf(random, n) };
}

function sigmoidProblem(seed: number, scale: number) {
  const random = createRandom(seed);
  const x = list(400, () => scale * normal(random));
  const y = x.map((score) => (bernoulli(random, logistic((0.8 * score) / scale + 0.5)) ? 1 : 0));
  return { kind: "sigmoid", x, y, sampleWeight: weightsOf(random, 400) };
}

function logisticProblem(
  seed: number,
  { n, nCols, C, standardize }: { n: number; nCols: number; C: number; standardize: boolean },
) {
  const random = createRandom(seed);
  const rows = list(n, () => list(nCols, (j) => (j + 1) ** 2 * normal(random) + 3 * j));
  const y = rows.map((row) => {
    const logOdds = row.reduce((total, value, j) => total + (value - 3 * j) / (j + 1) ** 2 / (j + 1), -0.3);
    return bernoulli(random, logistic(logOdds)) ? 1 : 0;
  });
  const sampleWeight = weightsOf(random, n);
  return { kind: "logistic", rows, y, C: C === Infinity ? "Infinity" : C, standardize, sampleWeight };
}

const LABELS = [
  labelProblem(1, { n: 40, ties: false, weighted: false }),
  labelProblem(2, { n: 700, ties: true, weighted: false }),
  labelProblem(3, { n: 900, ties: true, weighted: true }),
  labelProblem(4, { n: 800, ties: false, weighted: true }),
];
/** Predictions of which some are certain, and all are off by a slope and a shift. */
const RECALIBRATION = LABELS.map((problem, i) => ({
  ...problem,
  kind: "recalibration",
  yProb: problem.yProb.map((p, row) =>
    row % 97 === 5 ? Math.round(p) : logistic(2 * Math.log(p / (1 - p)) - 0.4 * i),
  ),
}));
const AMOUNTS = [amountProblem(5, { n: 60, weighted: false }), amountProblem(6, { n: 900, weighted: true })];
const CLUSTERS = [
  clusterProblem(7, { n: 60, nClusters: 2, nCols: 1 }),
  clusterProblem(8, { n: 400, nClusters: 5, nCols: 4 }),
];
const ISOTONIC = [
  isotonicProblem(10, { n: 50, ties: false }),
  isotonicProblem(11, { n: 800, ties: true }),
  isotonicProblem(12, { n: 3000, ties: false, bounds: [0.5, 3] }),
  isotonicProblem(13, { n: 3000, ties: false }),
];
const SIGMOID = [sigmoidProblem(14, 1), sigmoidProblem(15, 500)];
const LOGISTIC = [
  logisticProblem(16, { n: 80, nCols: 2, C: 1, standardize: true }),
  logisticProblem(17, { n: 600, nCols: 6, C: 0.01, standardize: true }),
  logisticProblem(18, { n: 600, nCols: 6, C: 0.5, standardize: false }),
  logisticProblem(19, { n: 900, nCols: 4, C: Number.POSITIVE_INFINITY, standardize: true }),
  logisticProblem(20, { n: 300, nCols: 3, C: 100, standardize: true }),
];
const NORMAL = {
  kind: "normal",
  x: [-37, -12, -7.2, -3, -1, -0.2, 0, 0.7, 2, 6],
  p: [1e-300, 1e-12, 0.003, 0.07, 0.3, 0.5, 0.8, 0.95, 0.9999],
};
const QUANTILES = { kind: "quantiles", values: LABELS[1].yScore, p: [0, 0.01, 0.25, 1 / 3, 0.5, 0.77, 1] };
const SKEWED = createRandom(22);
const BOOTSTRAP = { kind: "bootstrap", values: list(15, () => gamma(SKEWED, 0.4, 1)) };

type Answer = Record<string, number | readonly number[]>;
let answers: Answer[];
const PROBLEMS: readonly unknown[] = [
  ...[...LABELS, ...RECALIBRATION, ...AMOUNTS, ...CLUSTERS, ...ISOTONIC, ...SIGMOID, ...LOGISTIC],
  ...[NORMAL, QUANTILES, BOOTSTRAP, { kind: "iris" }],
];
const answerTo = (problem: unknown) => answers[PROBLEMS.indexOf(problem)];

beforeAll(() => {
  answers = askPython<Answer[]>("scikit-learn-answers.py", PROBLEMS);
});

/** Every number within `tolerance`, relative where numbers are large. */
function expectNear(actual: number | ArrayLike<number>, expected: unknown, tolerance = 1e-10): void {
  const [a, b] = [actual, expected].map((value) =>
    typeof value === "number" ? [value] : Array.from(value as number[]),
  );
  expect(a).toHaveLength(b.length);
  const worst = a.reduce((most, value, i) => Math.max(most, Math.abs(value - b[i]) / Math.max(1, Math.abs(b[i]))), 0);
  expect(worst).toBeLessThanOrEqual(tolerance);
}

describe.each(LABELS.map((problem, i) => [i, problem] as const))("labels, problem %i", (_, problem) => {
  const { yTrue, yScore, yProb, yPred } = problem;
  const weights = problem.weighted ? { sampleWeight: problem.sampleWeight } : {};

  test.each(["rocAucScore", "averagePrecisionScore"] as const)("%s", (name) => {
    expectNear(metrics[name](yTrue, yScore, weights), answerTo(problem)[name]);
  });
  test.each(["logLoss", "brierScoreLoss"] as const)("%s", (name) => {
    expectNear(metrics[name](yTrue, yProb, weights), answerTo(problem)[name]);
  });
  test.each([
    "accuracyScore",
    "balancedAccuracyScore",
    "precisionScore",
    "recallScore",
    "specificityScore",
    "fScore",
    "matthewsCorrelation",
  ] as const)("%s", (name) => {
    expectNear(metrics[name](yTrue, yPred, weights), answerTo(problem)[name]);
  });
  test("fScore with beta 0.5", () => {
    expectNear(metrics.fScore(yTrue, yPred, { beta: 0.5, ...weights }), answerTo(problem)["fHalfScore"]);
  });
  test("confusionMatrix", () => {
    const cells = metrics.confusionMatrix(yTrue, yPred, weights);
    const { trueNegatives, falsePositives, falseNegatives, truePositives } = cells;
    expectNear([trueNegatives, falsePositives, falseNegatives, truePositives], answerTo(problem)["confusion"]);
  });
  test("rocCurve", () => {
    const { falsePositiveRate, truePositiveRate, thresholds } = metrics.rocCurve(yTrue, yScore, weights);
    const roc = answerTo(problem)["roc"] as unknown as Record<string, number[]>;
    expectNear(falsePositiveRate, roc["falsePositiveRate"]);
    expectNear(truePositiveRate, roc["truePositiveRate"]);
    expectNear(thresholds.subarray(1), roc["thresholds"]);
  });
  test("precisionRecallCurve", () => {
    const { precision, recall, thresholds } = metrics.precisionRecallCurve(yTrue, yScore, weights);
    const curve = answerTo(problem)["pr"] as unknown as Record<string, number[]>;
    expectNear(precision, curve["precision"]);
    expectNear(recall, curve["recall"]);
    expectNear(thresholds, curve["thresholds"]);
  });
  test("ksScore is scipy's two-sample statistic", () => {
    expectNear(metrics.ksScore(yTrue, yScore), answerTo(problem)["ksScore"]);
  });
  test("normalizedGiniScore of labels is 2 AUC - 1", () => {
    expectNear(metrics.normalizedGiniScore(yTrue, yScore), answerTo(problem)["normalizedGiniOfLabels"]);
  });
  test.each(["uniform", "quantile"] as const)("calibrationCurve, %s bins", (strategy) => {
    const curve = metrics.calibrationCurve(yTrue, yProb, { nBins: 7, strategy });
    const [observed, predicted] = answerTo(problem)[strategy] as unknown as number[][];
    expectNear(curve.observedRate, observed);
    expectNear(curve.meanPredicted, predicted);
  });
});

describe.each(RECALIBRATION.map((problem, i) => [i, problem] as const))("recalibration, problem %i", (_, problem) => {
  const { yTrue, yProb, weighted, sampleWeight } = problem;
  test.each(["calibrationSlope", "calibrationInTheLarge"] as const)("%s", (name) => {
    expectNear(metrics[name](yTrue, yProb, weighted ? { sampleWeight } : {}), answerTo(problem)[name], 1e-6);
  });
});

describe.each(AMOUNTS.map((problem, i) => [i, problem] as const))("amounts, problem %i", (_, problem) => {
  const { yTrue, yPred, positive } = problem;
  const weights = problem.weighted ? { sampleWeight: problem.sampleWeight } : {};

  test.each(["meanAbsoluteError", "rootMeanSquaredError", "r2Score", "poissonDeviance"] as const)("%s", (name) => {
    expectNear(metrics[name](yTrue, yPred, weights), answerTo(problem)[name]);
  });
  test.each(["meanAbsolutePercentageError", "gammaDeviance"] as const)("%s", (name) => {
    expectNear(metrics[name](positive, yPred, weights), answerTo(problem)[name]);
  });
  test("tweedieDeviance of powers 0, 1.3, 2.5 and -1", () => {
    const deviance = (truth: number[], power: number) => metrics.tweedieDeviance(truth, yPred, { power, ...weights });
    const ours = [deviance(yTrue, 0), deviance(yTrue, 1.3), deviance(positive, 2.5), deviance(yTrue, -1)];
    expectNear(ours, answerTo(problem)["tweedie"]);
  });
});

describe.each(CLUSTERS.map((problem, i) => [i, problem] as const))("clusters, problem %i", (_, problem) => {
  const X = matrixFromRows(problem.rows);
  test.each(["silhouetteSamples", "silhouetteScore", "daviesBouldinIndex", "calinskiHarabaszScore"] as const)(
    "%s",
    (name) => {
      expectNear(metrics[name](X, problem.labels), answerTo(problem)[name]);
    },
  );
  test("adjustedRandScore", () => {
    expectNear(metrics.adjustedRandScore(problem.labels, problem.others), answerTo(problem)["adjustedRandScore"]);
  });
});

test.each(ISOTONIC.map((problem, i) => [i, problem] as const))("isotonic, problem %i", (_, problem) => {
  const { x, y, asked, increasing, bounds, sampleWeight } = problem;
  const limits = bounds ? { yMin: bounds[0], yMax: bounds[1] } : {};
  const fitted = fitIsotonic(x, y, { increasing, sampleWeight, ...limits });
  expectNear(applyCalibrator(fitted, asked), answerTo(problem)["predicted"]);
  // Rounding in the last digit may keep or drop a point inside a level stretch, but no more.
  expect(Math.abs(fitted.x.length - (answerTo(problem)["x"] as number[]).length)).toBeLessThanOrEqual(
    0.1 * fitted.x.length,
  );
});

test.each(SIGMOID.map((problem, i) => [i, problem] as const))("sigmoid, problem %i", (_, problem) => {
  const fitted = fitSigmoid(problem.x, problem.y, { sampleWeight: problem.sampleWeight });
  // scikit-learn stops its L-BFGS at a gradient of 1e-6, so it is the less exact of the two.
  expectNear(applyCalibrator(fitted, problem.x), answerTo(problem)["predicted"], 1e-4);
});

test.each(LOGISTIC.map((problem, i) => [i, problem] as const))("logistic regression, problem %i", (_, problem) => {
  const { rows, y, standardize, sampleWeight } = problem;
  const C = problem.C === "Infinity" ? Number.POSITIVE_INFINITY : (problem.C as number);
  const X = matrixFromRows(rows);
  const model = fitLogisticRegression(X, y, { C, standardize, sampleWeight });
  const answer = answerTo(problem);
  expectNear(
    model.terms.map(({ coefficient }) => coefficient),
    answer["coefficients"],
    1e-6,
  );
  expectNear(model.intercept, answer["intercept"], 1e-6);
  expectNear(
    model.terms.map(({ standardError }) => standardError),
    answer["standardErrors"],
    1e-6,
  );
  expectNear(model.predictProba(X), answer["predicted"], 1e-6);
});

describe("iris with its true labels", () => {
  const iris = () => {
    const { rows, labels } = answers.at(-1) as unknown as { rows: number[][]; labels: number[] };
    return [matrixFromRows(rows), labels] as const;
  };
  test("silhouette 0.5034774407", () => {
    expect(metrics.silhouetteScore(...iris())).toBeCloseTo(0.5034774407, 9);
  });
  test("Davies-Bouldin 0.7513707094756737", () => {
    expect(metrics.daviesBouldinIndex(...iris())).toBeCloseTo(0.7513707094756737, 12);
  });
  test("Calinski-Harabasz 487.33087637", () => {
    expect(metrics.calinskiHarabaszScore(...iris())).toBeCloseTo(487.33087637, 7);
  });
});

test("normalCdf and normalQuantile", () => {
  expectNear(NORMAL.x.map(normalCdf), answerTo(NORMAL)["cdf"], 1e-14);
  expectNear(NORMAL.p.map(normalQuantile), answerTo(NORMAL)["quantile"], 1e-14);
});

test("quantile", () => {
  expectNear(
    QUANTILES.p.map((p) => quantile(QUANTILES.values, p)),
    answerTo(QUANTILES),
    1e-14,
  );
});

test.each(["percentile", "bca"] as const)("bootstrapInterval of a skewed mean, %s", (method) => {
  const interval = metrics.bootstrapInterval({ values: BOOTSTRAP.values }, ({ values }) => mean(values), {
    seed: 1,
    nResamples: 20_000,
    method,
  });
  const [lower, upper, standardError] = answerTo(BOOTSTRAP)[method] as number[];
  // Both draw 20,000 times, so that their limits differ by some hundredths of the standard error.
  expect(Math.abs(interval.lower - lower) / standardError).toBeLessThan(0.08);
  expect(Math.abs(interval.upper - upper) / standardError).toBeLessThan(0.12);
  expect(interval.standardError / standardError).toBeCloseTo(1, 1);
});
