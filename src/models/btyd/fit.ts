import type { Matrix } from "ml-matrix";
import { minimize, type Objective, polish } from "../../optimize.js";

/** How a maximum-likelihood fit ended. */
export interface FitSummary {
  readonly logLikelihood: number;
  /** Customers behind the fit. */
  readonly customers: number;
  /** True if the slopes of the log-likelihood vanished. */
  readonly converged: boolean;
  /** Largest absolute slope of the log-likelihood on the logarithms of the parameters. */
  readonly gradientNorm: number;
  /** What the data cannot tell, in words, where the best parameters lie at the edge of their range; null inside it. */
  readonly boundary: string | null;
  /** How often the log-likelihood was evaluated, all starts together. */
  readonly evaluations: number;
}

/** A maximum of a log-likelihood, on the logarithms of its parameters. */
export interface MaximumLikelihood {
  readonly point: Float64Array;
  readonly logLikelihood: number;
  /** Of the point; null where the likelihood is not curved in every direction. */
  readonly covariance: Matrix | null;
  readonly converged: boolean;
  readonly gradientNorm: number;
  readonly evaluations: number;
}

/** exp(25) and its inverse stand for infinity and zero, beyond which no parameter is tried. */
const FARTHEST = 25;

/**
 * Maximizes a log-likelihood over log-parameters from several starts and keeps the best end.
 *
 * @param total Returns the log-likelihood of all rows and writes its slopes.
 * @param size Number of customers, which scales the criterion of convergence.
 */
export function maximizeLikelihood(total: Objective, starts: readonly Float64Array[], size: number): MaximumLikelihood {
  const loss: Objective = (point, gradient) => {
    if (point.some((p) => Math.abs(p) > FARTHEST)) return Number.POSITIVE_INFINITY;
    const value = total(point, gradient);
    for (let i = 0; i < gradient.length; ++i) gradient[i] /= -size;
    return -value / size;
  };
  // Roughly from everywhere, to the end from the best.
  const ends = starts.map((start) => minimize(loss, start, { tolerance: 1e-3 }));
  let best = polish(
    loss,
    ends.reduce((a, b) => (b.value < a.value ? b : a)),
  );
  let evaluations = best.evaluations + ends.reduce((sum, end) => sum + end.evaluations, 0);
  if (best.gradientNorm > 1e-8) {
    best = polish(loss, minimize(loss, best.point, { tolerance: 1e-8 }));
    evaluations += best.evaluations;
  }
  return {
    point: best.point,
    logLikelihood: -best.value * size,
    covariance: best.inverseHessian?.mul(1 / size) ?? null,
    converged: best.gradientNorm < 1e-6,
    gradientNorm: best.gradientNorm * size,
    evaluations,
  };
}

/** Parameters by name, from their logarithms. */
export function parametersAt<Name extends string>(names: readonly Name[], point: Float64Array): Record<Name, number> {
  return Object.fromEntries(names.map((name, i) => [name, Math.exp(point[i])])) as Record<Name, number>;
}

/** Standard errors on the natural scale: at a maximum, those of the logarithms times the parameters. */
export function standardErrorsAt<Name extends string>(
  names: readonly Name[],
  { point, covariance }: MaximumLikelihood,
): Record<Name, number> | null {
  if (!covariance) return null;
  const errors = names.map((name, i) => [name, Math.exp(point[i]) * Math.sqrt(covariance.get(i, i))]);
  return Object.fromEntries(errors) as Record<Name, number>;
}

/** Above this a shape parameter stands for infinity: what it spreads is the same for all. */
const ALIKE = 1e4;
/** A log-likelihood that gains less than this has learned nothing. */
const NO_GAIN = 0.01;

/** The verdict on purchase models: what their likelihood against the NBD and their shapes say of the boundary. */
export function purchaseBoundary(
  logLikelihood: number,
  nbdLogLikelihood: number,
  { r, dropout }: { r: number; dropout: { shape: number; words: string } },
): string | null {
  if (logLikelihood - nbdLogLikelihood < NO_GAIN) {
    return "no evidence of dropout: the likelihood is no higher than that of the NBD, whose customers never leave, so everyone counts as alive";
  }
  if (r > ALIKE) return "no evidence that purchase rates differ between customers: r and alpha grow together";
  if (dropout.shape > ALIKE) return dropout.words;
  return null;
}
