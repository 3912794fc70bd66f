import { describe, expect, test } from "vitest";
import * as evaluation from "../../src/evaluation/index.js";
import { matrixFromRows } from "../../src/matrix/index.js";
import { bernoulli, createRandom, gamma, integer, normal, shuffled } from "../../src/numeric/random.js";
import { logistic } from "../../src/numeric/stats.js";

// What holds of whole families of metrics, on seeded rows with many ties.

type Values = ArrayLike<number>;
type Metric = (yTrue: Values, yPred: Values, options?: { sampleWeight?: Values }) => number;

const RANKING: Record<string, Metric> = {
  rocAucScore: evaluation.rocAucScore,
  averagePrecisionScore: evaluation.averagePrecisionScore,
  ksScore: evaluation.ksScore,
  liftAtK: (yTrue, yScore, options) => evaluation.liftAtK(yTrue, yScore, { k: 0.2, ...options }),
};
const PROBABILITY: Record<string, Metric> = {
  logLoss: evaluation.logLoss,
  brierScoreLoss: evaluation.brierScoreLoss,
  expectedCalibrationError: (y, p, options) =>
    evaluation.expectedCalibrationError(y, p, { strategy: "uniform", ...options }),
  maximumCalibrationError: (y, p, options) =>
    evaluation.maximumCalibrationError(y, p, { strategy: "uniform", ...options }),
  calibrationInTheLarge: evaluation.calibrationInTheLarge,
  calibrationSlope: evaluation.calibrationSlope,
  "brierDecomposition, reliability": (y, p, options) =>
    evaluation.brierDecomposition(y, p, { strategy: "uniform", ...options }).reliability,
  "brierDecomposition, resolution": (y, p, options) =>
    evaluation.brierDecomposition(y, p, { strategy: "uniform", ...options }).resolution,
};
const CLASS: Record<string, Metric> = {
  accuracyScore: evaluation.accuracyScore,
  balancedAccuracyScore: evaluation.balancedAccuracyScore,
  precisionScore: evaluation.precisionScore,
  recallScore: evaluation.recallScore,
  specificityScore: evaluation.specificityScore,
  fScore: evaluation.fScore,
  matthewsCorrelation: evaluation.matthewsCorrelation,
};
const AMOUNT: Record<string, Metric> = {
  meanAbsoluteError: evaluation.meanAbsoluteError,
  rootMeanSquaredError: evaluation.rootMeanSquaredError,
  r2Score: evaluation.r2Score,
  meanAbsolutePercentageError: evaluation.meanAbsolutePercentageError,
  symmetricMeanAbsolutePercentageError: evaluation.symmetricMeanAbsolutePercentageError,
  weightedAbsolutePercentageError: evaluation.weightedAbsolutePercentageError,
  poissonDeviance: evaluation.poissonDeviance,
  gammaDeviance: evaluation.gammaDeviance,
  tweedieDeviance: evaluation.tweedieDeviance,
  totalBias: evaluation.totalBias,
};
const AMOUNT_RANKING: Record<string, Metric> = {
  normalizedGiniScore: (yTrue, yScore) => evaluation.normalizedGiniScore(yTrue, yScore),
  "decileTable, lift of the best": (yTrue, yScore) => evaluation.decileTable(yTrue, yScore)[0].lift,
};
const UPLIFT = {
  auucScore: evaluation.auucScore,
  qiniScore: evaluation.qiniScore,
  upliftAtK: (y: Values, u: Values, t: Values) => evaluation.upliftAtK(y, u, t, { k: 0.3 }),
};
const CLUSTER = {
  silhouetteScore: evaluation.silhouetteScore,
  daviesBouldinIndex: evaluation.daviesBouldinIndex,
  calinskiHarabaszScore: evaluation.calinskiHarabaszScore,
};

const N = 300;
const random = createRandom(42);
const draw = <T>(of: (i: number) => T): T[] => Array.from({ length: N }, (_, i) => of(i));
const raw = draw(() => Math.round(normal(random) * 3) / 3);
const ROWS = {
  labels: raw.map((score) => (bernoulli(random, logistic(score)) ? 1 : 0) as number),
  scores: raw,
  probabilities: raw.map((score) => logistic(1.5 * score - 0.2)),
  classes: raw.map((score) => (score > 0.3 ? 1 : 0) as number),
  amounts: raw.map((score) => gamma(random, 2, 2 / Math.exp(score))),
  predictedAmounts: raw.map((score) => 1.2 * Math.exp(score)),
  counts: draw(() => integer(random, 4)),
};

