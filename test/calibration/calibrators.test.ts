import { describe, expect, test } from "vitest";
import {
  applyCalibrator,
  type Calibrator,
  fitBeta,
  fitIntercept,
  fitIsotonic,
  fitSigmoid,
  fitTemperature,
  parseCalibrator,
} from "../../src/calibration/index.js";
import { logLoss } from "../../src/evaluation/index.js";
import { bernoulli, createRandom, normal } from "../../src/numeric/random.js";
import { logistic, mean } from "../../src/numeric/stats.js";

const random = createRandom(12);
const TRUE_LOG_ODDS = Array.from({ length: 20_000 }, () => 1.4 * normal(random));
const LABELS = TRUE_LOG_ODDS.map((eta): number => (bernoulli(random, logistic(eta)) ? 1 : 0));
const TRUE = TRUE_LOG_ODDS.map(logistic);
/** What an overconfident model that also predicts too little would say. */
const RAW = TRUE_LOG_ODDS.map((eta) => logistic(2 * eta - 1));

const FITS: Record<
  string,
  (scores: readonly number[], labels: readonly number[], w?: readonly number[]) => Calibrator
> = {
  isotonic: (scores, labels, sampleWeight) => fitIsotonic(scores, labels, { sampleWeight }),
  sigmoid: (scores, labels, sampleWeight) => fitSigmoid(scores, labels, { sampleWeight }),
  beta: (scores, labels, sampleWeight) => fitBeta(scores, labels, { sampleWeight }),
  temperature: (scores, labels, sampleWeight) => fitTemperature(scores, labels, { sampleWeight }),
};
const ALL: [string, Calibrator][] = [
  ...Object.entries(FITS).map(([name, fit]): [string, Calibrator] => [name, fit.call(null, RAW, LABELS)]),
  ["intercept", fitIntercept(RAW, 0.5)],
];

describe.each(ALL)("%s", (kind, calibrator) => {
  const calibrated = applyCalibrator(calibrator, RAW);

  test("probabilities are nondecreasing in the scores", () => {
    const rising = Float64Array.from(RAW).sort();
    const values = applyCalibrator(calibrator, rising);
    expect(values.every((p, i) => 0 <= p && p <= 1 && (i === 0 || values[i - 1] <= p))).toBe(true);
  });
  test("lowers the log loss on the rows it was fitted on", () => {
    expect(logLoss(LABELS, calibrated)).toBeLessThan(logLoss(LABELS, RAW));
  });
  test("a JSON round trip is exact", () => {
    const read = parseCalibrator(JSON.parse(JSON.stringify(calibrator)));
    expect(read.kind).toBe(kind);
    expect([...applyCalibrator(read, RAW)]).toEqual([...calibrated]);
  });
  test("rejects scores that are not numbers", () => {
    expect(() => applyCalibrator(calibrator, [0.5, Number.NaN])).toThrow("scores[1] is NaN");
  });
});

describe.each(Object.entries(FITS))("fitting %s", (_, fitted) => {
  const weights = LABELS.map((_, i) => i % 3);
  const some = { scores: RAW.slice(0, 500), labels: LABELS.slice(0, 500), weights: weights.slice(0, 500) };
  const repeated = (values: readonly number[]) => values.flatMap((value, i) => new Array(i % 3).fill(value));

  test("a weight of k equals k copies of the row", () => {
    const weighted = applyCalibrator(fitted(some.scores, some.labels, some.weights), some.scores);
    const doubled = applyCalibrator(fitted(repeated(some.scores), repeated(some.labels)), some.scores);
    weighted.forEach((p, i) => {
      expect(p).toBeCloseTo(doubled[i], 8);
    });
  });
  test("does not depend on the order of the rows", () => {
    const backwards = fitted(some.scores.toReversed(), some.labels.toReversed());
    const probabilities = applyCalibrator(backwards, some.scores);
    applyCalibrator(fitted(some.scores, some.labels), some.scores).forEach((p, i) => {
      expect(p).toBeCloseTo(probabilities[i], 8);
    });
  });
  test("rejects lengths that differ, no rows and values that are not numbers", () => {
    expect(() => fitted([0.1], [0, 1])).toThrow("lengths differ");
    expect(() => fitted([], [])).toThrow("there are no rows");
    expect(() => fitted([0.1, Number.NaN], [0, 1])).toThrow("yScore[1] is NaN");
    expect(() => fitted([0.1, 0.2], [0, Number.NaN])).toThrow("yTrue[1] is NaN");
  });
});

test.each(["sigmoid", "beta", "temperature"])("%s refuses one class", (kind) => {
  expect(() => FITS[kind]!([0.1, 0.2], [1, 1])).toThrow("2 positives and 0 negatives");
});

test.each(["beta", "temperature"])("%s refuses scores that are no probabilities", (kind) => {
  expect(() => FITS[kind]!([0.1, 1.2], [0, 1])).toThrow("yScore[1] is 1.2; expected a number in [0, 1]");
});

