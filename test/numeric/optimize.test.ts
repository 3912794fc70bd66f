import { expect, test } from "vitest";
import { minimize, type Objective, polish } from "../../src/numeric/optimize.js";

/** Rosenbrock's valley, whose minimum is at (1, 1). */
const valley: Objective = ([x, y], gradient) => {
  gradient[0] = -2 * (1 - x) - 400 * x * (y - x * x);
  gradient[1] = 200 * (y - x * x);
  return (1 - x) ** 2 + 100 * (y - x * x) ** 2;
};

test("minimize finds the minimum of a curved valley, and polish refines it", () => {
  const rough = minimize(valley, Float64Array.of(-1.2, 1), { tolerance: 1e-3 });
  expect(rough.point[0]).toBeCloseTo(1, 2);
  const { point, gradientNorm, inverseHessian } = polish(valley, rough);
  expect(Math.abs(point[0] - 1) + Math.abs(point[1] - 1)).toBeLessThan(1e-9);
  expect(gradientNorm).toBeLessThan(1e-7);
  // The Hessian at (1, 1) is 802, -400; -400, 200.
  expect(inverseHessian!.get(0, 0)).toBeCloseTo(0.5, 4);
  expect(inverseHessian!.get(1, 1)).toBeCloseTo(2.005, 3);
});

test("minimize does not change its start, and stays at a minimum", () => {
  const start = Float64Array.of(1, 1);
  expect(Array.from(minimize(valley, start).point)).toEqual([1, 1]);
  expect(Array.from(start)).toEqual([1, 1]);
});

