import { asFloats, checkedWeights, requireFinite, requireRows } from "../numeric/index.js";
import type { WeightOptions } from "./threshold-counts.js";

/** Checks amounts and predictions for `caller`; gives them as floats. */
export function regressionData(
  caller: string,
  yTrue: ArrayLike<number>,
  yPred: ArrayLike<number>,
  { sampleWeight }: WeightOptions,
) {
  requireRows(caller, { yTrue, yPred });
  requireFinite(caller, { yTrue, yPred });
  const nRows = yTrue.length;
  return {
    truth: asFloats(yTrue),
    predicted: asFloats(yPred),
    nRows,
    weights: checkedWeights(caller, sampleWeight, nRows),
  };
}
