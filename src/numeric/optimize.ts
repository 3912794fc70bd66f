import { CholeskyDecomposition, Matrix } from "ml-matrix";
import { requireKnownOptions } from "../errors.js";

/** A smooth function to minimize: returns its value at `point` and writes its gradient into `gradient`. */
export type Objective = (point: Float64Array, gradient: Float64Array) => number;

/** Result of a minimization. */
export interface Minimum {
  readonly point: Float64Array;
  readonly value: number;
  readonly gradient: Float64Array;
  /** Largest absolute slope. */
  readonly gradientNorm: number;
}

/** A minimum with its curvature. */
export interface PolishedMinimum extends Minimum {
  /** Inverse of the Hessian, or null if the Hessian is not positive definite. */
  readonly inverseHessian: Matrix | null;
}

/**
 * Minimizes by BFGS with a line search that meets the weak Wolfe conditions (Nocedal & Wright 2006, algorithm 6.1;
 * bracketing by doubling and interpolation). Made for parameters on the log scale: no coordinate moves by more than
 * `maxStep` at once, and a value that is not finite counts as too far.
 */
export function minimize(objective: Objective, start: Float64Array, options: MinimizeOptions = {}): Minimum {
  const known = { tolerance: true, maxIterations: true, maxStep: true, inverseHessian: true } as const;
  requireKnownOptions("minimize", options, known);
  const { tolerance = 1e-7, maxIterations = 200, maxStep = 3, inverseHessian } = options;
  const n = start.length;
  let point: Float64Array = Float64Array.from(start);
  let gradient: Float64Array = new Float64Array(n);
  let value = objective(point, gradient);
  let inverse = inverseHessian?.clone() ?? Matrix.eye(n);
  let fresh = inverseHessian === undefined;
  let idle = 0;
  // On a slope that levels out for ever, or against a wall, the value stops falling long before the slopes vanish.
  for (let iteration = 0; iteration < maxIterations && norm(gradient) > tolerance && idle < 5; ++iteration) {
    let direction = multiply(inverse, gradient, -1);
    let slope = dot(direction, gradient);
    if (!(slope < 0)) {
      inverse = Matrix.eye(n);
      fresh = true;
      direction = gradient.map((g) => -g);
      slope = dot(direction, gradient);
    }
    const longest = norm(direction);
    const limit = fresh ? 0.5 : maxStep;
    if (longest > limit) {
      direction = direction.map((d) => (d * limit) / longest);
      slope *= limit / longest;
    }
    let low = 0;
    let high = Number.POSITIVE_INFINITY;
    let step = 1;
    let next: Omit<Minimum, "gradientNorm"> | null = null;
    for (let round = 0; round < 40; ++round) {
      const tried = { point: point.map((p, i) => p + step * direction[i]), value: 0, gradient: new Float64Array(n) };
      tried.value = objective(tried.point, tried.gradient);
      const usable = Number.isFinite(tried.value) && tried.gradient.every(Number.isFinite);
      // At the limit of precision a value that does not rise is as good as one that falls.
      const falls = tried.value <= value + 1e-4 * step * slope || tried.value <= value - 1e-15 * Math.abs(value);
      if (!usable || !falls) {
        high = step;
        const bend = tried.value - value - slope * step;
        const guess = usable && low === 0 ? (-slope * step * step) / (2 * bend) : (low + high) / 2;
        step = Math.min(Math.max(guess, low + 0.1 * (high - low)), low + 0.5 * (high - low));
      } else {
        next = tried;
        // Still steep: the far side of the step is looked for, unless it is long already.
        if (!(dot(direction, tried.gradient) < 0.9 * slope && step * norm(direction) < maxStep)) break;
        low = step;
        step = high < Number.POSITIVE_INFINITY ? (low + high) / 2 : 2 * step;
      }
    }
    if (!next) {
      if (fresh) break;
      inverse = Matrix.eye(n);
      fresh = true;
      continue;
    }
    idle = value - next.value > 1e-13 * Math.abs(value) ? 0 : idle + 1;
    const s = next.point.map((p, i) => p - point[i]);
    const y = next.gradient.map((g, i) => g - gradient[i]);
    const sy = dot(s, y);
    if (sy > 1e-300) {
      if (fresh) inverse = Matrix.eye(n).mul(sy / dot(y, y));
      updateInverse(inverse, s, y, sy);
      fresh = false;
    }
    ({ point, gradient, value } = next);
  }
  return { point, value, gradient, gradientNorm: norm(gradient) };
}

