import { requireKnownOptions } from "../errors.js";
import { columnOf, type Matrix } from "../matrix/index.js";
import {
  asFloats,
  checkedWeights,
  fitLogit,
  logistic,
  normalQuantile,
  requireBothClasses,
  requireFinite,
  requireRows,
  separatesClasses,
  sum,
  weightedMean,
} from "../numeric/index.js";
import { withCard } from "../table/index.js";
import { isRecord } from "../text/index.js";
import { type DenseMatrix, quoted, requireFeatures } from "./boosting/dense-matrix.js";
import type { Classifier } from "./classifier.js";

/** Effect of one column. */
export interface LogisticTerm {
  readonly feature: string;
  /** Change of the log-odds per unit of the column. */
  readonly coefficient: number;
  /** From the inverse Hessian of the penalized likelihood; NaN where it has none. */
  readonly standardError: number;
  /** The odds are multiplied by this per unit of the column. */
  readonly oddsRatio: number;
  /** 95 % limits of the odds ratio, on the normal approximation. */
  readonly oddsRatioLower: number;
  readonly oddsRatioUpper: number;
  /** Change of the log-odds per standard deviation of the column: terms compare by it. */
  readonly standardizedCoefficient: number;
}

/** All that is needed to rebuild a fitted model. */
export interface LogisticRegressionData {
  readonly kind: "logistic";
  readonly version: 1;
  readonly featureNames: readonly string[];
  readonly intercept: number;
  readonly interceptStandardError: number;
  readonly terms: readonly LogisticTerm[];
  readonly C: number | "Infinity";
  readonly standardize: boolean;
  readonly nRows: number;
  readonly nIterations: number;
  readonly converged: boolean;
  /** Columns that separate the classes on their own; only the penalty bounds their coefficients. */
  readonly separatingFeatures: readonly string[];
  /** True if the fitted scores put every positive above every negative. */
  readonly separated: boolean;
}

/** A fitted logistic regression. */
export interface LogisticRegression extends LogisticRegressionData, Classifier {
  readonly kind: "logistic";
  readonly featureNames: readonly string[];
  /**
   * Returns P(y = 1) per row, shape (X.nRows,).
   *
   * @throws {RangeError} If the columns are not the model's, or a cell is missing or infinite.
   */
  predictProba(X: DenseMatrix): Float64Array;
  toJSON(): LogisticRegressionData;
}

/** Options of a logistic regression. */
export interface LogisticRegressionOptions {
  /** Names of the columns; defaults to those of the matrix, or x0, x1, … */
  featureNames?: readonly string[] | undefined;
  /** Weight of the data against the penalty, half the sum of squared coefficients; Infinity means no penalty. Defaults to 1. */
  C?: number;
  /** True to penalize coefficients per standard deviation of a column, false per unit; defaults to true. */
  standardize?: boolean;
  /** Weight per row, shape (n,); a weight of 2 counts the row twice. Defaults to 1 each. */
  sampleWeight?: ArrayLike<number> | undefined;
}

/**
 * Fits a logistic regression by penalized maximum likelihood: it minimizes C × Σ weight × log loss + |coefficients|² /
 * 2 by Newton's method. The intercept is not penalized.
 *
 * @param X Shape (n × d), without missing values and constant columns.
 * @param y 0 or 1 per row, shape (n,).
 * @throws {RangeError} If the lengths differ, a value is not finite, one class is absent, a column is constant or
 * follows from others (without a penalty), or the classes are separated and there is no penalty.
 *
 * @example
 * const model = fitLogisticRegression(matrixFromColumns({ recency_days: [3, 40, 25, 9] }), [0, 1, 0, 1], { C: 10 });
 * model.terms[0].oddsRatio;
 */