/** Each metric of the families that take a weight, with rows it is defined for. */
const WEIGHTED = [
  ...Object.entries(RANKING).map((entry) => [...entry, ROWS.labels, ROWS.scores] as const),
  ...Object.entries(PROBABILITY).map((entry) => [...entry, ROWS.labels, ROWS.probabilities] as const),
  ...Object.entries(CLASS).map((entry) => [...entry, ROWS.labels, ROWS.classes] as const),
  ...Object.entries(AMOUNT).map((entry) => [...entry, ROWS.amounts, ROWS.predictedAmounts] as const),
];
const ALL = [
  ...WEIGHTED,
  ...Object.entries(AMOUNT_RANKING).map((entry) => [...entry, ROWS.amounts, ROWS.predictedAmounts] as const),
];

const ORDER = shuffled(
  createRandom(5),
  Uint32Array.from({ length: N }, (_, i) => i),
);
const moved = (values: Values) => ORDER.map((row) => values[row]);
/** Row i as often as its count says. */
const repeated = (values: readonly number[]) => values.flatMap((value, i) => new Array(ROWS.counts[i]).fill(value));

test("every exported number is in a family here, or is named as one that has its own tests", () => {
  const numbers = Object.keys(evaluation).filter((name) =>
    /(Score|Loss|Error|Deviance|Correlation|Bias|Index|Large|Slope|AtK)$/.test(name),
  );
  const families = [...ALL.map(([name]) => name), ...Object.keys(UPLIFT), ...Object.keys(CLUSTER)];
  expect(numbers.filter((name) => !families.includes(name))).toEqual(["adjustedRandScore"]);
});

describe.each(ALL)("%s", (_, metric, yTrue, yPred) => {
  const value = metric(yTrue, yPred);

  test("does not depend on the order of the rows", () => {
    expect(metric(moved(yTrue), moved(yPred))).toBeCloseTo(value, 9);
  });
  test("takes typed arrays as it takes lists", () => {
    expect(metric(Float64Array.from(yTrue), Float64Array.from(yPred))).toBe(value);
  });
  test("leaves its arguments as they were", () => {
    const before = [[...yTrue], [...yPred]];
    metric(yTrue, yPred);
    expect([yTrue, yPred]).toEqual(before);
  });
  test("rejects different lengths, no rows, and values that are not numbers", () => {
    expect(() => metric(yTrue, yPred.slice(1))).toThrow(/lengths differ, yTrue has 300 and y\w+ has 299/);
    expect(() => metric([], [])).toThrow("there are no rows");
    expect(() => metric(yTrue.with(3, Number.NaN), yPred)).toThrow(/yTrue\[3\] is NaN/);
    expect(() => metric(yTrue.with(3, Infinity), yPred)).toThrow(/yTrue\[3\] is Infinity/);
    expect(() => metric(yTrue, yPred.with(7, Number.NaN))).toThrow(/y\w+\[7\] is NaN/);
  });
});

describe.each(WEIGHTED)("%s with weights", (_, metric, yTrue, yPred) => {
  test("a weight of k equals k copies of a row, a weight of 0 none", () => {
    const weighted = metric(yTrue, yPred, { sampleWeight: ROWS.counts });
    expect(weighted).toBeCloseTo(metric(repeated(yTrue), repeated(yPred)), 9);
    expect(weighted).not.toBeCloseTo(metric(yTrue, yPred), 6);
  });
  test("only the ratios of the weights count", () => {
    const tripled = ROWS.counts.map((count) => 3 * count);
    const weighted = metric(yTrue, yPred, { sampleWeight: ROWS.counts });
    expect(metric(yTrue, yPred, { sampleWeight: tripled })).toBeCloseTo(weighted, 9);
  });
  test("rejects weights that are negative, of another length, or all 0", () => {
    const withWeights = (sampleWeight: Values) => () => metric(yTrue, yPred, { sampleWeight });
    expect(withWeights(ROWS.counts.with(2, -1))).toThrow(
      "sampleWeight[2] is -1; expected a finite weight of at least 0",
    );
    expect(withWeights([1])).toThrow("sampleWeight has 1 values for 300 rows");
    expect(withWeights(new Float64Array(N))).toThrow("every sampleWeight is 0");
  });
});

