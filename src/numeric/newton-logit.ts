import { CholeskyDecomposition, Matrix as MlMatrix } from "ml-matrix";
import { requireKnownOptions } from "../errors.js";
import { logistic } from "./stats.js";

/** A log-odds model: log(p / (1 - p)) = offset + Σ coefficient × column. */
export interface LogitProblem {
  /** Each of shape (n,); a column of ones is an intercept. */
  readonly columns: readonly Float64Array[];
  /** Shape (n,), each in [0, 1]: a class, or a probability to be met. */
  readonly targets: Float64Array;
  /** Shape (n,); defaults to 1 each. */
  readonly weights?: Float64Array | undefined;
  /** A known part of the log-odds, shape (n,); defaults to 0 each. */
  readonly offsets?: Float64Array | undefined;
  /** Half of this times the coefficient's square is added to the loss; one per column, defaults to 0 each. */
  readonly penalties?: readonly number[] | undefined;
}

/** The coefficients that maximize the (penalized) likelihood. */
export interface LogitFit {
  readonly coefficients: readonly number[];
  /** Inverse of the Hessian at the solution, one array per row; null where it cannot be inverted. */
  readonly covariance: readonly (readonly number[])[] | null;
  /** The negative log-likelihood plus the penalty. */
  readonly loss: number;
  readonly nIterations: number;
  /** The last step of the coefficients. Where the likelihood has no finite maximum, it points to where it grows. */
  readonly lastStep: readonly number[];
  /** False if the gradient did not vanish: the likelihood then has no finite maximum, or nearly none. */
  readonly converged: boolean;
}

/**
 * Maximizes the likelihood of a log-odds model by Newton's method (iteratively reweighted least squares), halving
 * steps that do not descend.
 *
 * @param options.start The first coefficients; defaults to 0 each.
 * @param options.tolerance The largest gradient, per unit of weight, at which to stop; defaults to 1e-12.
 */
export function fitLogit(
  problem: LogitProblem,
  options: { start?: readonly number[]; maxIterations?: number; tolerance?: number } = {},
): LogitFit {
  requireKnownOptions("fit a logit model", options, { start: true, maxIterations: true, tolerance: true });
  const { start, maxIterations = 100, tolerance = 1e-12 } = options;
  const k = problem.columns.length;
  const totalWeight = problem.weights?.reduce((a, b) => a + b, 0) ?? problem.targets.length;
  let coefficients = start?.slice() ?? new Array<number>(k).fill(0);
  let loss = lossOf(problem, coefficients);
  let { gradient, hessian } = derivativesOf(problem, coefficients);
  let nIterations = 0;
  let converged = steepest(gradient) <= tolerance * totalWeight;
  let lastStep = coefficients.map(() => 0);
  while (!converged && nIterations < maxIterations) {
    const step = solve(hessian, gradient);
    if (!step) break;
    ++nIterations;
    // What is left of the step decides below what the loss can resolve.
    const decrement = gradient.reduce((sum, g, j) => sum + g * step[j], 0);
    let next: number[] = [];
    let nextLoss = Number.POSITIVE_INFINITY;
    let share = 1;
    for (; share > 1e-10; share /= 2) {
      next = coefficients.map((b, j) => b - share * step[j]);
      nextLoss = lossOf(problem, next);
      if (nextLoss <= loss + 1e-12 * Math.abs(loss)) break;
    }
    if (!(share > 1e-10)) break;
    lastStep = next.map((b, j) => b - coefficients[j]);
    coefficients = next;
    loss = nextLoss;
    ({ gradient, hessian } = derivativesOf(problem, coefficients));
    converged = steepest(gradient) <= tolerance * totalWeight || decrement <= 1e-20 * totalWeight;
  }
  return { coefficients, covariance: inverse(hessian), loss, nIterations, lastStep, converged };
}

/**
 * Returns true if some threshold on the values separates the classes; values equal to it count for either side. The
 * likelihood of a log-odds model in such a column grows without end.
 */
