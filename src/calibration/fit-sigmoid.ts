import { fitLogit } from "../numeric/index.js";
import { calibrationData, type FitOptions } from "./calibration-data.js";
import type { SigmoidCalibrator } from "./calibrator.js";
import { withCalibratorCard } from "./calibrator-card.js";

/**
 * Fits Platt's sigmoid (Platt 2000): two parameters by maximum likelihood, with smoothed labels (section 2.2) against
 * overconfidence on few rows.
 *
 * @param yScore Raw scores, any finite numbers, shape (n,): margins or log-odds. Of probabilities a sigmoid distorts those
 * near 0 and 1; `fitBeta` is made for them.
 * @param yTrue 0 or 1 per row, shape (n,).
 * @throws {RangeError} If the lengths differ, a score is not finite, or one class is absent.
 *
 * @example
 * applyCalibrator(fitSigmoid([-2, -1, 1, 2], [0, 1, 0, 1]), [-2, 2]).map((p) => Math.round(100 * p)); // [40, 60]
 */
export function fitSigmoid(
  yScore: ArrayLike<number>,
  yTrue: ArrayLike<number>,
  options: FitOptions = {},
): SigmoidCalibrator {
  const { scores, labels, weights, ones } = calibrationData("fitSigmoid", yScore, yTrue, options, "finite numbers");
  const nOf = (label: number) =>
    labels.reduce((total, y, i) => (y === label ? total + (weights ? weights[i] : 1) : total), 0);
  const high = (nOf(1) + 1) / (nOf(1) + 2);
  const low = 1 / (nOf(0) + 2);
  const targets = labels.map((y) => (y === 1 ? high : low));
  // Scores of one size with the constant keep the equations well conditioned; they say nothing if they are all equal.
  const size = scores.reduce((most, score) => Math.max(most, Math.abs(score)), 0) || 1;
  const constant = scores.every((score) => score === scores[0]);
  const columns = constant ? [ones] : [ones, scores.map((score) => score / size)];
  const [intercept, slope = 0] = fitLogit({ columns, targets, weights }).coefficients;
  return withCalibratorCard({ kind: "sigmoid", A: -slope / size, B: -intercept }, labels.length);
}
