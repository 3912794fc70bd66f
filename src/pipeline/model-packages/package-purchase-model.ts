import { type BetaGeoModel, type Horizon, horizonIn, type ModifiedBetaGeoModel } from "../../models/index.js";
import type { ModelPackage } from "../../tracking/index.js";
import { withLoader } from "./package-model.js";

/**
 * A BG/NBD or MBG/NBD in MLflow's format: Python's `mlflow.pyfunc.load_model` gives each customer's expected number
 * of purchases in the horizon from the columns x, t_x and T, in the model's unit.
 *
 * @throws {RangeError} If the model has covariates, or the horizon is unusable.
 */
export function packagePurchaseModel(
  model: BetaGeoModel | ModifiedBetaGeoModel,
  { horizon }: { readonly horizon: Horizon },
): ModelPackage {
  if (Object.values(model.coefficients).some((group) => Object.keys(group).length > 0)) {
    throw new RangeError(
      `Cannot package the ${model.kind} model: it has covariates, which the loader for Python does not know`,
    );
  }
  const told = { kind: model.kind, horizon: horizonIn(model.unit, horizon) };
  const parts = { files: { "model.json": JSON.stringify(model) }, flavors: {}, requirements: ["numpy", "scipy"] };
  return {
    ...withLoader(parts, told),
    signature: {
      inputs: [
        { name: "x", type: "double" },
        { name: "t_x", type: "double" },
        { name: "T", type: "double" },
      ],
      outputs: [{ type: "double" }],
    },
    inputExample: { x: [2, 0], t_x: [30.43, 0], T: [38.86, 38.86] },
  };
}
