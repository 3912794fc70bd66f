import { asFloats, requireFinite, requireRows } from "../numeric/index.js";
import { type WeightOptions, weightsFrom } from "./weight-options.js";

/** Checks amounts and predictions for `caller` and returns them as floats. */
export function regressionData(
  caller: string,
  yTrue: ArrayLike<number>,
  yPred: ArrayLike<number>,
  options: WeightOptions,
) {
  requireRows(caller, { yTrue, yPred });
  requireFinite(caller, { yTrue, yPred });
  const nRows = yTrue.length;
  return {
    truth: asFloats(yTrue),
    predicted: asFloats(yPred),
    nRows,
    weights: weightsFrom(caller, options, nRows),
  };
}