test("a function without a minimum ends at a finite point without an inverse Hessian", () => {
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

test("minimize avoids points with infinite values or gradients", () => {
  const pit: Objective = ([x], gradient) => {
    gradient[0] = 2 * (x - 2);
    return x > 1.5 ? Number.NEGATIVE_INFINITY : (x - 2) ** 2;
  };
  const fog: Objective = ([x], gradient) => {
    gradient[0] = x > 1.5 ? Number.NaN : 2 * (x - 2);
    return (x - 2) ** 2;
  };
  for (const objective of [pit, fog]) {
    const { point, value, gradient } = minimize(objective, Float64Array.of(-3));
    expect(point[0]).toBeGreaterThan(1.4);
    expect(point[0]).toBeLessThanOrEqual(1.5);
    expect(Number.isFinite(value) && Number.isFinite(gradient[0])).toBe(true);
  }
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

/** Counts how often an objective is evaluated, and where. */
function watched(objective: Objective) {
  const points: Float64Array[] = [];
  const counted: Objective = (point, gradient) => {
    points.push(Float64Array.from(point));
    return objective(point, gradient);
  };
  return { points, counted };
}

/** A bowl whose axes are not those of the coordinates: its Hessian is 10, 8, 2; 8, 20, 4; 2, 4, 5. */
const HESSIAN = [
  [10, 8, 2],
  [8, 20, 4],
  [2, 4, 5],
];
const bowl: Objective = (point, gradient) => {
  const centered = point.map((p, i) => p - [1, -2, 0.5][i]);
  let value = 0;
  for (let i = 0; i < 3; ++i) {
    gradient[i] = HESSIAN[i].reduce((sum, h, j) => sum + h * centered[j], 0);
    value += 0.5 * centered[i] * gradient[i];
  }
  return value;
};

test("BFGS needs few evaluations for a quadratic and not many more for a curved valley", () => {
  const inBowl = watched(bowl);
  const { point, gradientNorm } = minimize(inBowl.counted, new Float64Array(3), { tolerance: 1e-9 });
  expect(gradientNorm).toBeLessThan(1e-9);
  expect(Math.max(...[1, -2, 0.5].map((wanted, i) => Math.abs(point[i] - wanted)))).toBeLessThan(1e-9);
  expect(inBowl.points.length).toBeLessThan(20);
  const inValley = watched(valley);
  const end = minimize(inValley.counted, Float64Array.of(-1.2, 1), { tolerance: 1e-8 });
  expect(Math.abs(end.point[0] - 1)).toBeLessThan(1e-7);
  expect(inValley.points.length).toBeLessThan(60);
});

test("with the inverse Hessian given, a quadratic takes one step", () => {
  const { inverseHessian } = polish(bowl, minimize(bowl, new Float64Array(3)));
  const { points, counted } = watched(bowl);
  const { gradientNorm } = minimize(counted, new Float64Array(3), { inverseHessian: inverseHessian! });
  expect(gradientNorm).toBeLessThan(1e-7);
  expect(points).toHaveLength(2);
  const product = HESSIAN.map((row) => row.reduce((sum, h, k) => sum + h * inverseHessian!.get(k, 0), 0));
  for (const [i, wanted] of [1, 0, 0].entries()) expect(product[i]).toBeCloseTo(wanted, 8);
});

test("no coordinate moves by more than the longest step allowed, and iterations end", () => {
  const far: Objective = ([x], gradient) => {
    gradient[0] = 2 * (x - 1000);
    return (x - 1000) ** 2;
  };
  const moves = (points: readonly Float64Array[]) => points.slice(1).map((p, i) => Math.abs(p[0] - points[i][0]));
  const short = watched(far);
  const end = minimize(short.counted, Float64Array.of(0), { maxStep: 2, maxIterations: 20 });
  expect(Math.max(...moves(short.points))).toBeLessThanOrEqual(4);
  expect(end.point[0]).toBeLessThan(100);
  expect(end.gradient[0]).toBe(2 * (end.point[0] - 1000));
  expect(end.value).toBe((end.point[0] - 1000) ** 2);
  expect(minimize(far, Float64Array.of(0), { maxIterations: 3 }).point[0]).toBeLessThan(30);
  expect(minimize(far, Float64Array.of(0), { maxIterations: 0 }).point[0]).toBe(0);
  // 200 iterations of at most 3, the first of them of 0.5.
  expect(minimize(far, Float64Array.of(0)).point[0]).toBeGreaterThan(500);
  expect(minimize(far, Float64Array.of(0)).point[0]).toBeLessThan(606);
});

test("the gradient norm at the end is below the tolerance", () => {
  for (const tolerance of [1, 1e-3]) {
    const { gradientNorm, gradient } = minimize(valley, Float64Array.of(-1.2, 1), { tolerance });
    expect(gradientNorm).toBeLessThanOrEqual(tolerance);
    expect(gradientNorm).toBeGreaterThan(1e-7);
    expect(gradientNorm).toBe(Math.max(...gradient.map(Math.abs)));
  }
});

test("a flat direction has no inverse Hessian", () => {
  const gutter: Objective = ([x, y], gradient) => {
    gradient[0] = gradient[1] = 2 * (x + y - 1);
    return (x + y - 1) ** 2;
  };
  const end = minimize(gutter, Float64Array.of(3, 1));
  expect(end.value).toBeLessThan(1e-12);
  expect(polish(gutter, end).inverseHessian).toBe(null);
  // Nor has one whose bottom hardly bends.
  const bent: Objective = ([x, y], gradient) => {
    gradient[0] = 2 * (x + y - 1) + 1e-11 * (x - y);
    gradient[1] = 2 * (x + y - 1) - 1e-11 * (x - y);
    return (x + y - 1) ** 2 + 0.5e-11 * (x - y) ** 2;
  };
  expect(polish(bent, minimize(bent, Float64Array.of(3, 1))).inverseHessian).toBe(null);
});

test("polish takes only short steps, at most maxRounds, and never to a larger gradient", () => {
  const at = (objective: Objective, ...start: number[]) => {
    const point = Float64Array.from(start);
    const gradient = new Float64Array(start.length);
    const value = objective(point, gradient);
    return { point, value, gradient, gradientNorm: Math.max(...gradient.map(Math.abs)) };
  };
  // A Newton step from here would be of length 3, which is no polishing.
  expect(polish(bowl, at(bowl, 1, 1, 0.5)).point).toEqual(Float64Array.of(1, 1, 0.5));
  const near = polish(bowl, at(bowl, 1.3, -2, 0.5));
  expect(near.gradientNorm).toBeLessThan(1e-7);
  expect(polish(bowl, at(bowl, 1.3, -2, 0.5), { maxRounds: 0 }).point[0]).toBe(1.3);
  // A Newton step from x leads to -1.5 x, where it is steeper.
  const steep: Objective = ([x], gradient) => {
    gradient[0] = Math.sign(x) * Math.abs(x) ** 0.4;
    return Math.abs(x) ** 1.4 / 1.4;
  };
  expect(polish(steep, at(steep, 0.1)).point[0]).toBe(0.1);
});
