import { fitLogit } from "../numeric/index.js";
import { recalibrationData } from "./recalibration.js";
import type { WeightOptions } from "./weight-options.js";

/**
 * Returns the log-odds to add to every prediction so that its mean meets the base rate (Cox 1958; Steyerberg 2009). 0
 * is calibrated, above 0 the model predicts too little. Certainties are read as 1e-6 from the edge.
 *
 * @throws {RangeError} If the lengths differ, one class is absent, or a probability is outside [0, 1].
 *
 * @example
 * calibrationInTheLarge([0, 0, 0, 1], [0.5, 0.5, 0.5, 0.5]).toFixed(3); // "-1.099"
 */
export function calibrationInTheLarge(
  yTrue: ArrayLike<number>,
  yProb: ArrayLike<number>,
  options: WeightOptions = {},
): number {
  const data = recalibrationData("calibrationInTheLarge", yTrue, yProb, options);
  const { targets, weights, logOdds, ones } = data;
  return fitLogit({ columns: [ones], targets, weights, offsets: logOdds }).coefficients[0];
}
