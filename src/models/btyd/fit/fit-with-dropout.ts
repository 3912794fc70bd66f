import { requireKnownOptions } from "../../../errors.js";
import { fitWithoutDropout } from "../models/nbd.js";
import type { PurchaseHistories } from "../purchase-histories.js";
import type { Boundary } from "./boundary.js";
import {
  type CovariateOptions,
  type FittedHistories,
  fitHistories,
  type HistoryModel,
  type PurchaseFitOptions,
  purchaseFitOptions,
} from "./fit-histories.js";
import { purchaseVerdict } from "./verdict.js";

/**
 * Fits a model of purchases with dropout, with the verdict on the boundary.
 *
 * @param dropout The parameter without which no customer leaves, and the model's verdict on its own edges.
 */
export function fitWithDropout<Name extends string>(
  model: HistoryModel<Name | "r">,
  histories: PurchaseHistories,
  options: PurchaseFitOptions & CovariateOptions,
  dropout: { parameter: Name; verdictOn: (fit: FittedHistories<Name | "r">) => Boundary | null },
): FittedHistories<Name | "r"> & { readonly boundary: Boundary | null } {
  requireKnownOptions(`fit ${model.title}`, options, purchaseFitOptions);
  const fit = fitHistories(model, histories, options);
  const { parameter, verdictOn } = dropout;
  const nbdLogLikelihood = () => fitWithoutDropout(histories, options).logLikelihood;
  return { ...fit, boundary: purchaseVerdict(fit, { parameter, verdict: verdictOn(fit) }, nbdLogLikelihood) };
}
