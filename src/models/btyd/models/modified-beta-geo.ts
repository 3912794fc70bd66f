import { withFitCard } from "../fit/fit-card.js";
import type { CovariateOptions, PurchaseFitOptions } from "../fit/fit-histories.js";
import type { PurchaseHistories } from "../purchase-histories.js";
import { type BetaGeoFit, betaGeoHistoryModel, fitBetaGeoHistories } from "./beta-geo-family.js";

/** A fitted modified BG/NBD. With covariates z, `alpha` is that of a customer whose z are 0, and so are `a` and `b`. */
export interface ModifiedBetaGeoModel extends BetaGeoFit {
  readonly kind: "modified-beta-geo";
}

/** MBG/NBD: as BG/NBD, but customers may also drop out at time zero. */
export const modifiedBetaGeo = betaGeoHistoryModel("MBG/NBD", "after every purchase");

/**
 * Fits the modified BG/NBD (Batislam, Denizel & Filiztekin 2007; Hoppe & Wagner 2007): as the BG/NBD, but a customer
 * may leave after the first purchase too, so that one who never came back need not count as alive.
 *
 * @throws {RangeError} If the histories are unusable or nobody bought again.
 *
 * @example
 * const histories = { x: [2, 1, 0, 3, 0, 1], t_x: [30.4, 1.7, 0, 20.1, 0, 9.4], T: [38.9, 38.9, 38, 37.4, 35, 30.3] };
 * const { parameters } = fitModifiedBetaGeo(histories, { unit: "weeks" });
 */
export function fitModifiedBetaGeo(
  histories: PurchaseHistories,
  options: PurchaseFitOptions & CovariateOptions,
): ModifiedBetaGeoModel {
  return withFitCard(modifiedBetaGeo.title, {
    kind: "modified-beta-geo",
    ...fitBetaGeoHistories(modifiedBetaGeo, histories, options),
  });
}
