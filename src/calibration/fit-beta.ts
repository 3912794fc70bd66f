import { fitLogit, separatesClasses } from "../numeric/index.js";
import { calibrationData, type FitOptions, inside } from "./calibration-data.js";
import type { BetaCalibrator } from "./calibrator.js";
import { withCalibratorCard } from "./calibrator-card.js";

/**
 * Fits a beta calibrator (Kull, Silva Filho & Flach 2017). Its three parameters adjust both ends of [0, 1] separately
 * and keep calibrated probabilities. `a` and `b` are held at 0 or above, so that the order is kept.
 *
 * @param yScore Probabilities, shape (n,); 0 and 1 are moved inwards by 2^-52.
 * @param yTrue 0 or 1 per row, shape (n,).
 * @throws {RangeError} If the lengths differ, a score is outside [0, 1], one class is absent, or the scores separate
 * the classes, so that no finite parameters exist.
 *
 * @example
 * applyCalibrator(fitBeta([0.1, 0.3, 0.6, 0.9], [0, 1, 0, 1]), [0.6])[0].toFixed(3); // "0.559"
 */
export function fitBeta(yScore: ArrayLike<number>, yTrue: ArrayLike<number>, options: FitOptions = {}): BetaCalibrator {
  const { scores, labels, weights, ones } = calibrationData("fitBeta", yScore, yTrue, options, "probabilities");
  const varied = scores.some((score) => score !== scores[0]);
  if (varied && separatesClasses(labels, scores)) {
    throw new RangeError("Cannot compute fitBeta: the scores separate the classes; use fitSigmoid");
  }
  const columns = {
    a: scores.map((score) => Math.log(inside(score))),
    b: scores.map((score) => -Math.log1p(-inside(score))),
  };
  let free: ("a" | "b")[] = varied ? ["a", "b"] : [];
  for (;;) {
    const problem = { columns: [ones, ...free.map((name) => columns[name])], targets: labels, weights };
    const [c, ...slopes] = fitLogit(problem).coefficients;
    const negative = slopes.findIndex((slope) => slope < 0);
    if (negative < 0) {
      const value = (name: "a" | "b") => (free.includes(name) ? slopes[free.indexOf(name)] : 0);
      return withCalibratorCard({ kind: "beta", a: value("a"), b: value("b"), c }, labels.length);
    }
    free = free.filter((_, at) => at !== negative);
  }
}
