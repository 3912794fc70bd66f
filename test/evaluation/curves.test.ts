import { describe, expect, test } from "vitest";
import {
  brierDecomposition,
  calibrationCurve,
  decileTable,
  expectedCalibrationError,
  gainCurve,
  liftAtK,
  liftCurve,
  maximumCalibrationError,
  predictedClasses,
  rocCurve,
} from "../../src/evaluation/index.js";

const LABELS = [1, 1, 0, 1, 0, 0];
const SCORES = [0.9, 0.8, 0.8, 0.4, 0.2, 0.1];

describe("curves", () => {
  test("the gain curve takes tied rows together", () => {
    const { share, gain } = gainCurve(LABELS, SCORES);
    expect([...share]).toEqual([0, 1 / 6, 3 / 6, 4 / 6, 5 / 6, 1]);
    expect([...gain]).toEqual([0, 1 / 3, 2 / 3, 1, 1, 1]);
  });

  test("lift is gain over share", () => {
    const { share, lift } = liftCurve(LABELS, SCORES);
    expect([...share]).toEqual([1 / 6, 3 / 6, 4 / 6, 5 / 6, 1]);
    [2, 4 / 3, 1.5, 1.2, 1].forEach((value, i) => {
      expect(lift[i]).toBeCloseTo(value, 12);
    });
  });

  test("lift at k counts rows that tie at the edge in proportion", () => {
    // the best row, and half of the two that tie, one of which is positive
    expect(liftAtK(LABELS, SCORES, { k: 2 / 6 })).toBeCloseTo(1.5 / 3 / (2 / 6), 12);
    expect(liftAtK(LABELS, SCORES, { k: 1 / 6 })).toBe(2);
    expect(liftAtK(LABELS, SCORES, { k: 1 })).toBe(1);
    expect(() => liftAtK(LABELS, SCORES, { k: 0 })).toThrow("k is 0; expected a share in (0, 1]");
    expect(() => liftAtK(LABELS, SCORES, { k: Number.NaN })).toThrow("k is NaN");
  });

  test("rows of weight 0 at the top leave the lift curve finite", () => {
    const { share, lift } = liftCurve(LABELS, SCORES, { sampleWeight: [0, 1, 1, 1, 1, 1] });
    expect(share[0]).toBeCloseTo(0.4, 12);
    expect(lift.every(Number.isFinite)).toBe(true);
  });

  test("the ROC curve starts at (0, 0) with an infinite threshold", () => {
    const { falsePositiveRate, truePositiveRate, thresholds } = rocCurve(LABELS, SCORES);
    expect([falsePositiveRate[0], truePositiveRate[0], thresholds[0]]).toEqual([0, 0, Infinity]);
    expect([falsePositiveRate.at(-1), truePositiveRate.at(-1)]).toEqual([1, 1]);
  });
});

describe("decileTable", () => {
  test("adds up, best rows first", () => {
    const spend = Array.from({ length: 25 }, (_, i) => i);
    const table = decileTable(spend, spend);
    expect(table.map(({ nRows }) => nRows).reduce((a, b) => a + b)).toBe(25);
    expect(table.map(({ decile }) => decile)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    expect(table[0]).toMatchObject({ nRows: 3, meanActual: 23, meanScore: 23, totalActual: 69 });
    expect(table[0].lift).toBeCloseTo(23 / 12, 12);
    expect(table[9].cumulativeShare).toBeCloseTo(1, 12);
    expect(table[9].cumulativeLift).toBeCloseTo(1, 12);
  });

  test("rows that tie share their truth over the bins", () => {
    const table = decileTable([4, 0, 2, 2], [1, 1, 1, 1], { nBins: 2 });
    expect(table.map(({ meanActual }) => meanActual)).toEqual([2, 2]);
  });

  test("fewer rows than bins, or no positive total, is refused", () => {
    expect(() => decileTable([1, 2], [1, 2])).toThrow("2 rows are fewer than 10 bins");
    expect(() => decileTable([0, 0], [1, 2], { nBins: 2 })).toThrow("yTrue sums to 0");
  });
});

describe("calibration", () => {
  const yTrue = [0, 1, 0, 1, 1, 1, 0, 0];
  const yProb = [0.1, 0.2, 0.3, 0.4, 0.6, 0.7, 0.8, 0.9];

  test("errors follow from the curve", () => {
    const options = { nBins: 4, strategy: "uniform" } as const;
    const { counts, meanPredicted, observedRate } = calibrationCurve(yTrue, yProb, options);
    const gaps = [...observedRate].map((rate, bin) => Math.abs(rate - meanPredicted[bin]));
    const expected = gaps.reduce((total, gap, bin) => total + gap * counts[bin], 0) / 8;
    expect(expectedCalibrationError(yTrue, yProb, options)).toBeCloseTo(expected, 12);
    expect(maximumCalibrationError(yTrue, yProb, options)).toBeCloseTo(Math.max(...gaps), 12);
    expect(Math.max(...gaps)).toBeGreaterThan(expected);
  });

  test("empty bins are left out", () => {
    expect([...calibrationCurve([0, 1], [0.05, 0.95], { strategy: "uniform" }).counts]).toEqual([1, 1]);
  });

  test("the parts of the Brier score add up to it", () => {
    const parts = brierDecomposition(yTrue, yProb, { nBins: 3 });
    const { brier, reliability, resolution, uncertainty, withinBins } = parts;
    expect(reliability - resolution + uncertainty + withinBins).toBeCloseTo(brier, 12);
    expect(uncertainty).toBe(0.25);
    expect(withinBins).not.toBeCloseTo(0, 3);
  });

  test("with one probability per bin nothing is hidden inside the bins (Murphy 1973)", () => {
    const probabilities = [0.25, 0.25, 0.25, 0.25, 0.75, 0.75, 0.75, 0.75];
    const parts = brierDecomposition([0, 0, 0, 1, 1, 1, 1, 0], probabilities, { nBins: 2, strategy: "uniform" });
    expect(parts).toEqual({ brier: 0.1875, reliability: 0, resolution: 0.0625, uncertainty: 0.25, withinBins: 0 });
  });

  test("bins of another strategy or number are refused", () => {
    expect(() => calibrationCurve(yTrue, yProb, { nBins: 0 })).toThrow("nBins is 0; expected an integer of at least 1");
    // @ts-expect-error what a caller without types may pass
    expect(() => calibrationCurve(yTrue, yProb, { strategy: "percentile" })).toThrow('strategy is "percentile"');
  });
});

test("a probability at the threshold is called positive", () => {
  expect([...predictedClasses([0.2, 0.5, 0.7], 0.5)]).toEqual([0, 1, 1]);
  expect(() => predictedClasses([0.2], 1.5)).toThrow("threshold[0] is 1.5");
});
