import { describe, expect, test } from "vitest";
import {
  applyCalibrator,
  crossFittedCalibration,
  fitIsotonic,
  fitSigmoid,
  rankByCalibrated,
} from "../../src/calibration/index.js";
import { expectedCalibrationError, groupedKFold, rocAucScore, rollingOriginSplit } from "../../src/evaluation/index.js";
import { bernoulli, createRandom, integer, normal } from "../../src/numeric/random.js";
import { logistic } from "../../src/numeric/stats.js";

const random = createRandom(21);
const N = 4000;
const SCORES = Array.from({ length: N }, () => logistic(3 * normal(random)));
const LABELS = SCORES.map((score): number => (bernoulli(random, 0.1 + 0.5 * score) ? 1 : 0));
const CUSTOMERS = SCORES.map(() => integer(random, 900));

describe("crossFittedCalibration", () => {
  const folds = groupedKFold(CUSTOMERS, { seed: 3 });

  test("calibrates every row by other customers", () => {
    const { probabilities, byFold, calibrator } = crossFittedCalibration(SCORES, LABELS, {
      folds,
      fitCalibrator: fitIsotonic,
    });
    expect(byFold).toHaveLength(5);
    expect(probabilities.every((p) => p >= 0 && p <= 1)).toBe(true);
    expect(expectedCalibrationError(LABELS, probabilities)).toBeLessThan(0.03);
    expect(expectedCalibrationError(LABELS, SCORES)).toBeGreaterThan(0.1);
    const { train, test } = folds[0];
    const take = (values: readonly number[], rows: Uint32Array) => Array.from(rows, (row) => values[row]);
    const own = fitIsotonic(take(SCORES, train), take(LABELS, train));
    expect(own).toEqual(byFold[0]);
    expect(probabilities[test[7]]).toBe(applyCalibrator(own, [SCORES[test[7]]])[0]);
    expect(calibrator).toEqual(fitIsotonic(SCORES, LABELS));
  });

  test("in time, the first dates stay without a probability", () => {
    const asOf = SCORES.map((_, i) => `2024-0${1 + (i % 4)}-01`);
    const { probabilities } = crossFittedCalibration(SCORES, LABELS, {
      folds: rollingOriginSplit(asOf, { horizonDays: 28 }),
      fitCalibrator: fitSigmoid,
    });
    expect(probabilities.map(Number.isNaN as never).reduce((a, b) => a + b)).toBe(N / 4);
    expect(Number.isNaN(probabilities[0])).toBe(true);
  });

  test("a label that changes does not change its own probability", () => {
    const turned = LABELS.with(5, 1 - LABELS[5]);
    const run = (labels: number[]) =>
      crossFittedCalibration(SCORES, labels, { folds, fitCalibrator: fitIsotonic }).probabilities;
    expect(run(turned)[5]).toBe(run(LABELS)[5]);
    expect(run(turned)).not.toEqual(run(LABELS));
  });

  test("a row of weight 0 has no effect, in any fold", () => {
    const sampleWeight = SCORES.map((_, i) => (i % 3 ? 1 : 0));
    const { byFold } = crossFittedCalibration(SCORES, LABELS, { folds, fitCalibrator: fitSigmoid, sampleWeight });
    const kept = folds[0].train.filter((row) => row % 3);
    const own = fitSigmoid(
      Array.from(kept, (row) => SCORES[row]),
      Array.from(kept, (row) => LABELS[row]),
    );
    const asked = [0.1, 0.5, 0.9];
    applyCalibrator(own, asked).forEach((p, i) => {
      expect(applyCalibrator(byFold[0], asked)[i]).toBeCloseTo(p, 9);
    });
  });

  test("rejects folds that leak, repeat or lack rows", () => {
    const run = (...made: number[][][]) =>
      crossFittedCalibration(SCORES.slice(0, 4), [0, 1, 0, 1], {
        folds: made.map(([train, test]) => ({ train: Uint32Array.from(train), test: Uint32Array.from(test) })),
        fitCalibrator: fitSigmoid,
      });
    expect(() => run()).toThrow("there are no folds");
    expect(() => run([[0, 1, 2], [2]])).toThrow("fold 0 trains on row 2, which it tests");
    expect(() => run([[0, 1], [2]], [[0, 1], [2]])).toThrow("row 2 is in two test folds");
    expect(() => run([[0, 1], [9]])).toThrow("fold 0 tests row 9 of 4");
  });
});

describe("rankByCalibrated", () => {
  test("ties of an isotonic step keep the order of the raw scores, so that no ranking is lost", () => {
    const calibrated = applyCalibrator(fitIsotonic(SCORES, LABELS), SCORES);
    const ranks = new Float64Array(N);
    rankByCalibrated(calibrated, SCORES).forEach((row, place) => {
      ranks[row] = -place;
    });
    expect(rocAucScore(LABELS, ranks)).toBeCloseTo(rocAucScore(LABELS, SCORES), 12);
    expect(rocAucScore(LABELS, calibrated)).not.toBe(rocAucScore(LABELS, SCORES));
  });

  test("probability first, raw score second, row last", () => {
    expect([...rankByCalibrated([0.5, 0.5, 0.9, 0.5], [1, 3, 0, 1])]).toEqual([2, 1, 0, 3]);
  });

  test("lengths that differ are refused", () => {
    expect(() => rankByCalibrated([0.1], [1, 2])).toThrow("lengths differ");
  });
});
