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

/** A fitted modified BG/NBD. With covariates z, `alpha` is that of a customer whose z are 0, and so are `a` and `b`. */
export interface ModifiedBetaGeoModel extends PurchaseFit<"r" | "alpha" | "a" | "b">, CovariateFit {
  readonly kind: "modified-beta-geo";
}

/** MBG/NBD: as BG/NBD, but customers may also drop out at time zero. */
export const modifiedBetaGeo: HistoryModel<"r" | "alpha" | "a" | "b"> = {
  title: "MBG/NBD",
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
  createLikelihood: () => betaGeoLikelihood("after every purchase"),
};

/**
 * Fits the modified BG/NBD (Batislam, Denizel & Filiztekin 2007; Hoppe & Wagner 2007): as the BG/NBD, but a customer
 * may leave after the first purchase too, so that one who never came back need not count as alive.
 *
 * @throws {RangeError} If the histories are unusable or nobody bought again.
 */
export function fitModifiedBetaGeo(
  histories: PurchaseHistories,
  options: PurchaseFitOptions & CovariateOptions,
): ModifiedBetaGeoModel {
  const fit = fitHistories(modifiedBetaGeo, histories, options);
  const { a, b } = fit.parameters;
  const words = `no evidence that the chance to leave differs between customers: a and b grow together, with a / (a + b) at ${(a / (a + b)).toPrecision(3)}`;
  const boundary = purchaseBoundary(
    fit,
    { parameter: "a", shape: Math.min(a, b), words },
    () => fitWithoutDropout(histories, options).logLikelihood,
  );
  return { kind: "modified-beta-geo", ...fit, boundary };
}