/** Options of {@link minimize}. */
export interface MinimizeOptions {
  /** Ends when no slope is larger; defaults to 1e-7. */
  tolerance?: number;
  /** Defaults to 200. */
  maxIterations?: number;
  /** Longest move of any coordinate in one step; defaults to 3. */
  maxStep?: number;
  /** Inverse Hessian at the start, for example from a similar objective; defaults to the identity. */
  inverseHessian?: Matrix;
}

/**
 * Refines a minimum by Newton steps while they reduce the gradient, and adds the inverse Hessian.
 */
export function polish(objective: Objective, minimum: Minimum, options: { maxRounds?: number } = {}): PolishedMinimum {
  requireKnownOptions("polish a minimum", options, { maxRounds: true });
  const { maxRounds = 3 } = options;
  let best = minimum;
  for (let round = 0; ; ++round) {
    const inverseHessian = inverseOf(hessianOf(objective, best.point));
    if (!inverseHessian || round === maxRounds || best.gradientNorm < 1e-12) return { ...best, inverseHessian };
    const step = multiply(inverseHessian, best.gradient, -1);
    if (norm(step) > 1) return { ...best, inverseHessian };
    const point = best.point.map((p, i) => p + step[i]);
    const gradient = new Float64Array(point.length);
    const value = objective(point, gradient);
    const gradientNorm = norm(gradient);
    if (!(gradientNorm < best.gradientNorm)) return { ...best, inverseHessian };
    const settled = norm(step) < 1e-6;
    best = { point, value, gradient, gradientNorm };
    // The Hessian hardly changes over so short a step.
    if (settled) return { ...best, inverseHessian };
  }
}

/** Returns the Hessian by central differences of the gradient. */
function hessianOf(objective: Objective, point: Float64Array): Matrix {
  const n = point.length;
  const hessian = new Matrix(n, n);
  const above = new Float64Array(n);
  const below = new Float64Array(n);
  const step = 1e-4;
  for (let i = 0; i < n; ++i) {
    const moved = Float64Array.from(point);
    moved[i] = point[i] + step;
    objective(moved, above);
    moved[i] = point[i] - step;
    objective(moved, below);
    for (let j = 0; j < n; ++j) hessian.set(i, j, (above[j] - below[j]) / (2 * step));
  }
  return Matrix.add(hessian, hessian.transpose()).mul(0.5);
}

/** Returns the inverse, or null if the matrix is not positive definite beyond the precision of its entries. */
function inverseOf(hessian: Matrix): Matrix | null {
  const n = hessian.rows;
  const scale = hessian.diagonal().map((d) => 1 / Math.sqrt(d));
  if (!scale.every(Number.isFinite)) return null;
  const scaled = Matrix.from1DArray(
    n,
    n,
    hessian.to1DArray().map((h, k) => h * (scale[Math.floor(k / n)] * scale[k % n])),
  );
  const cholesky = new CholeskyDecomposition(scaled);
  const pivots = cholesky.lowerTriangularMatrix.diagonal();
  if (!pivots.every((pivot) => pivot > 1e-5)) return null;
  const inverse = cholesky.solve(Matrix.eye(n));
  return Matrix.from1DArray(
    n,
    n,
    inverse.to1DArray().map((h, k) => h * (scale[Math.floor(k / n)] * scale[k % n])),
  );
}

/** Applies the BFGS update to the inverse Hessian (Nocedal & Wright 2006, eq. 6.17). */
function updateInverse(inverse: Matrix, s: Float64Array, y: Float64Array, sy: number): void {
  const Hy = multiply(inverse, y, 1);
  const factor = (1 + dot(y, Hy) / sy) / sy;
  for (let i = 0; i < s.length; ++i) {
    for (let j = 0; j < s.length; ++j) {
      inverse.set(i, j, inverse.get(i, j) + factor * s[i] * s[j] - (Hy[i] * s[j] + s[i] * Hy[j]) / sy);
    }
  }
}

function multiply(matrix: Matrix, vector: Float64Array, factor: number): Float64Array {
  return vector.map((_, i) => factor * vector.reduce((sum, v, j) => sum + matrix.get(i, j) * v, 0));
}

function dot(a: Float64Array, b: Float64Array): number {
  return a.reduce((sum, value, i) => sum + value * b[i], 0);
}

function norm(vector: Float64Array): number {
  return vector.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
}
