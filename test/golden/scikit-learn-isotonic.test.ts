import { describe, expect, test } from "vitest";
import { applyCalibrator, fitIsotonic, type IsotonicOptions } from "../../src/calibration/index.js";
import { expectClose } from "./close.js";

// scikit-learn, sklearn/tests/test_isotonic.py

const range = (n: number) => Array.from({ length: n }, (_, i) => i);

function fitted(x: readonly number[], y: readonly number[], options: IsotonicOptions = {}): number[] {
  return [...applyCalibrator(fitIsotonic(x, y, options), x)];
}

describe("test_isotonic.py", () => {
  test("test_isotonic_regression: 3 7 5 9 8 7 10", () => {
    expectClose(fitted(range(7), [3, 7, 5, 9, 8, 7, 10]), [3, 6, 6, 8, 8, 8, 10]);
  });

  test("test_isotonic_regression: 10 0 2 is one step", () => {
    expectClose(fitted(range(3), [10, 0, 2]), [4, 4, 4]);
  });

  test("test_isotonic_regression: equal scores share the mean", () => {
    expectClose(fitted(new Array(7).fill(1), [3, 7, 5, 9, 8, 7, 10]), new Array(7).fill(7));
  });

  test("test_isotonic_sample_weight: weights 1 to 7", () => {
    const y = [1, 41, 51, 1, 2, 5, 24];
    const expected = [1, 13.95, 13.95, 13.95, 13.95, 13.95, 24];
    expectClose(fitted([1, 2, 3, 4, 5, 6, 7], y, { sampleWeight: [1, 2, 3, 4, 5, 6, 7] }), expected);
  });

  test("test_permutation_invariance: rows and weights in another order", () => {
    const fit = fitIsotonic([7, 3, 1, 5, 2, 6, 4], [24, 51, 1, 2, 41, 5, 1], { sampleWeight: [7, 3, 1, 5, 2, 6, 4] });
    expectClose([...applyCalibrator(fit, [1, 2, 6, 7])], [1, 13.95, 13.95, 24]);
  });

  test("test_isotonic_regression_ties_min", () => {
    expectClose(fitted([1, 1, 2, 3, 4, 5], [1, 2, 3, 4, 5, 6]), [1.5, 1.5, 3, 4, 5, 6]);
  });

  test("test_isotonic_regression_ties_max", () => {
    expectClose(fitted([1, 2, 3, 4, 5, 5], [1, 2, 3, 4, 5, 6]), [1, 2, 3, 4, 5.5, 5.5]);
  });

  test("test_isotonic_regression_ties_secondary_: pituitary data of R's isotone", () => {
    const age = [8, 8, 8, 10, 10, 10, 12, 12, 12, 14, 14];
    const size = [21, 23.5, 23, 24, 21, 25, 21.5, 22, 19, 23.5, 25];
    expectClose(fitted(age, size), [...new Array(9).fill(200 / 9), 24.25, 24.25]);
    expect(200 / 9).toBeCloseTo(22.22222, 5);
  });

  test("test_isotonic_regression_with_ties_in_differently_sized_groups", () => {
    expectClose(fitted([0, 1, 1, 2, 3, 4], [0, 0, 1, 0, 0, 1]), [0, 0.25, 0.25, 0.25, 0.25, 1]);
  });

  test("test_isotonic_regression_reversed", () => {
    const y = [10, 9, 10, 7, 6, 6.1, 5];
    expectClose(fitted(range(7), y, { increasing: false }), [10, 9.5, 9.5, 7, 6.05, 6.05, 5]);
  });

  test("test_isotonic_min_max_boundaries: 2 to 4 on 0 … 5", () => {
    expectClose(fitted(range(6), range(6), { yMin: 2, yMax: 4 }), [2, 2, 2, 3, 4, 4]);
  });

  test("test_isotonic_regression_oob_clip, _nan and _raise", () => {
    const y = [3, 7, 5, 9, 8, 7, 10];
    const beyond = [-10, 16];
    const fitted = (outOfRange: "clip" | "nan" | "raise") => fitIsotonic(range(7), y, { outOfRange });
    expect([...applyCalibrator(fitted("clip"), beyond)]).toEqual([3, 10]);
    expect([...applyCalibrator(fitted("nan"), beyond)]).toEqual([Number.NaN, Number.NaN]);
    expect(() => applyCalibrator(fitted("raise"), beyond)).toThrow("score -10 is outside [0, 6]");
  });

  test("test_isotonic_duplicate_min_entry: predictions are finite", () => {
    expectClose(fitted([0, 0, 1], [0, 0, 1]), [0, 0, 1]);
  });

  test("test_isotonic_zero_weight_loop: rows of weight 0 do not count", () => {
    const fit = fitIsotonic([1, 2, 2, 3], [0, 9, 1, 2], { sampleWeight: [1, 0, 1, 1] });
    expectClose([...applyCalibrator(fit, [1, 2, 3])], [0, 1, 2]);
  });

  test("between two fitted scores it is a straight line", () => {
    const fit = fitIsotonic([0, 1, 3], [0, 1, 2]);
    expectClose([...applyCalibrator(fit, [0.25, 1.5, 2])], [0.25, 1.25, 1.5]);
  });
});