describe.each(Object.entries({ ...RANKING }))("%s ranks", (_, metric) => {
  const { labels, scores } = ROWS;

  test.each([
    ["exp", Math.exp],
    ["a cube", (score: number) => score ** 3],
    ["a shrunk line", (score: number) => 1e-3 * score - 5],
  ])("%s of the scores changes nothing", (_, transform) => {
    expect(metric(labels, scores.map(transform))).toBeCloseTo(metric(labels, scores), 12);
  });
  test("no scores beat the labels themselves, and the reversed labels are the worst", () => {
    const best = metric(labels, labels);
    const worst = metric(
      labels,
      labels.map((y) => -y),
    );
    const own = metric(labels, scores);
    expect(best).toBeGreaterThan(own);
    if (metric !== RANKING["ksScore"]) expect(worst).toBeLessThan(own);
  });
  test("rejects data with one class", () => {
    expect(() => metric(new Float64Array(N), scores)).toThrow("0 positives and 300 negatives");
  });
});

test("reversed scores give the other side of ROC AUC and Gini", () => {
  const reversed = ROWS.scores.map((score) => -score);
  const auc = evaluation.rocAucScore(ROWS.labels, ROWS.scores);
  expect(evaluation.rocAucScore(ROWS.labels, reversed)).toBeCloseTo(1 - auc, 12);
  const gini = evaluation.normalizedGiniScore(ROWS.amounts, ROWS.scores);
  expect(evaluation.normalizedGiniScore(ROWS.amounts, reversed)).toBeCloseTo(-gini, 12);
});

test("perfect, constant and worst scores have their known values", () => {
  const { labels } = ROWS;
  const rate = labels.reduce((a, b) => a + b, 0) / N;
  const constant = new Float64Array(N).fill(0.5);
  const { rocAucScore, averagePrecisionScore, ksScore, liftAtK } = evaluation;
  expect([rocAucScore(labels, labels), averagePrecisionScore(labels, labels), ksScore(labels, labels)]).toEqual([
    1, 1, 1,
  ]);
  expect(rocAucScore(labels, constant)).toBe(0.5);
  expect(averagePrecisionScore(labels, constant)).toBeCloseTo(rate, 12);
  expect(ksScore(labels, constant)).toBe(0);
  expect(liftAtK(labels, constant, { k: 0.1 })).toBeCloseTo(1, 12);
  expect(liftAtK(labels, labels, { k: 0.1 })).toBeCloseTo(1 / rate, 12);
  expect(evaluation.brierScoreLoss(labels, new Float64Array(N).fill(rate))).toBeCloseTo(rate * (1 - rate), 12);
  expect(evaluation.logLoss(labels, constant)).toBeCloseTo(Math.log(2), 12);
});

describe.each(Object.entries(CLASS))("%s", (_, metric) => {
  test("is 1 for the truth and least for its reverse", () => {
    expect(metric(ROWS.labels, ROWS.labels)).toBeCloseTo(1, 12);
    const reversed = ROWS.labels.map((y) => 1 - y);
    expect(metric(ROWS.labels, reversed)).toBeCloseTo(metric === evaluation.matthewsCorrelation ? -1 : 0, 12);
  });
  test("refuses a class other than 0 and 1", () => {
    expect(() => metric(ROWS.labels, ROWS.classes.with(0, 2))).toThrow("yPred[0] is 2; expected 0 or 1");
  });
});

describe.each(Object.entries(AMOUNT))("%s", (name, metric) => {
  test("is at its best for the truth, and worse for three times it", () => {
    const tripled = ROWS.amounts.map((amount) => 3 * amount);
    expect(metric(ROWS.amounts, ROWS.amounts)).toBeCloseTo(name === "r2Score" ? 1 : 0, 9);
    const worse = metric(ROWS.amounts, tripled);
    if (name === "r2Score") expect(worse).toBeLessThan(1);
    else expect(worse).toBeGreaterThan(0.1);
  });
});

test.each([
  "meanAbsolutePercentageError",
  "symmetricMeanAbsolutePercentageError",
  "weightedAbsolutePercentageError",
  "gammaDeviance",
  "r2Score",
  "totalBias",
  "normalizedGiniScore",
])("%s does not depend on the currency", (name) => {
  const metric = { ...AMOUNT, ...AMOUNT_RANKING }[name]!;
  const inCents = (values: readonly number[]) => values.map((value) => 100 * value);
  const value = metric(ROWS.amounts, ROWS.predictedAmounts);
  expect(metric(inCents(ROWS.amounts), inCents(ROWS.predictedAmounts))).toBeCloseTo(value, 9);
});

