import { requireKnownOptions } from "../../../errors.js";
import { withFitCard } from "../fit/fit-card.js";
import {
  type CovariateFit,
  type CovariateOptions,
  type FittedHistories,
  fitHistories,
  type HistoryModel,
  type PurchaseFit,
  type PurchaseFitOptions,
  purchaseFitOptions,
} from "../fit/fit-histories.js";
import { NOT_IDENTIFIED, rateVerdict } from "../fit/verdict.js";
import { type PurchaseHistories, requireHistories } from "../purchase-histories.js";
import { logRisingFactorialTable } from "./log-rising-factorial-table.js";

/** A fitted NBD. With covariates z, `alpha` is that of a customer whose z are 0. */
export interface NbdModel extends PurchaseFit<"r" | "alpha">, CovariateFit {
  readonly kind: "nbd";
}

/** NBD: Poisson purchases by customers who never drop out; what the others are judged against. */
export const nbd: HistoryModel<"r" | "alpha"> = {
  title: "NBD",
  parameters: ["r", "alpha"],
  times: ["alpha"],
  groups: { lambda: { parameter: "alpha", sign: -1 } },
  starts: [[0.5, 0.5]],
  createLikelihood() {
    const rise = logRisingFactorialTable();
    // Γ(r + x) / Γ(r) · αʳ / (α + T)ʳ⁺ˣ: Fader & Hardie 2005, note on the Pareto/NBD likelihood, eq. 4 with no death.
    return (x, _, T, p, slopes) => {
      const r = p[0];
      const alpha = p[1];
      rise.extend(r, x);
      const logAge = Math.log1p(T / alpha);
      slopes[0] = r * (rise.slope[x] - logAge);
      slopes[1] = ((r + x) * T) / (alpha + T) - x;
      return rise.value[x] - x * Math.log(alpha) - (r + x) * logAge;
    };
  },
};

/**
 * Fits the NBD: each customer buys at a constant rate for ever, and rates are Gamma(r, alpha) (Ehrenberg 1959).
 *
 * @throws {RangeError} If the histories are unusable, nobody bought again or covariates are to act on dropout.
 *
 * @example
 * const histories = { x: [3, 0, 1, 5], T: [39, 39, 30, 35], t_x: [30, 0, 4, 33] };
 * fitNbd(histories, { unit: "weeks" }).converged; // true
 */
export function fitNbd(histories: PurchaseHistories, options: PurchaseFitOptions & CovariateOptions): NbdModel {
  requireKnownOptions("fit NBD", options, purchaseFitOptions);
  const dropout = options.covariates?.dropout ?? [];
  if (dropout.length > 0) {
    throw new RangeError(
      `Cannot fit NBD: covariates ${dropout.join(", ")} act on dropout, which the NBD does not have; use a model with dropout`,
    );
  }
  const fit = fitWithoutDropout(histories, options);
  const boundary = rateVerdict(fit) ?? (fit.standardErrors ? null : NOT_IDENTIFIED);
  return withFitCard(nbd.title, { kind: "nbd", ...fit, boundary });
}

/** Fits the NBD with the covariates that act on the purchase rate: what a model with dropout has to be better than. */
export function fitWithoutDropout(
  histories: PurchaseHistories,
  options: PurchaseFitOptions & CovariateOptions,
): FittedHistories<"r" | "alpha"> {
  requireHistories("fit NBD", histories);
  const { x, T } = histories;
  // When the purchases were says nothing here, and without it more histories are equal.
  const t_x = Float64Array.from(x, (value, i) => (value > 0 ? T[i] : 0));
  return fitHistories(nbd, { ...histories, t_x }, options);
}
