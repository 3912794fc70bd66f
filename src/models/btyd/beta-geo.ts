import { betaGeoLikelihood } from "./beta-geo-likelihood.js";
import { purchaseBoundary } from "./fit.js";
import {
  type CovariateFit,
  type CovariateOptions,
  fitHistories,
  type HistoryModel,
  type PurchaseFit,
  type PurchaseFitOptions,
} from "./fit-histories.js";
import { fitWithoutDropout } from "./nbd.js";
import type { PurchaseHistories } from "./purchase-histories.js";

/** A fitted BG/NBD. With covariates z, `alpha` is that of a customer whose z are 0, and so are `a` and `b`. */
export interface BetaGeoModel extends PurchaseFit<"r" | "alpha" | "a" | "b">, CovariateFit {
  readonly kind: "beta-geo";
}

/** BG/NBD: Poisson purchases, dropout right after a purchase. */
export const betaGeo: HistoryModel<"r" | "alpha" | "a" | "b"> = {
  title: "BG/NBD",
  parameters: ["r", "alpha", "a", "b"],
  times: ["alpha"],
  // Fader & Hardie 2007, note on time-invariant covariates: α exp(-γ₁z), a exp(γ₂z), b exp(γ₃z).
  groups: {
    lambda: { parameter: "alpha", sign: -1 },
    a: { parameter: "a", sign: 1 },
    b: { parameter: "b", sign: 1 },
  },
  starts: [
    [0.5, 0.3, 0.5, 2],
    [1, 1, 0.1, 1],
    [0.2, 0.1, 2, 2],
    [0.5, 0.3, 0.2, 8],
  ],
  createLikelihood: () => betaGeoLikelihood("after each repeat purchase"),
};

/**
 * Fits the BG/NBD (Fader, Hardie & Lee 2005): purchase rates are Gamma(r, alpha), and after each repeat purchase a
 * customer leaves with a probability that is Beta(a, b). Customers with x = 0 belong in the data.
 *
 * @throws {RangeError} If the histories are unusable or nobody bought again.
 *
 * @example
 * const histories = { x: [2, 1, 0, 3, 0, 1], t_x: [30.4, 1.7, 0, 20.1, 0, 9.4], T: [38.9, 38.9, 38, 37.4, 35, 30.3] };
 * const { parameters } = fitBetaGeo(histories, { unit: "weeks" });
 */
export function fitBetaGeo(histories: PurchaseHistories, options: PurchaseFitOptions & CovariateOptions): BetaGeoModel {
  const fit = fitHistories(betaGeo, histories, options);
  const { a, b } = fit.parameters;
  const words = `no evidence that the chance to leave differs between customers: a and b grow together, with a / (a + b) at ${(a / (a + b)).toPrecision(3)}`;
  const boundary = purchaseBoundary(
    fit,
    { parameter: "a", shape: Math.min(a, b), words },
    () => fitWithoutDropout(histories, options).logLikelihood,
  );
  return { kind: "beta-geo", ...fit, boundary };
}
