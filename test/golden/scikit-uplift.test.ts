import { describe, expect, test } from "vitest";
import {
  auucScore,
  perfectQiniCurve,
  perfectUpliftCurve,
  qiniCurve,
  qiniScore,
  upliftAtK,
  upliftCurve,
} from "../../src/evaluation/index.js";

// scikit-uplift, sklift/tests/test_metrics.py. Its predictions on the three validation rows are constant for the
// binary outcome, so a constant stands for them.

const Y = [0, 1, 0];
const T = [0, 1, 1];
const CONSTANT = [0, 0, 0];
const points = ({ counts, gain }: { counts: Float64Array; gain: Float64Array }) => [[...counts], [...gain]];

describe("test_metrics.py", () => {
  test("test_uplift_curve", () => {
    expect(points(upliftCurve(Y, CONSTANT, T))).toEqual([
      [0, 3],
      [0, 1.5],
    ]);
  });

  test("test_uplift_curve_hard: outcomes that do not differ", () => {
    expect(points(upliftCurve([0, 0, 0], CONSTANT, T))[1]).toEqual([0, 0]);
    expect(points(upliftCurve([1, 1, 1], CONSTANT, T))[1]).toEqual([0, 0]);
  });

  test("test_perfect_uplift_curve", () => {
    expect(points(perfectUpliftCurve(Y, T))).toEqual([
      [0, 1, 2, 3],
      [0, 1, 2, 1.5],
    ]);
  });

  test("test_perfect_uplift_curve_hard", () => {
    expect(points(perfectUpliftCurve([0, 0, 0], T))).toEqual([
      [0, 1, 3],
      [0, 0, 0],
    ]);
    expect(points(perfectUpliftCurve([1, 1, 1], T))).toEqual([
      [0, 2, 3],
      [0, 2, 0],
    ]);
  });

  test.each([
    [[1, 1], [0, 1], 1],
    [[1, 1], [1, 0], -1],
    [[0, 1], [1, 0], 0],
    [[1, 0], [0, 1], 1],
  ])("test_uplift_auc_score: y %j, treatment %j: %d", (y, treatment, expected) => {
    expect(auucScore(y, [0.1, 0.3], treatment)).toBeCloseTo(expected, 12);
  });

  test("test_qini_curve", () => {
    expect(points(qiniCurve(Y, CONSTANT, T))).toEqual([
      [0, 3],
      [0, 1],
    ]);
  });

  test("test_perfect_qini_curve, of labels and of amounts", () => {
    expect(points(perfectQiniCurve(Y, T))).toEqual([
      [0, 1, 3],
      [0, 1, 1],
    ]);
    expect(points(perfectQiniCurve([0, 1, 2], T))).toEqual([
      [0, 1, 2, 3],
      [0, 2, 3, 3],
    ]);
  });

  test.each([
    [[1, 1], [0.1, 0.3], [0, 1], 1],
    [[1, 1], [0.1, 0.3], [1, 0], 0],
    [[0, 1], [0.1, 0.3], [1, 0], 1],
    [[1, 0], [0.1, 0.3], [0, 1], 1],
    [[0, 1, 2], [0.1, 0.3, 0.9], [0, 1, 0], -0.5],
    [[0, 1, 2], [0.1, 0.3, 0.9], [1, 0, 1], 0.75],
  ])("test_qini_auc_score: y %j, uplift %j, treatment %j: %d", (y, uplift, treatment, expected) => {
    expect(qiniScore(y, uplift, treatment)).toBeCloseTo(expected, 12);
  });

  test("test_weighted_average_uplift: one bin is the difference of the arms, 0.5", () => {
    expect(upliftAtK(Y, CONSTANT, T, { k: 1 })).toBe(0.5);
  });
});
