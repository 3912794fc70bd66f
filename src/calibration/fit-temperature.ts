import { fitLogit, logit } from "../numeric/index.js";
import { calibrationData, type FitOptions, inside } from "./calibration-data.js";
import type { TemperatureCalibrator } from "./calibrator.js";
import { withCalibratorCard } from "./calibrator-card.js";

/**
 * Fits temperature scaling (Guo et al. 2017): one parameter that moves probabilities towards 0.5 (above 1) or away from
 * it (below 1).
 *
 * @param yScore Probabilities, shape (n,); 0 and 1 are moved inwards by 2^-52.
 * @param yTrue 0 or 1 per row, shape (n,).
 * @throws {RangeError} If the lengths differ, a score is outside [0, 1], one class is absent, or no finite positive
 * temperature is best.
 *
 * @example
 * fitTemperature([0.1, 0.1, 0.1, 0.9], [0, 0, 1, 1]).temperature.toFixed(2); // "2.00"
 */
export function fitTemperature(
  yScore: ArrayLike<number>,
  yTrue: ArrayLike<number>,
  options: FitOptions = {},
): TemperatureCalibrator {
  const { scores, labels, weights } = calibrationData("fitTemperature", yScore, yTrue, options, "probabilities");
  const logOdds = scores.map((score) => logit(inside(score)));
  if (logOdds.every((value, i) => value * (labels[i] - 0.5) >= 0)) {
    throw new RangeError(
      "Cannot compute fitTemperature: every score is on the correct side of 0.5, so the best temperature is 0; use fitSigmoid",
    );
  }
  const [slope] = fitLogit({ columns: [logOdds], targets: labels, weights }).coefficients;
  if (!(slope > 0)) {
    throw new RangeError(
      `Cannot compute fitTemperature: higher scores do not mean more positives (slope ${slope}); use a score that ranks better`,
    );
  }
  return withCalibratorCard({ kind: "temperature", temperature: 1 / slope }, labels.length);
}
