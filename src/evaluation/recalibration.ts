import { asFloats, logit, requireBothClasses, requireProbabilities, requireRows } from "../numeric/index.js";
import { type WeightOptions, weightsFrom } from "./weight-options.js";

/** Certainties are moved this far inwards: their log-odds would be infinite. */
const EDGE = 1e-6;

/** Checks labels and probabilities for `caller` and returns the log-odds of the predictions. */
export function recalibrationData(
  caller: string,
  yTrue: ArrayLike<number>,
  yProb: ArrayLike<number>,
  options: WeightOptions,
) {
  requireRows(caller, { yTrue, yProb });
  requireBothClasses(caller, { yTrue });
  requireProbabilities(caller, { yProb });
  return {
    targets: asFloats(yTrue),
    logOdds: Float64Array.from(yProb, (p) => logit(Math.min(Math.max(p, EDGE), 1 - EDGE))),
    ones: new Float64Array(yTrue.length).fill(1),
    weights: weightsFrom(caller, options, yTrue.length),
  };
}
