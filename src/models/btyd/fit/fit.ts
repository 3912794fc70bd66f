import type { Matrix } from "ml-matrix";
import { minimize, type Objective, type PolishedMinimum, polish } from "../../../numeric/index.js";
import type { Boundary } from "./boundary.js";

/** Summary of a maximum-likelihood fit. */
export interface FitSummary {
  readonly logLikelihood: number;
  /** Customers behind the fit. */
  readonly customers: number;
  /** True if the slopes of the log-likelihood vanished. */
  readonly converged: boolean;
  /** Largest absolute slope of the log-likelihood on the logarithms of the parameters. */
  readonly gradientNorm: number;
  /** Verdict if the best parameters lie at the edge of their range; null inside it. */
  readonly boundary: Boundary | null;
}

/** A maximum of a log-likelihood, on the logarithms of its parameters. */
export interface MaximumLikelihood {
  readonly point: Float64Array;
  readonly logLikelihood: number;
  /** Of the point; null where the likelihood is not curved in every direction. */
  readonly covariance: Matrix | null;
  readonly converged: boolean;
  readonly gradientNorm: number;
}

/** exp(25) and its inverse stand for infinity and zero, beyond which no parameter is tried. */
const FARTHEST = 25;

/** A log-likelihood of some customers: returns its value and writes its slopes. */
export interface Likelihood {
  readonly total: Objective;
  /** Number of customers, which scales the criterion of convergence. */
  readonly customers: number;
}

/**
 * Maximizes a log-likelihood over log-parameters from several starts and keeps the best end.
 *
 * @param sample The same of a part of the customers. The starts are then tried on it, and only the best end goes on
 * to all customers, with the curvature found there.
 */
export function maximizeLikelihood(
  all: Likelihood,
  starts: readonly Float64Array[],
  sample: Likelihood | null = null,
): MaximumLikelihood {
  const loss = lossOf(all);
  const ahead = sample && bestEnd(lossOf(sample), starts);
  // A sample may lie on a boundary where all customers do not, and nothing leads back from there.
  const inside = ahead?.inverseHessian && ahead.point.every((p) => Math.abs(p) < 5);
  let best = inside
    ? polish(loss, minimize(loss, ahead.point, { tolerance: 1e-5, inverseHessian: ahead.inverseHessian! }))
    : bestEnd(loss, starts);
  // Where a start ran into flat land, another may still find a maximum.
  if (!best.inverseHessian) {
    const other = bestEnd(loss, starts, 1e-7);
    if (other.value < best.value) best = other;
  }
  if (best.gradientNorm > 1e-8) best = polish(loss, minimize(loss, best.point, { tolerance: 1e-8 }));
  return {
    point: best.point,
    logLikelihood: -best.value * all.customers,
    covariance: best.inverseHessian?.mul(1 / all.customers) ?? null,
    converged: best.gradientNorm < 1e-6,
    gradientNorm: best.gradientNorm * all.customers,
  };
}

/** Minus the log-likelihood of a customer on average; no number beyond the farthest parameters. */
function lossOf({ total, customers }: Likelihood): Objective {
  return (point, gradient) => {
    if (point.some((p) => Math.abs(p) > FARTHEST)) return Number.POSITIVE_INFINITY;
    const value = total(point, gradient);
    for (let i = 0; i < gradient.length; ++i) gradient[i] /= -customers;
    return -value / customers;
  };
}

/** Minimizes from every start to the tolerance, and refines the best end. */
function bestEnd(loss: Objective, starts: readonly Float64Array[], tolerance = 1e-3): PolishedMinimum {
  const ends = starts.map((start) => minimize(loss, start, { tolerance }));
  return polish(
    loss,
    ends.reduce((a, b) => (b.value < a.value ? b : a)),
  );
}

/** Returns the parameters by name, from their logarithms. */
export function parametersAt<Name extends string>(names: readonly Name[], point: Float64Array): Record<Name, number> {
  return Object.fromEntries(names.map((name, i) => [name, Math.exp(point[i])])) as Record<Name, number>;
}

/** Returns the standard errors on the natural scale: at a maximum, those of the logarithms times the parameters. */
export function standardErrorsAt<Name extends string>(
  names: readonly Name[],
  { point, covariance }: MaximumLikelihood,
): Record<Name, number> | null {
  if (!covariance) return null;
  const errors = names.map((name, i) => [name, Math.exp(point[i]) * Math.sqrt(covariance.get(i, i))]);
  return Object.fromEntries(errors) as Record<Name, number>;
}
