import { expect, test } from "vitest";
import { histogram } from "../../src/charts/index.js";

test("nothing gives one empty bin", () => {
  expect(histogram([])).toEqual({ scale: "linear", edges: [0, 1], counts: [0], zeros: 0, missing: 0 });
  expect(histogram([Number.NaN]).missing).toBe(1);
});

test("few whole numbers get a bin each", () => {
  expect(histogram([1, 1, 2, 4])).toMatchObject({ edges: [0.5, 1.5, 2.5, 3.5, 4.5], counts: [2, 1, 0, 1] });
});

test("a heavy tail gets logarithmic bins, with zeros apart", () => {
  const result = histogram([0, 0, 1.5, 2.5, 3.5, 1000.5]);
  expect(result.scale).toBe("log");
  expect(result.zeros).toBe(2);
  expect(result.counts.reduce((a, b) => a + b)).toBe(4);
});

test("logarithmic bins of whole numbers leave no gap between them", () => {
  const { edges, counts } = histogram(Array.from({ length: 200 }, (_, i) => (i < 150 ? 1 + (i % 5) : i)));
  expect(edges.slice(0, 5)).toEqual([1, 2, 3, 4, 5]);
  expect(edges.every(Number.isInteger)).toBe(true);
  expect(counts.slice(0, 5)).toEqual([30, 30, 30, 30, 30]);
});

test("negative values keep a linear axis", () => {
  expect(histogram([-5, 1, 2, 3, 1000.5]).scale).toBe("linear");
});

test("every value is counted once, in all shapes", () => {
  for (const values of [
    [3, 3, 3],
    [0, 0],
    [-1.5, 2.25, 7],
    [1e-9, 5, 1e9],
    [0.1, 0.2, 0.3],
  ]) {
    const { counts, zeros } = histogram(values);
    expect(counts.reduce((a, b) => a + b) + zeros).toBe(values.length);
  }
});

test("the values are left as they were", () => {
  const values = [3, 1, 2];
  histogram(values);
  expect(values).toEqual([3, 1, 2]);
});

test("no bins are refused", () => {
  expect(() => histogram([1], { bins: 0 })).toThrow("bins is 0; expected 1 to 200");
});