export function fitLogisticRegression(
  X: Matrix,
  y: ArrayLike<number>,
  options: LogisticRegressionOptions = {},
): LogisticRegression {
  const caller = "fitLogisticRegression";
  const known = { featureNames: true, C: true, standardize: true, sampleWeight: true } as const;
  requireKnownOptions(`compute ${caller}`, options, known);
  const { featureNames, C = 1, standardize = true, sampleWeight } = options;
  const names = namesFor(X, featureNames);
  if (!(C > 0)) throw new RangeError(`Cannot compute ${caller}: C is ${C}; expected a number greater than 0`);
  if (y.length !== X.nRows) {
    throw new RangeError(
      `Cannot compute ${caller}: lengths differ, X has ${X.nRows} rows and y has ${y.length}; pass one label per row`,
    );
  }
  requireRows(caller, { y });
  requireBothClasses(caller, { y });
  const weights = checkedWeights(caller, sampleWeight, X.nRows);
  const columns = names.map((_, j) => columnOf(X, j));
  columns.forEach((column, j) => {
    requireFinite(caller, { [`column "${names[j]}"`]: column });
  });
  const constant = names.filter((_, j) => columns[j].every((value) => value === columns[j][0]));
  if (constant.length) {
    throw new RangeError(`Cannot compute ${caller}: constant columns ${quoted(constant)}; remove them`);
  }
  const labels = asFloats(y);
  // A row of weight 0 is no row: it neither brings a class nor stands between two.
  const counted = weights ? Array.from(weights.keys()).filter((i) => weights[i] > 0) : null;
  const ofCounted = (values: Float64Array) => (counted ? Float64Array.from(counted, (i) => values[i]) : values);
  const countedLabels = ofCounted(labels);
  requireBothClasses(caller, { "y where sampleWeight is above 0": countedLabels });
  const separates = (values: Float64Array) =>
    values.some((value) => value !== values[0]) && separatesClasses(countedLabels, values);
  const separatingFeatures = names.filter((_, j) => separates(ofCounted(columns[j])));
  const scalings = columns.map((column) => scalingOf(column, weights));
  const scaled = columns.map((column, j) => {
    const { center, scale } = scalings[j];
    return column.map((value) => (value - center) / scale);
  });
  // In units of the scaled columns the penalty of an unscaled coefficient is smaller by the square of the scale.
  const penalties = scalings.map(({ scale }) => (standardize ? 1 : scale ** -2) / C);
  const ones = new Float64Array(X.nRows).fill(1);
  const fit = fitLogit({ columns: [...scaled, ones], targets: labels, weights, penalties: [...penalties, 0] });
  const score = ones.map((_, i) => scaled.reduce((total, column, j) => total + fit.coefficients[j] * column[i], 0));
  const separated = separates(ofCounted(score));
  const grows = ones.map((_, i) => scaled.reduce((t, column, j) => t + fit.lastStep[j] * column[i], 0));
  const endless = divides(countedLabels, ofCounted(grows.map((value) => value + fit.lastStep[names.length])));
  if (C === Number.POSITIVE_INFINITY && (separated || separatingFeatures.length || endless)) {
    const by = separatingFeatures.length ? quoted(separatingFeatures) : "the columns together";
    throw new RangeError(`Cannot compute ${caller}: the classes are separated by ${by}; use a finite C`);
  }
  if (!fit.covariance || !fit.converged) {
    throw new RangeError(
      `Cannot compute ${caller}: no unique maximum was found after ${fit.nIterations} iterations; remove collinear columns or use a smaller C`,
    );
  }
  const { covariance } = fit;
  const terms = names.map((feature, j) => {
    const standardizedCoefficient = fit.coefficients[j];
    return termOf(feature, standardizedCoefficient, Math.sqrt(covariance[j][j]), scalings[j].scale);
  });
  // intercept = b0 - Σ b_j center_j / scale_j, so its variance is that of a sum
  const toIntercept = [...scalings.map(({ center, scale }) => -center / scale), 1];
  const intercept = sum(fit.coefficients.map((b, j) => b * toIntercept[j]));
  const interceptVariance = sum(
    covariance.flatMap((row, j) => row.map((value, l) => toIntercept[j] * value * toIntercept[l])),
  );
  return fromData({
    kind: "logistic",
    version: 1,
    featureNames: names,
    intercept,
    interceptStandardError: Math.sqrt(interceptVariance),
    terms,
    C: C === Number.POSITIVE_INFINITY ? "Infinity" : C,
    standardize,
    nRows: X.nRows,
    nIterations: fit.nIterations,
    converged: fit.converged,
    separatingFeatures,
    separated,
  });
}

/**
 * Reads a model from its parsed JSON.
 *
 * @throws {SyntaxError} If the value is no logistic regression, or an incomplete one.
 *
 * @example
 * const X = { nRows: 4, nCols: 1, data: Float64Array.of(3, 40, 25, 9), columnNames: ["recency_days"] };
 * const model = fitLogisticRegression(X, [0, 1, 0, 1]);
 * logisticRegressionFromJSON(JSON.parse(JSON.stringify(model))).predictProba(X)[0] === model.predictProba(X)[0]; // true
 */