describe("what each family can repair", () => {
  test("beta and isotonic find the shift and the stretch", () => {
    for (const kind of ["beta", "isotonic"]) {
      const probabilities = applyCalibrator(FITS[kind]!(RAW, LABELS), RAW);
      expect(mean(probabilities.map((p, i) => Math.abs(p - TRUE[i])))).toBeLessThan(0.02);
    }
  });
  test("beta's parameters: 2 eta - 1 is undone by a = b = 1/2, c = 1/2", () => {
    const { a, b, c } = fitBeta(RAW, LABELS);
    expect([a, b, c].map((value) => Math.round(value * 10) / 10)).toEqual([0.5, 0.5, 0.5]);
  });
  test("beta leaves calibrated probabilities as they are", () => {
    const { a, b, c } = fitBeta(TRUE, LABELS);
    expect(a).toBeCloseTo(1, 1);
    expect(b).toBeCloseTo(1, 1);
    expect(c).toBeCloseTo(0, 1);
  });
  test("beta keeps the order where the data would turn it", () => {
    const fitted = fitBeta([0.1, 0.2, 0.5, 0.6, 0.9, 0.95], [1, 0, 1, 0, 1, 0]);
    expect(fitted.a).toBeGreaterThanOrEqual(0);
    expect(fitted.b).toBeGreaterThanOrEqual(0);
    const values = applyCalibrator(fitted, [0.05, 0.3, 0.7, 0.99]);
    expect(values.every((p, i) => i === 0 || values[i - 1] <= p)).toBe(true);
  });
  test("temperature finds the stretch", () => {
    const stretched = TRUE_LOG_ODDS.map((eta) => logistic(2.5 * eta));
    expect(fitTemperature(stretched, LABELS).temperature).toBeCloseTo(2.5, 0);
  });
  test("the intercept meets the expected base rate exactly, and keeps the odds ratios", () => {
    const calibrated = applyCalibrator(fitIntercept(TRUE, 0.3), TRUE);
    expect(mean(calibrated)).toBeCloseTo(0.3, 10);
    const odds = (p: number) => p / (1 - p);
    const shift = odds(calibrated[0]) / odds(TRUE[0]);
    expect(odds(calibrated[9]) / odds(TRUE[9])).toBeCloseTo(shift, 10);
  });
});

describe("scores that have no finite best fit", () => {
  test("separated classes are an error where no finite fit exists", () => {
    const separated = [
      [0.1, 0.2, 0.7, 0.8],
      [0, 0, 1, 1],
    ] as const;
    expect(() => fitBeta(...separated)).toThrow("the scores separate the classes");
    expect(() => fitTemperature(...separated)).toThrow("the best temperature is 0");
    expect(Number.isFinite(fitSigmoid(...separated).A)).toBe(true);
  });
  test("temperature rejects scores that rank in reverse", () => {
    expect(() => fitTemperature([0.9, 0.8, 0.2, 0.6], [0, 0, 1, 1])).toThrow(
      "higher scores do not mean more positives",
    );
  });
  test("sigmoid: equal scores give the smoothed base rate", () => {
    const [p] = applyCalibrator(fitSigmoid([3, 3, 3, 3], [0, 0, 0, 1]), [3]);
    expect(p).toBeCloseTo((3 * (1 / 5) + 2 / 3) / 4, 9);
  });
  test("intercept rejects base rates of 0 and 1", () => {
    expect(() => fitIntercept([0.2], 0)).toThrow("baseRate is 0; expected a rate in (0, 1)");
    expect(() => fitIntercept([], 0.2)).toThrow("there are no rows");
  });
  test("isotonic rejects yMin above yMax", () => {
    expect(() => fitIsotonic([1], [1], { yMin: 2, yMax: 1 })).toThrow("yMin is 2 and yMax is 1");
  });
});

describe("parseCalibrator", () => {
  test.each([
    [null, 'its kind is "undefined"; expected one of isotonic, sigmoid, beta, temperature, intercept'],
    [{ kind: "forest" }, 'its kind is "forest"'],
    [{ kind: "sigmoid", A: 1 }, '"B" is missing; expected a number'],
    [{ kind: "beta", a: 1, b: 1, c: null }, '"c" is null; expected a number'],
    [{ kind: "temperature", temperature: 0 }, '"temperature" is 0; expected a number above 0'],
    [{ kind: "isotonic", x: [1, 1], y: [0, 1], outOfRange: "clip" }, "x has 1 after 1; expected ascending scores"],
    [{ kind: "isotonic", x: [], y: [], outOfRange: "clip" }, '"x" is []; expected at least one number'],
    [{ kind: "isotonic", x: [1, null], y: [0, 1], outOfRange: "clip" }, '"x[1]" is null; expected a number'],
    [{ kind: "isotonic", x: [1, 2], y: [0], outOfRange: "clip" }, "x has 2 values and y 1; expected as many of each"],
    [{ kind: "isotonic", x: [1], y: [0] }, '"outOfRange" is missing; expected'],
  ])("refuses %j", (value, message) => {
    expect(() => parseCalibrator(value)).toThrow(message);
    expect(() => parseCalibrator(value)).toThrow(SyntaxError);
  });
});
