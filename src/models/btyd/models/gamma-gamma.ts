import { requireKnownOptions, requireSameLength } from "../../../errors.js";
import { digammaDifference, logGamma, logRisingFactorial } from "../../../numeric/index.js";
import type { Boundary } from "../fit/boundary.js";
import { type FitSummary, maximizeLikelihood, parametersAt, standardErrorsAt } from "../fit/fit.js";
import { withFitCard } from "../fit/fit-card.js";
import { NOT_IDENTIFIED, standForInfinity } from "../fit/verdict.js";
import { compressRows, countRows } from "../purchase-histories.js";

/** Spend of customers, one per row. */
export interface SpendHistories {
  /** Purchases that `m_x` is the mean of, shape (n,); 0 where there are none. */
  readonly x: ArrayLike<number>;
  /** Mean spend per purchase, in the currency of the dataset; not read where `x` is 0. */
  readonly m_x: ArrayLike<number>;
  /** Number of customers per row; defaults to 1 each. */
  readonly counts?: ArrayLike<number>;
}

/** A fitted Gamma-Gamma model of spend per purchase. */
export interface GammaGammaModel extends FitSummary {
  readonly kind: "gamma-gamma";
  readonly parameters: Readonly<Record<"p" | "q" | "v", number>>;
  readonly standardErrors: Readonly<Record<"p" | "q" | "v", number>> | null;
  /** Mean spend per purchase over all customers, used for those who have not bought again. */
  readonly populationMean: number;
  /** "model" is p v / (q - 1); where q <= 1 that is infinite, and the mean over the purchases seen stands in. */
  readonly populationMeanFrom: "model" | "purchases";
  /** Customers not used: those without a repeat purchase, and those whose spend is not above 0. */
  readonly leftOut: { readonly withoutPurchases: number; readonly withoutSpend: number };
  /** Correlation of x and m_x over the customers used; the model assumes there is none. */
  readonly correlation: number | null;
}

const NAMES = ["p", "q", "v"] as const;

/**
 * Fits the Gamma-Gamma model (Fader, Hardie & Lee 2005, "RFM and CLV"; Fader & Hardie 2013, note 25): purchases of a
 * customer are Gamma(p, ν), and ν is Gamma(q, v) between customers. Rows with x = 0 are left out, and counted.
 *
 * @throws {RangeError} If spend is not above 0 where x is, unless it is to be left out; or if nobody bought again.
 *
 * @example
 * const model = fitGammaGamma({ x: [2, 1, 4, 0, 7, 3], m_x: [22, 12, 74, 0, 26, 30] });
 * model.leftOut; // { withoutPurchases: 1, withoutSpend: 0 }
 */
export function fitGammaGamma({ x, m_x, counts }: SpendHistories, options: GammaGammaOptions = {}): GammaGammaModel {
  requireKnownOptions("fit Gamma-Gamma", options, { compress: true, withoutSpend: true });
  const { compress = true, withoutSpend = "refuse" } = options;
  requireSameLength("fitGammaGamma", { x, m_x, ...(counts && { counts }) });
  const used = usableRows({ x, m_x, ...(counts && { counts }) }, withoutSpend);
  const pick = (values: ArrayLike<number>) => used.rows.map((i) => values[i]);
  const rows = (compress ? compressRows : countRows)([pick(x), pick(m_x)], counts && pick(counts));
  const [xs, ms] = rows.columns;
  const moments = momentsOf(xs, ms, rows.counts);
  const logScale = Math.log(moments.mean);
  const starts = [
    [6, 4, 3 / 6],
    [1, 2, 1],
    [2, 3, 1],
  ].map((natural) => Float64Array.from(natural, Math.log));
  const total = gammaGammaLikelihood(
    xs,
    ms.map((m) => m / moments.mean),
    rows.counts,
  );
  const best = maximizeLikelihood({ total, customers: moments.customers }, starts);
  const fitted = { ...best, point: best.point.map((value, i) => (i === 2 ? value + logScale : value)) };
  const numbers = { parameters: parametersAt(NAMES, fitted.point), standardErrors: standardErrorsAt(NAMES, fitted) };
  const { p, q, v } = numbers.parameters;
  return withFitCard("Gamma-Gamma", {
    kind: "gamma-gamma",
    ...numbers,
    populationMean: q > 1 ? (p * v) / (q - 1) : moments.mean,
    populationMeanFrom: q > 1 ? "model" : "purchases",
    leftOut: used.leftOut,
    correlation: moments.correlation,
    logLikelihood: best.logLikelihood - moments.customers * logScale,
    customers: moments.customers,
    converged: best.converged,
    gradientNorm: best.gradientNorm,
    boundary: boundaryOf(numbers),
  });
}

/** Options of fitting spend. */
export interface GammaGammaOptions {
  /** Merges equal rows before fitting; defaults to true. */
  compress?: boolean;
  /** Handling of repeat buyers whose mean spend is 0 or less, which the model does not allow; defaults to "refuse". */
  withoutSpend?: "refuse" | "leave-out";
}

