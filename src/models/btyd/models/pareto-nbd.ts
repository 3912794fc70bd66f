import type { Boundary } from "../fit/boundary.js";
import { withFitCard } from "../fit/fit-card.js";
import type {
  CovariateFit,
  CovariateOptions,
  FittedHistories,
  HistoryModel,
  PurchaseFit,
  PurchaseFitOptions,
} from "../fit/fit-histories.js";
import { fitWithDropout } from "../fit/fit-with-dropout.js";
import { standForInfinity } from "../fit/verdict.js";
import type { PurchaseHistories } from "../purchase-histories.js";
import { paretoNbdLikelihood } from "./pareto-nbd-likelihood.js";

/** A fitted Pareto/NBD. With covariates z, `alpha` and `beta` are those of a customer whose z are 0. */
export interface ParetoNbdModel extends PurchaseFit<"r" | "alpha" | "s" | "beta">, CovariateFit {
  readonly kind: "pareto-nbd";
}

/** Pareto/NBD: Poisson purchases, dropout at any time. */
export const paretoNbd: HistoryModel<"r" | "alpha" | "s" | "beta"> = {
  title: "Pareto/NBD",
  parameters: ["r", "alpha", "s", "beta"],
  times: ["alpha", "beta"],
  // Fader & Hardie 2007, note on time-invariant covariates: α exp(-γ₁z), β exp(-γ₂z).
  groups: { lambda: { parameter: "alpha", sign: -1 }, mu: { parameter: "beta", sign: -1 } },
  starts: [
    [0.5, 0.3, 0.5, 0.3],
    [1, 1, 0.2, 0.2],
    [0.5, 0.3, 2, 4],
    [0.5, 0.3, 1, 30],
  ],
  createLikelihood: paretoNbdLikelihood,
};

/**
 * Fits the Pareto/NBD (Schmittlein, Morrison & Colombo 1987): purchase rates are Gamma(r, alpha), and customers leave
 * at rates that are Gamma(s, beta), whether they buy or not. Customers with x = 0 belong in the data.
 *
 * @throws {RangeError} If the histories are unusable or nobody bought again.
 *
 * @example
 * const histories = { x: [2, 1, 0, 3, 0, 1], t_x: [30.4, 1.7, 0, 20.1, 0, 9.4], T: [38.9, 38.9, 38, 37.4, 35, 30.3] };
 * const { parameters, boundary } = fitParetoNbd(histories, { unit: "weeks" });
 */
export function fitParetoNbd(
  histories: PurchaseHistories,
  options: PurchaseFitOptions & CovariateOptions,
): ParetoNbdModel {
  const fit = fitWithDropout(paretoNbd, histories, options, { parameter: "s", verdictOn: dropoutVerdict });
  return withFitCard(paretoNbd.title, { kind: "pareto-nbd", ...fit });
}

function dropoutVerdict(fit: FittedHistories<"r" | "alpha" | "s" | "beta">): Boundary | null {
  const { s, beta } = fit.parameters;
  if (standForInfinity(fit, "s")) return { code: "dropout_rates_alike", rate: s / beta };
  return beta < 1e-6 ? { code: "dropout_at_once_or_never" } : null;
}
