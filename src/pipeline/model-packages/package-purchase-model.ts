import { requireKnownOptions } from "../../errors.js";
import {
  type BetaGeoModel,
  type Horizon,
  horizonIn,
  type ModifiedBetaGeoModel,
  type ParetoNbdModel,
} from "../../models/index.js";
import type { ModelPackage } from "../../tracking/index.js";
import { withLoader } from "./model-card.js";

/** Horizon and output of a packaged model of purchases. */
export interface PackagePurchaseModelOptions {
  readonly horizon: Horizon;
  /** Expected orders in the horizon, or the probability that there is none; defaults to "orders". */
  readonly predicts?: "orders" | "no-order";
}

/** Columns that a packaged model of purchases reads, in the model's unit of time. */
export const HISTORY_COLUMNS = ["x", "t_x", "T"] as const;

/**
 * Packages a BG/NBD, MBG/NBD or Pareto/NBD in MLflow's format: Python's `mlflow.pyfunc.load_model` gives each
 * customer's expected orders in the horizon, or the probability of no order, from the columns x, t_x and T in the
 * model's unit.
 *
 * @throws {RangeError} If the model has covariates, or the horizon is unusable.
 */
export function packagePurchaseModel(
  model: BetaGeoModel | ModifiedBetaGeoModel | ParetoNbdModel,
  options: PackagePurchaseModelOptions,
): ModelPackage {
  requireKnownOptions("package the model", options, { horizon: true, predicts: true });
  const { horizon, predicts = "orders" } = options;
  if (Object.values(model.coefficients).some((group) => Object.keys(group).length > 0)) {
    throw new RangeError(
      `Cannot package the ${model.kind} model: it has covariates; the loader for Python does not know them`,
    );
  }
  const card = { kind: model.kind, features: HISTORY_COLUMNS, predicts, horizon: horizonIn(model.unit, horizon) };
  const parts = { files: { "model.json": JSON.stringify(model) }, flavors: {}, requirements: ["numpy", "scipy"] };
  return {
    ...withLoader(parts, card),
    signature: {
      inputs: HISTORY_COLUMNS.map((name) => ({ name, type: "double" })),
      outputs: [{ type: "double" }],
    },
    inputExample: { x: [2, 0], t_x: [30.43, 0], T: [38.86, 38.86] },
  };
}