/** Returns the rows that can be fitted, and the number of customers in the others. */
function usableRows({ x, m_x, counts }: SpendHistories, withoutSpend: "refuse" | "leave-out") {
  const rows: number[] = [];
  let first = -1;
  const leftOut = { withoutPurchases: 0, withoutSpend: 0 };
  const customersIn = (row: number) => counts?.[row] ?? 1;
  for (let i = 0; i < x.length; ++i) {
    if (!(Number.isInteger(x[i]) && x[i] >= 0)) {
      throw new RangeError(`Cannot fit Gamma-Gamma: x is ${x[i]} in row ${i}; expected an integer of at least 0`);
    }
    if (!(customersIn(i) > 0 && customersIn(i) < Number.POSITIVE_INFINITY)) {
      throw new RangeError(
        `Cannot fit Gamma-Gamma: counts is ${customersIn(i)} in row ${i}; expected a number greater than 0`,
      );
    }
    if (x[i] === 0) leftOut.withoutPurchases += customersIn(i);
    else if (!Number.isFinite(m_x[i])) {
      throw new RangeError(`Cannot fit Gamma-Gamma: m_x is ${m_x[i]} in row ${i}; expected a finite number`);
    } else if (m_x[i] > 0) rows.push(i);
    else {
      if (first < 0) first = i;
      leftOut.withoutSpend += customersIn(i);
    }
  }
  if (withoutSpend === "refuse" && leftOut.withoutSpend > 0) {
    throw new RangeError(
      `Cannot fit Gamma-Gamma: m_x is ${m_x[first]} in row ${first} and not positive for ${leftOut.withoutSpend} customers; use withoutSpend: "leave-out" to exclude them`,
    );
  }
  if (rows.length === 0) {
    throw new RangeError("Cannot fit Gamma-Gamma: no customer has a repeat purchase; expected at least one");
  }
  return { rows, leftOut };
}

function momentsOf(x: Float64Array, m: Float64Array, counts: Float64Array) {
  const sum = (value: (i: number) => number) => counts.reduce((total, count, i) => total + count * value(i), 0);
  const customers = sum(() => 1);
  const meanX = sum((i) => x[i]) / customers;
  const meanM = sum((i) => m[i]) / customers;
  const spread = Math.sqrt(sum((i) => (x[i] - meanX) ** 2) * sum((i) => (m[i] - meanM) ** 2));
  const together = sum((i) => (x[i] - meanX) * (m[i] - meanM));
  return {
    customers,
    mean: sum((i) => x[i] * m[i]) / sum((i) => x[i]),
    correlation: spread > 0 ? together / spread : null,
  };
}

/** Creates the log-likelihood of Fader & Hardie 2013, note 25, eq. 1a, on log p, log q, log v. */
export function gammaGammaLikelihood(x: Float64Array, m: Float64Array, counts: Float64Array) {
  const logs = m.map(Math.log);
  const most = x.reduce((a, b) => Math.max(a, b), 0);
  const common = most < 1e5 ? new Float64Array(3 * (most + 1)) : new Float64Array(0);
  return (point: Float64Array, gradient: Float64Array): number => {
    const [p, q, v] = [Math.exp(point[0]), Math.exp(point[1]), Math.exp(point[2])];
    common.fill(Number.NaN);
    const terms = [0, 0, 0];
    gradient.fill(0);
    let total = 0;
    for (let i = 0; i < x.length; ++i) {
      const k = p * x[i];
      // What depends on x alone is computed once for each.
      const at = 3 * x[i];
      const into = at < common.length ? common : terms;
      const o = into === common ? at : 0;
      if (into === terms || Number.isNaN(common[at])) {
        // -log B(q, k), by the larger of the two, whose own log Γ would cancel.
        into[o] = k > q ? logRisingFactorial(k, q) - logGamma(q) : logRisingFactorial(q, k) - logGamma(k);
        into[o + 1] = digammaDifference(q, k);
        into[o + 2] = digammaDifference(k, q);
      }
      const spend = x[i] * m[i];
      const down = Math.log1p(v / spend);
      const up = Math.log1p(spend / v);
      total += counts[i] * (into[o] - k * down - q * up - logs[i]);
      gradient[0] += counts[i] * k * (into[o + 2] - down);
      gradient[1] += counts[i] * q * (into[o + 1] - up);
      gradient[2] += (counts[i] * (q * spend - k * v)) / (spend + v);
    }
    return total;
  };
}

function boundaryOf(fit: Pick<GammaGammaModel, "parameters" | "standardErrors">): Boundary | null {
  const { q } = fit.parameters;
  if (standForInfinity(fit, "q")) return { code: "spend_alike" };
  if (standForInfinity(fit, "p")) return { code: "amounts_alike" };
  if (q <= 1) return { code: "infinite_mean_spend", q };
  return fit.standardErrors ? null : NOT_IDENTIFIED;
}
