import { expect, test } from "vitest";
import {
  logistic,
  logit,
  mean,
  normalCdf,
  normalQuantile,
  quantile,
  standardDeviation,
  sum,
  variance,
  weightedMean,
} from "../../src/numeric/stats.js";

test("sum compensates rounding errors", () => {
  expect(sum([1e16, 1, -1e16])).toBe(1);
  expect(sum([1, 1e100, 1, -1e100])).toBe(2);
  expect(sum([])).toBe(0);
});

test("mean, weighted mean, variance and standard deviation", () => {
  expect(mean([1, 2, 6])).toBe(3);
  expect(mean([])).toBeNaN();
  expect(weightedMean([1, 5], [3, 1])).toBe(2);
  expect(variance([2, 4, 4, 4, 5, 5, 7, 9])).toBe(4);
  expect(variance([1, 2, 3], { ddof: 1 })).toBe(1);
  expect(standardDeviation([2, 4, 4, 4, 5, 5, 7, 9])).toBe(2);
});

test("a quantile lies on the straight line between its neighbours, and the values stay as they were", () => {
  const values = [4, 1, 3, 2];
  expect(quantile(values, 0.5)).toBe(2.5);
  expect(quantile(values, 0)).toBe(1);
  expect(quantile(values, 1)).toBe(4);
  expect(quantile([7], 0.3)).toBe(7);
  expect(values).toEqual([4, 1, 3, 2]);
});

test("quantile rejects p outside [0, 1], NaN and no values", () => {
  expect(() => quantile([1], 1.5)).toThrow("p is 1.5; expected a number in [0, 1]");
  expect(() => quantile([1], Number.NaN)).toThrow("p is NaN");
  expect(() => quantile([], 0.5)).toThrow("there are no values");
});

test("the logistic function and the log-odds undo each other, also far out", () => {
  for (const x of [-700, -20, -1, 0, 3, 30]) expect(logit(logistic(x))).toBeCloseTo(x, x === 30 ? 2 : 10);
  expect(logistic(-1000)).toBe(0);
  expect(logistic(1000)).toBe(1);
});

test("the normal distribution at its ends", () => {
  expect([normalCdf(-100), normalCdf(0), normalCdf(100)]).toEqual([0, 0.5, 1]);
  expect(normalCdf(Number.NaN)).toBeNaN();
  expect([normalQuantile(0), normalQuantile(0.5), normalQuantile(1)]).toEqual([-Infinity, 0, Infinity]);
  expect(() => normalQuantile(1.1)).toThrow(RangeError);
});
