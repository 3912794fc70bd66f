import type { Boundary } from "../fit/boundary.js";
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
import { betaGeoLikelihood, type DropoutTimes } from "./beta-geo-likelihood.js";

/** A fit of the BG/NBD or the modified one. */
export interface BetaGeoFit extends PurchaseFit<"r" | "alpha" | "a" | "b">, CovariateFit {}

/** Creates a model of Poisson purchases with dropout right after a purchase. */
export function betaGeoHistoryModel(title: string, dropout: DropoutTimes): HistoryModel<"r" | "alpha" | "a" | "b"> {
  return {
    title,
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
    createLikelihood: () => betaGeoLikelihood(dropout),
  };
}

/** Fits one of the two, with its verdict on the boundary. */
export function fitBetaGeoHistories(
  model: HistoryModel<"r" | "alpha" | "a" | "b">,
  histories: PurchaseHistories,
  options: PurchaseFitOptions & CovariateOptions,
): BetaGeoFit {
  return fitWithDropout(model, histories, options, { parameter: "a", verdictOn: dropoutVerdict });
}

function dropoutVerdict(fit: FittedHistories<"r" | "alpha" | "a" | "b">): Boundary | null {
  const { a, b } = fit.parameters;
  if (standForInfinity(fit, "a", "b")) return { code: "dropout_chances_alike", chance: a / (a + b) };
  if (a + b < 1e-4) return { code: "dropout_first_or_never" };
  if (b / (a + b) < 1e-4) return { code: "dropout_first" };
  return null;
}
