import { assertUnreachable } from "../../../errors.js";
import { betaGeo } from "../models/beta-geo.js";
import { betaGeoBetaBinomial } from "../models/beta-geo-beta-binomial.js";
import { modifiedBetaGeo } from "../models/modified-beta-geo.js";
import { nbd } from "../models/nbd.js";
import { paretoNbd } from "../models/pareto-nbd.js";
import type { PurchaseModel } from "../models/purchase-model.js";
import type { PurchaseHistories } from "../purchase-histories.js";
import { fitHistories } from "./fit-histories.js";

/** Fits the same model to other histories, from its own parameters on. The verdict on the boundary is not renewed. */
export function refit(model: PurchaseModel, histories: PurchaseHistories): PurchaseModel {
  switch (model.kind) {
    case "nbd":
      return { ...model, ...fitHistories(nbd, histories, chosen(model), model.parameters) };
    case "beta-geo":
      return { ...model, ...fitHistories(betaGeo, histories, chosen(model), model.parameters) };
    case "modified-beta-geo":
      return { ...model, ...fitHistories(modifiedBetaGeo, histories, chosen(model), model.parameters) };
    case "pareto-nbd":
      return { ...model, ...fitHistories(paretoNbd, histories, chosen(model), model.parameters) };
    case "beta-geo-beta-binomial":
      return { ...model, ...fitHistories(betaGeoBetaBinomial, histories, model, model.parameters) };
    default:
      return assertUnreachable(model, "model of purchases");
  }
}

function chosen({ unit, coefficients }: Extract<PurchaseModel, { coefficients: unknown }>) {
  const names = (group: string) => Object.keys(coefficients[group] ?? {});
  return { unit, covariates: { lambda: names("lambda"), dropout: names(coefficients["mu"] ? "mu" : "a") } };
}
