import {
  type CovariateOptions,
  type FittedHistories,
  fitHistories,
  type HistoryModel,
  type PurchaseFit,
  type PurchaseFitOptions,
} from "./fit-histories.js";
import { type PurchaseHistories, requireHistories } from "./purchase-histories.js";
import { risingSums } from "./rising-sums.js";

/** A fitted NBD: purchases without dropout, the null model of the others. */
export interface NbdModel extends PurchaseFit<"r" | "alpha"> {
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
    const rise = risingSums();
    // Γ(r + x) / Γ(r) · αʳ / (α + T)ʳ⁺ˣ: Fader & Hardie 2005, note on the Pareto/NBD likelihood, eq. 4 with no death.
    return (x, _, T, p, slopes) => {
      const r = p[0];
      const alpha = p[1];
      rise.reach(r, x);
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
 * @throws {RangeError} If the histories are unusable or nobody bought again.
 */
export function fitNbd(histories: PurchaseHistories, options: PurchaseFitOptions): NbdModel {
  const { x, t_x, T, counts } = histories;
  const {
    coefficients: _,
    coefficientErrors: __,
    ...fit
  } = fitWithoutDropout({ x, t_x, T, ...(counts && { counts }) }, options);
  const boundary =
    fit.parameters.r > 1e4
      ? "no evidence that purchase rates differ between customers: r and alpha grow together"
      : null;
  return { kind: "nbd", ...fit, boundary };
}

/** Fits the NBD with the covariates that act on the purchase rate: what a model with dropout has to be better than. */
export function fitWithoutDropout(
  histories: PurchaseHistories,
  { unit, compress = true, covariates: chosen }: PurchaseFitOptions & CovariateOptions,
): FittedHistories<"r" | "alpha"> {
  requireHistories("fit NBD", histories);
  const { x, T, counts, covariates = {} } = histories;
  const names = chosen?.lambda ?? Object.keys(covariates);
  return fitHistories(
    nbd,
    {
      x,
      // When the purchases were says nothing here, and without it more histories are equal.
      t_x: Float64Array.from(x, (value, i) => (value > 0 ? T[i] : 0)),
      T,
      ...(counts && { counts }),
      covariates: Object.fromEntries(names.map((name) => [name, covariates[name]])),
    },
    { unit, compress },
  );
}
