import { withFitCard } from "../fit/fit-card.js";
import type { CovariateOptions, PurchaseFitOptions } from "../fit/fit-histories.js";
import type { PurchaseHistories } from "../purchase-histories.js";
import { type BetaGeoFit, betaGeoHistoryModel, fitBetaGeoHistories } from "./beta-geo-family.js";

/** A fitted BG/NBD. With covariates z, `alpha` is that of a customer whose z are 0, and so are `a` and `b`. */
export interface BetaGeoModel extends BetaGeoFit {
  readonly kind: "beta-geo";
}

/** BG/NBD: Poisson purchases, dropout right after a purchase. */
export const betaGeo = betaGeoHistoryModel("BG/NBD", "after each repeat purchase");

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
  return withFitCard(betaGeo.title, {
    kind: "beta-geo",
    ...fitBetaGeoHistories(betaGeo, histories, options),
  });
}
