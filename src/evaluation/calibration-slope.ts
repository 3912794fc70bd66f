import { fitLogit, separatesClasses } from "../numeric/index.js";
import { recalibrationData } from "./recalibration.js";
import type { WeightOptions } from "./weight-options.js";

/**
 * Returns the slope of the labels on the predicted log-odds (Cox 1958; Steyerberg 2009). 1 is calibrated, below 1 the
 * predictions are too extreme, as an overfitted model's are. Certainties are read as 1e-6 from the edge.
 *
 * @throws {RangeError} If the lengths differ, one class is absent, a probability is outside [0, 1], all
 * probabilities are equal, or they separate the classes, so that no finite slope exists.
 *
 * @example
 * calibrationSlope([0, 1, 0, 1], [0.1, 0.2, 0.8, 0.9]).toFixed(3); // "0.245"
 */
export function calibrationSlope(
  yTrue: ArrayLike<number>,
  yProb: ArrayLike<number>,
  options: WeightOptions = {},
): number {
  const { targets, weights, logOdds, ones } = recalibrationData("calibrationSlope", yTrue, yProb, options);
  if (logOdds.every((value) => value === logOdds[0])) {
    throw new RangeError(
      "Cannot compute calibrationSlope: all probabilities are equal; expected at least two distinct values",
    );
  }
  if (separatesClasses(targets, logOdds)) {
    throw new RangeError(
      "Cannot compute calibrationSlope: the probabilities separate the classes; expected overlapping classes",
    );
  }
  const { coefficients } = fitLogit({ columns: [logOdds, ones], targets, weights });
  return coefficients[0];
}
