import type {
  BetaGeoBetaBinomialModel,
  BetaGeoModel,
  GammaGammaModel,
  ModifiedBetaGeoModel,
  NbdModel,
  ParetoNbdModel,
} from "../../src/models/btyd/index.js";

const fit = {
  unit: "weeks",
  standardErrors: null,
  logLikelihood: 0,
  customers: 0,
  converged: true,
  gradientNorm: 0,
  boundary: null,
} as const;
const covariates = { coefficients: {}, coefficientErrors: null };

/** Models in weeks with given parameters, as if they had been fitted. */
export const nbdWith = (parameters: NbdModel["parameters"]): NbdModel => ({
  kind: "nbd",
  ...fit,
  ...covariates,
  parameters,
});
export const betaGeoWith = (parameters: BetaGeoModel["parameters"]): BetaGeoModel => ({
  kind: "beta-geo",
  ...fit,
  ...covariates,
  parameters,
});
export const modifiedBetaGeoWith = (parameters: ModifiedBetaGeoModel["parameters"]): ModifiedBetaGeoModel => ({
  kind: "modified-beta-geo",
  ...fit,
  ...covariates,
  parameters,
});
export const paretoNbdWith = (parameters: ParetoNbdModel["parameters"]): ParetoNbdModel => ({
  kind: "pareto-nbd",
  ...fit,
  ...covariates,
  parameters,
});
export const betaGeoBetaBinomialWith = (
  parameters: BetaGeoBetaBinomialModel["parameters"],
): BetaGeoBetaBinomialModel => ({ kind: "beta-geo-beta-binomial", ...fit, unit: "opportunities", parameters });
export const gammaGammaWith = (parameters: GammaGammaModel["parameters"]): GammaGammaModel => ({
  kind: "gamma-gamma",
  ...fit,
  parameters,
  populationMean: (parameters.p * parameters.v) / (parameters.q - 1),
  populationMeanFrom: "model",
  leftOut: { withoutPurchases: 0, withoutSpend: 0 },
  correlation: 0,
});