describe("uplift", () => {
  const treatment = draw((): number => (bernoulli(random, 0.4) ? 1 : 0));
  const outcome = raw.map((score, i) => (bernoulli(random, logistic(score * treatment[i] - 1)) ? 1 : 0));

  test.each(Object.entries(UPLIFT))(
    "%s depends on neither the order of the rows nor the scale of the scores",
    (_, metric) => {
      const value = metric(outcome, raw, treatment);
      expect(metric(moved(outcome), moved(raw), moved(treatment))).toBeCloseTo(value, 9);
      expect(metric(outcome, raw.map(Math.exp), treatment)).toBeCloseTo(value, 12);
    },
  );
  test.each(["auucScore", "qiniScore"] as const)(
    "%s is 0 for a constant, above 0 for a good order, and with many rows below 1",
    (name) => {
      expect(UPLIFT[name](outcome, new Float64Array(N), treatment)).toBeCloseTo(0, 12);
      const own = UPLIFT[name](outcome, raw, treatment);
      expect(own).toBeGreaterThan(0);
      expect(own).toBeLessThan(1);
    },
  );
  test("the share of all rows gives the difference of the arms, whatever the scores", () => {
    const of = (arm: number) => outcome.filter((_, i) => treatment[i] === arm);
    const mean = (values: number[]) => values.reduce((a, b) => a + b, 0) / values.length;
    const effect = mean(of(1)) - mean(of(0));
    expect(evaluation.upliftAtK(outcome, raw, treatment, { k: 1 })).toBeCloseTo(effect, 12);
    expect(evaluation.upliftCurve(outcome, raw, treatment).gain.at(-1)).toBeCloseTo(effect * N, 9);
  });
  test.each(Object.entries(UPLIFT))("%s refuses one arm, and a treatment other than 0 and 1", (_, metric) => {
    expect(() => metric(outcome, raw, new Float64Array(N))).toThrow("0 treated and 300 control rows");
    expect(() => metric(outcome, raw, treatment.with(0, 0.5))).toThrow("treatment[0] is 0.5");
  });
  test.each([1e-30, 1e30])("qiniScore is the same in another unit of the amounts: times %d", (unit) => {
    const amounts = outcome.map((y, i) => y * (1 + (i % 7)));
    const inUnits = amounts.map((amount) => unit * amount);
    expect(UPLIFT.qiniScore(inUnits, raw, treatment)).toBeCloseTo(UPLIFT.qiniScore(amounts, raw, treatment), 12);
  });
  test.each(["auucScore", "qiniScore"] as const)("%s refuses outcomes that no order can rank", (name) => {
    expect(() => UPLIFT[name](new Float64Array(N), raw, treatment)).toThrow("no order of these outcomes beats");
  });
});

describe.each(Object.entries(CLUSTER))("%s", (_, metric) => {
  const labels = draw(() => integer(random, 3));
  const rows = labels.map((label) => [normal(random) + 3 * label, normal(random), normal(random) - label]);
  const value = metric(matrixFromRows(rows), labels);

  test("does not depend on the order of the rows, the names of the clusters, the origin or the unit", () => {
    const inOrder = Array.from(ORDER, (row) => rows[row]);
    const elsewhere = rows.map((row) => row.map((x) => 10 * x - 70));
    const renamed = labels.map((label) => 100 - label);
    expect(metric(matrixFromRows(inOrder), moved(labels))).toBeCloseTo(value, 9);
    expect(metric(matrixFromRows(rows), renamed)).toBeCloseTo(value, 9);
    expect(metric(matrixFromRows(elsewhere), labels)).toBeCloseTo(value, 7);
  });
  test("prefers the true clusters to random ones", () => {
    const worse = metric(matrixFromRows(rows), moved(labels));
    if (metric === evaluation.daviesBouldinIndex) expect(value).toBeLessThan(worse);
    else expect(value).toBeGreaterThan(worse);
  });
  test("refuses missing values and labels of another length", () => {
    expect(() => metric(matrixFromRows(rows.with(0, [1, Number.NaN, 2])), labels)).toThrow("X[1] is NaN");
    expect(() => metric(matrixFromRows(rows), labels.slice(1))).toThrow("labels has 299 values for 300 rows");
  });
});

test("adjustedRandScore is symmetric, near 0 for chance, and blind to names and order", () => {
  const chance = createRandom(9);
  const a = draw(() => integer(chance, 3));
  const b = a.map((label) => (bernoulli(chance, 0.2) ? integer(chance, 3) : label));
  const score = evaluation.adjustedRandScore(a, b);
  expect(evaluation.adjustedRandScore(b, a)).toBeCloseTo(score, 12);
  expect(evaluation.adjustedRandScore(moved(a), moved(b))).toBeCloseTo(score, 12);
  const renamed = a.map((label) => 9 - label);
  expect(evaluation.adjustedRandScore(renamed, b)).toBeCloseTo(score, 12);
  const unrelated = draw(() => integer(chance, 3));
  expect(Math.abs(evaluation.adjustedRandScore(a, unrelated))).toBeLessThan(0.03);
});
