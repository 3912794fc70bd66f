import { expect, test } from "vitest";
import {
  averagePrecisionScore,
  calibrationInTheLarge,
  calibrationSlope,
  fScore,
  logLoss,
  matthewsCorrelation,
  meanAbsolutePercentageError,
  normalizedGiniScore,
  poissonDeviance,
  precisionScore,
  r2Score,
  recallScore,
  rocAucScore,
  specificityScore,
  symmetricMeanAbsolutePercentageError,
  totalBias,
  tweedieDeviance,
  weightedAbsolutePercentageError,
} from "../../src/evaluation/index.js";
import { bernoulli, createRandom, normal } from "../../src/numeric/random.js";
import { logistic } from "../../src/numeric/stats.js";

test("undefined ratios are an error or 0, as each metric documents", () => {
  expect(precisionScore([0, 1], [0, 0])).toBe(0);
  expect(matthewsCorrelation([0, 1], [1, 1])).toBe(0);
  expect(() => recallScore([0, 0], [0, 1])).toThrow("yTrue has no positives");
  expect(() => specificityScore([1, 1], [0, 1])).toThrow("yTrue has no negatives");
  expect(() => fScore([1, 0], [1, 0], { beta: 0 })).toThrow("beta is 0");
  expect(() => r2Score([3, 3], [1, 2])).toThrow("yTrue is constant");
  expect(() => totalBias([0, 0], [1, 2])).toThrow("the mean of yTrue is 0");
  expect(() => weightedAbsolutePercentageError([0, 0], [1, 2])).toThrow("every yTrue is 0");
});

test("percentage errors: zeros are refused by the plain one and allowed by the safe ones", () => {
  expect(() => meanAbsolutePercentageError([1, 0], [1, 1])).toThrow(
    "yTrue[1] is 0; use weightedAbsolutePercentageError",
  );
  expect(meanAbsolutePercentageError([10, 20], [11, 15])).toBeCloseTo((0.1 + 0.25) / 2, 12);
  expect(symmetricMeanAbsolutePercentageError([0, 0, 3], [0, 5, 1])).toBeCloseTo((0 + 2 + 1) / 3, 12);
  expect(weightedAbsolutePercentageError([0, 10], [5, 15])).toBe(1);
});

test("deviances reject values outside their distribution's support", () => {
  expect(() => poissonDeviance([-1], [1])).toThrow("yTrue[0] is -1; expected a value of at least 0");
  expect(() => poissonDeviance([1], [0])).toThrow("yPred[0] is 0; expected a prediction greater than 0");
  expect(() => tweedieDeviance([0], [1], { power: 2 })).toThrow("yTrue[0] is 0; expected a value greater than 0");
  expect(() => tweedieDeviance([1], [1], { power: 0.5 })).toThrow("power is 0.5; expected a number outside (0, 1)");
  expect(tweedieDeviance([0], [4])).toBeCloseTo(8, 12); // 2 mu^0.5 / 0.5
});

test("log loss: a wrong certainty costs 36 nats, not infinity", () => {
  expect(logLoss([1], [0])).toBeCloseTo(52 * Math.log(2), 10);
});

test("normalized Gini: the perfect order of amounts is 1, as lifetime_value's test says", () => {
  expect(normalizedGiniScore([0, 3, 1, 20], [0.1, 0.4, 0.2, 0.9])).toBe(1);
  expect(normalizedGiniScore([0, 3, 1, 20], [7, 7, 7, 7])).toBe(0);
  expect(() => normalizedGiniScore([1, -2], [1, 2])).toThrow("yTrue[1] is -2");
  expect(() => normalizedGiniScore([2, 2], [1, 2])).toThrow("yTrue is constant");
});

test("calibration in the large and slope find the shift and the stretch that were put in", () => {
  const random = createRandom(3);
  const logOdds = Array.from({ length: 20_000 }, () => 1.5 * normal(random));
  const yTrue = logOdds.map((eta) => (bernoulli(random, logistic(eta)) ? 1 : 0));
  const shifted = logOdds.map((eta) => logistic(eta - 0.7));
  const stretched = logOdds.map((eta) => logistic(2 * eta));
  expect(calibrationInTheLarge(yTrue, shifted)).toBeCloseTo(0.7, 1);
  expect(calibrationSlope(yTrue, shifted)).toBeCloseTo(1, 1);
  expect(calibrationSlope(yTrue, stretched)).toBeCloseTo(0.5, 1);
});

test("calibrationSlope rejects data without a finite slope", () => {
  expect(() => calibrationSlope([0, 1], [0.5, 0.5])).toThrow("all probabilities are equal");
  expect(() => calibrationSlope([0, 0, 1, 1], [0.1, 0.4, 0.4, 0.9])).toThrow("separate the classes");
});

test("weights of any size give the same ranking scores", () => {
  const yTrue = [0, 1, 0, 1, 1, 0];
  const yScore = [0.1, 0.4, 0.35, 0.8, 0.4, 0.6];
  const weights = [1, 3, 2, 1, 5, 2];
  for (const score of [rocAucScore, averagePrecisionScore]) {
    const plain = score(yTrue, yScore, { sampleWeight: weights });
    for (const unit of [1e-200, 1e-160, 1e160, 1e200]) {
      expect(score(yTrue, yScore, { sampleWeight: weights.map((w) => w * unit) }), `${unit}`).toBeCloseTo(plain, 14);
    }
  }
  expect(rocAucScore(yTrue, yScore, { sampleWeight: weights })).toBeCloseTo((5 * 9 - 2 * 8 + 0) / 45, 14);
});

test("r2Score: a constant with rounding errors is constant, and small differences are not", () => {
  expect(() => r2Score([0.1 + 0.2, 0.3, 0.3], [1, 2, 3])).toThrow("yTrue is constant");
  expect(() => r2Score([3e8, 3e8 + 6e-8, 3e8], [1, 2, 3])).toThrow("yTrue is constant");
  expect(
    r2Score(
      [1e-200, 2e-200, 3e-200].map((y) => y * 1e60),
      [1e-140, 2e-140, 2e-140],
    ),
  ).toBeCloseTo(0.5, 9);
  expect(r2Score([1e6, 1e6 + 1e-6], [1e6, 1e6 + 1e-6])).toBe(1);
});