export function logisticRegressionFromJSON(value: unknown): LogisticRegression {
  const data = (isRecord(value) ? value : {}) as Partial<LogisticRegressionData>;
  if (data.kind !== "logistic" || data.version !== 1) {
    throw new SyntaxError(
      `Cannot read a logistic regression: kind is ${JSON.stringify(data.kind)} and version ${JSON.stringify(data.version)}; expected kind "logistic" and version 1`,
    );
  }
  const { featureNames, terms, intercept } = data;
  const complete =
    Array.isArray(featureNames) &&
    Array.isArray(terms) &&
    terms.length === featureNames.length &&
    terms.every((term, j) => term?.feature === featureNames[j] && Number.isFinite(term.coefficient)) &&
    Number.isFinite(intercept);
  if (!complete) {
    throw new SyntaxError(
      "Cannot read a logistic regression: its intercept or a coefficient is missing; export the model again",
    );
  }
  return fromData(data as LogisticRegressionData);
}

/**
 * Returns true if a step of the log-odds raises no negative and lowers no positive, but for rounding: the likelihood
 * then grows along it without end, even where rows that it does not move are of both classes (Albert & Anderson 1984,
 * quasi-complete separation). Steps to a maximum become small; those along such a direction stay near 1.
 */
function divides(labels: Float64Array, step: Float64Array): boolean {
  const largest = step.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  return largest > 0.1 && step.every((value, i) => (labels[i] === 1 ? value : -value) >= -1e-4 * largest);
}

function fromData(data: LogisticRegressionData): LogisticRegression {
  const coefficients = data.terms.map(({ coefficient }) => coefficient);
  const model: LogisticRegression = {
    ...data,
    predictProba(X) {
      requireFeatures("compute predictProba", data.featureNames, X);
      requireFinite("predictProba", { X: X.data });
      const probabilities = new Float64Array(X.nRows);
      for (let i = 0; i < X.nRows; ++i) {
        let logOdds = data.intercept;
        for (let j = 0; j < X.nCols; ++j) logOdds += coefficients[j] * X.data[i * X.nCols + j];
        probabilities[i] = logistic(logOdds);
      }
      return probabilities;
    },
    toJSON: () => data,
  };
  const strongest = data.terms.toSorted((a, b) => size(b) - size(a)).slice(0, MAX_TERMS);
  return withCard(model, {
    title: `Logistic regression of ${data.terms.length} features, fitted to ${data.nRows} rows`,
    facts: {
      intercept: data.intercept,
      ...Object.fromEntries(strongest.map(({ feature, coefficient }) => [feature, coefficient])),
      "further features": data.terms.length > MAX_TERMS ? data.terms.length - MAX_TERMS : undefined,
      C: data.C,
      converged: data.converged,
    },
  });
}

/** Coefficients on a card: the largest per standard deviation. */
const MAX_TERMS = 8;

function size({ standardizedCoefficient }: LogisticTerm): number {
  return Math.abs(standardizedCoefficient);
}

function termOf(feature: string, standardizedCoefficient: number, error: number, scale: number): LogisticTerm {
  const coefficient = standardizedCoefficient / scale;
  const standardError = error / scale;
  const margin = normalQuantile(0.975) * standardError;
  return {
    feature,
    coefficient,
    standardError,
    oddsRatio: Math.exp(coefficient),
    oddsRatioLower: Math.exp(coefficient - margin),
    oddsRatioUpper: Math.exp(coefficient + margin),
    standardizedCoefficient,
  };
}

function scalingOf(column: Float64Array, weights: Float64Array | undefined): { center: number; scale: number } {
  const w = weights ?? new Float64Array(column.length).fill(1);
  const center = weightedMean(column, w);
  const scale = Math.sqrt(
    weightedMean(
      column.map((value) => (value - center) ** 2),
      w,
    ),
  );
  // A column may vary only in rows of weight 0: it says nothing, and 1 keeps it so.
  return { center, scale: scale > 0 ? scale : 1 };
}

function namesFor(X: Matrix, featureNames: readonly string[] | undefined): readonly string[] {
  const names = featureNames ?? X.columnNames ?? Array.from({ length: X.nCols }, (_, j) => `x${j}`);
  if (names.length !== X.nCols) {
    throw new RangeError(
      `Cannot compute fitLogisticRegression: there are ${names.length} feature names for ${X.nCols} columns; expected one per column`,
    );
  }
  return [...names];
}
