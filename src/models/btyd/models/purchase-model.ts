import { type PurchaseHistories, requireHistories } from "../purchase-histories.js";
import type { BetaGeoModel } from "./beta-geo.js";
import { type BetaGeoBetaBinomialModel, requireOpportunities } from "./beta-geo-beta-binomial.js";
import type { ModifiedBetaGeoModel } from "./modified-beta-geo.js";
import type { NbdModel } from "./nbd.js";
import type { ParetoNbdModel } from "./pareto-nbd.js";

/** A fitted model of how often customers buy. Plain data: it survives JSON. */
export type PurchaseModel = NbdModel | BetaGeoModel | ModifiedBetaGeoModel | ParetoNbdModel | BetaGeoBetaBinomialModel;

/** Throws unless the histories are usable, and hold the covariates that the model was fitted with. */
export function requireHistoriesFor(action: string, model: PurchaseModel, histories: PurchaseHistories): void {
  if (model.kind === "beta-geo-beta-binomial") requireOpportunities(action, histories);
  else requireHistories(action, histories);
  requireNamed(action, model, histories.covariates ?? {});
}

/** Throws unless all covariates of the model are there, as columns of one length of finite numbers. */
export function requireCovariates(
  action: string,
  model: PurchaseModel,
  covariates: Readonly<Record<string, ArrayLike<number>>>,
  length: number,
): void {
  requireNamed(action, model, covariates);
  for (const [name, values] of Object.entries(covariates)) {
    if (values.length !== length) {
      throw new RangeError(
        `Cannot ${action}: covariate "${name}" has ${values.length} values; expected ${length}, one per customer`,
      );
    }
    for (let i = 0; i < length; ++i) {
      if (Number.isFinite(values[i])) continue;
      throw new RangeError(
        `Cannot ${action}: covariate "${name}" is ${values[i]} in row ${i}; expected a finite number`,
      );
    }
  }
}

/** Throws unless all covariates of the model are there, as one finite number each. */
export function requireCovariatesOfOne(
  action: string,
  model: PurchaseModel,
  covariates: Readonly<Record<string, number>>,
): void {
  requireNamed(action, model, covariates);
  for (const [name, value] of Object.entries(covariates)) {
    if (Number.isFinite(value)) continue;
    throw new RangeError(`Cannot ${action}: covariate "${name}" is ${value}; expected a finite number`);
  }
}

function requireNamed(action: string, model: PurchaseModel, given: Readonly<Record<string, unknown>>): void {
  const missing = [...covariatesOf(model)].filter((name) => !(name in given));
  if (missing.length === 0) return;
  const names = missing.map((name) => `"${name}"`).join(", ");
  throw new RangeError(`Cannot ${action}: the histories lack the covariates ${names}; the model was fitted with them`);
}

function covariatesOf(model: PurchaseModel): Set<string> {
  const groups = "coefficients" in model ? Object.values(model.coefficients) : [];
  return new Set(groups.flatMap((group) => Object.keys(group)));
}