export function separatesClasses(labels: ArrayLike<number>, values: ArrayLike<number>): boolean {
  const least = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  const most = [Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let i = 0; i < labels.length; ++i) {
    least[labels[i]] = Math.min(least[labels[i]], values[i]);
    most[labels[i]] = Math.max(most[labels[i]], values[i]);
  }
  return most[0] <= least[1] || most[1] <= least[0];
}

function logOdds({ columns, offsets }: LogitProblem, coefficients: readonly number[], n: number): Float64Array {
  const eta = offsets ? offsets.slice() : new Float64Array(n);
  columns.forEach((column, j) => {
    const b = coefficients[j];
    for (let i = 0; i < n; ++i) eta[i] += b * column[i];
  });
  return eta;
}

function lossOf(problem: LogitProblem, coefficients: readonly number[]): number {
  const { targets, weights, penalties } = problem;
  const eta = logOdds(problem, coefficients, targets.length);
  let loss = 0;
  for (let i = 0; i < targets.length; ++i) {
    // log(1 + exp(eta)) - target * eta, without overflow
    const each = Math.max(eta[i], 0) + Math.log1p(Math.exp(-Math.abs(eta[i]))) - targets[i] * eta[i];
    loss += weights ? weights[i] * each : each;
  }
  return coefficients.reduce((total, b, j) => total + ((penalties?.[j] ?? 0) * b * b) / 2, loss);
}

function derivativesOf(problem: LogitProblem, coefficients: readonly number[]) {
  const { columns, targets, weights, penalties } = problem;
  const n = targets.length;
  const eta = logOdds(problem, coefficients, n);
  const slopes = new Float64Array(n);
  const curvatures = new Float64Array(n);
  for (let i = 0; i < n; ++i) {
    const p = logistic(eta[i]);
    const w = weights ? weights[i] : 1;
    slopes[i] = w * (p - targets[i]);
    curvatures[i] = w * p * logistic(-eta[i]);
  }
  const gradient = columns.map((column, j) => dot(column, slopes) + (penalties?.[j] ?? 0) * coefficients[j]);
  const hessian = columns.map(() => new Array<number>(columns.length).fill(0));
  const weighted = new Float64Array(n);
  columns.forEach((column, j) => {
    for (let i = 0; i < n; ++i) weighted[i] = column[i] * curvatures[i];
    for (let l = 0; l <= j; ++l) hessian[j][l] = hessian[l][j] = dot(columns[l], weighted);
    hessian[j][j] += penalties?.[j] ?? 0;
  });
  return { gradient, hessian };
}

function dot(a: Float64Array, b: Float64Array): number {
  let total = 0;
  for (let i = 0; i < a.length; ++i) total += a[i] * b[i];
  return total;
}

function steepest(gradient: readonly number[]): number {
  return gradient.reduce((most, g) => Math.max(most, Math.abs(g)), 0);
}

/** Returns the Cholesky factor; null if the matrix is not positive definite in double precision. */
function factor(matrix: readonly (readonly number[])[]): CholeskyDecomposition | null {
  const largest = Math.max(...matrix.map((row, j) => row[j]));
  if (!Number.isFinite(largest)) return null;
  const cholesky = new CholeskyDecomposition(new MlMatrix(matrix as number[][]));
  if (!cholesky.isPositiveDefinite()) return null;
  const pivots = cholesky.lowerTriangularMatrix.diagonal();
  return pivots.every((pivot, j) => pivot * pivot > 1e-13 * matrix[j][j]) ? cholesky : null;
}

function solve(matrix: readonly (readonly number[])[], right: readonly number[]): number[] | null {
  return (
    factor(matrix)
      ?.solve(MlMatrix.columnVector(right as number[]))
      .to1DArray() ?? null
  );
}

function inverse(matrix: readonly (readonly number[])[]): number[][] | null {
  return factor(matrix)?.solve(MlMatrix.eye(matrix.length)).to2DArray() ?? null;
}
