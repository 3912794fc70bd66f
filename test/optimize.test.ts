import { expect, test } from "vitest";
import { minimize, type Objective, polish } from "../src/optimize.js";

/** Rosenbrock's valley, whose minimum is at (1, 1). */
const valley: Objective = ([x, y], gradient) => {
  gradient[0] = -2 * (1 - x) - 400 * x * (y - x * x);
  gradient[1] = 200 * (y - x * x);
  return (1 - x) ** 2 + 100 * (y - x * x) ** 2;
};

test("the bottom of a bent valley is found, and polishing sharpens it", () => {
  const rough = minimize(valley, Float64Array.of(-1.2, 1), { tolerance: 1e-3 });
  expect(rough.point[0]).toBeCloseTo(1, 2);
  const { point, gradientNorm, inverseHessian } = polish(valley, rough);
  expect(Math.abs(point[0] - 1) + Math.abs(point[1] - 1)).toBeLessThan(1e-9);
  expect(gradientNorm).toBeLessThan(1e-7);
  // The Hessian at (1, 1) is 802, -400; -400, 200.
  expect(inverseHessian!.get(0, 0)).toBeCloseTo(0.5, 4);
  expect(inverseHessian!.get(1, 1)).toBeCloseTo(2.005, 3);
});

test("a start is not changed, and a minimum is left alone", () => {
  const start = Float64Array.of(1, 1);
  expect(Array.from(minimize(valley, start).point)).toEqual([1, 1]);
  expect(Array.from(start)).toEqual([1, 1]);
});

test("a slope that levels out for ever ends with a finite point and no inverse", () => {
  const slope: Objective = ([x, y], gradient) => {
    gradient[0] = -Math.exp(-x);
    gradient[1] = 2 * y;
    return Math.exp(-x) + y * y + 5;
  };
  const end = polish(slope, minimize(slope, Float64Array.of(0, 3)));
  expect(end.value).toBeCloseTo(5, 6);
  expect(end.point.every(Number.isFinite)).toBe(true);
});

test("values that are not finite count as too far", () => {
  const walled: Objective = ([x], gradient) => {
    gradient[0] = 2 * (x - 2);
    return x > 1.5 ? Number.POSITIVE_INFINITY : (x - 2) ** 2;
  };
  const { point } = minimize(walled, Float64Array.of(-3));
  expect(point[0]).toBeGreaterThan(1.4);
  expect(point[0]).toBeLessThanOrEqual(1.5);
});

test("a saddle has no inverse Hessian", () => {
  const saddle: Objective = ([x, y], gradient) => {
    gradient[0] = 2 * x;
    gradient[1] = -2 * y;
    return x * x - y * y;
  };
  const start = { point: Float64Array.of(0, 0), value: 0, gradient: Float64Array.of(0, 0), gradientNorm: 0 };
  expect(polish(saddle, start).inverseHessian).toBe(null);
});
