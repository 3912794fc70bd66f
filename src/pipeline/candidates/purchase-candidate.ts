import { requireKnownOptions } from "../../errors.js";
import type { Candidate } from "../../evaluation/index.js";
import {
  expectedPurchases,
  fitBetaGeo,
  fitModifiedBetaGeo,
  fitParetoNbd,
  type PurchaseHistories,
  probabilityNoOrder,
} from "../../models/index.js";
import type { ModelPackage } from "../../tracking/index.js";
import { packagePurchaseModel } from "../model-packages/package-purchase-model.js";
import type { CandidateRows } from "./candidate-rows.js";
import { type CandidateOptions, candidateOptions } from "./tabular-candidate.js";

const FITS = { "beta-geo": fitBetaGeo, "modified-beta-geo": fitModifiedBetaGeo, "pareto-nbd": fitParetoNbd };

/** Options of a candidate that models purchases. */
export interface PurchaseCandidateOptions extends CandidateOptions {
  /** BG/NBD, MBG/NBD or Pareto/NBD. */
  readonly model: keyof typeof FITS;
  /** The probability of no order in the horizon, or the expected orders. */
  readonly predicts: "no-order" | "orders";
  readonly horizonDays: number;
}

/**
 * Makes a candidate that fits a BTYD model on the purchase histories as of the predicted day. It reads no labels, and
 * so nothing after that day.
 *
 * @example
 * const horizonDays = 90;
 * purchaseCandidate({ name: "BG/NBD", complexity: 3, model: "beta-geo", predicts: "no-order", horizonDays }).name; // "BG/NBD"
 */
export function purchaseCandidate(options: PurchaseCandidateOptions): Candidate<CandidateRows, ModelPackage> {
  requireKnownOptions("make a purchase candidate", options, {
    ...candidateOptions,
    model: true,
    predicts: true,
    horizonDays: true,
  });
  const { name, complexity, model: kind, predicts, horizonDays } = options;
  const horizon = { value: horizonDays, unit: "days" } as const;
  return {
    name,
    complexity,
    fit(_train, current) {
      const model = FITS[kind](historiesOf(current), { unit: "days" });
      const predicted = predicts === "no-order" ? probabilityNoOrder : expectedPurchases;
      return {
        predict: (rows) => predicted(model, historiesOf(rows), horizon),
        package: () => packagePurchaseModel(model, { horizon, predicts }),
      };
    },
  };
}

function historiesOf({ histories, y }: CandidateRows): PurchaseHistories {
  if (histories?.x.length === y.length) return histories;
  const found = histories ? `${histories.x.length} histories for ${y.length} rows` : "no purchase histories";
  throw new RangeError(`Cannot model purchases: there are ${found}; use rows with one history each`);
}
