import { fitLogit, logit, requireProbabilities, requireRows } from "../numeric/index.js";
import { inside } from "./calibration-data.js";
import type { InterceptCalibrator } from "./calibrator.js";
import { withCalibratorCard } from "./calibrator-card.js";

/**
 * Shifts the log-odds of all predictions by one number, so that their mean is the base rate that is now expected. It
 * repairs a season's shift, which a calibrator fitted on past rows cannot; the order stays.
 *
 * @param yProb Probabilities of the rows to be predicted, shape (n,).
 * @param baseRate The share of positives that is expected among them, in (0, 1): that of recent rows, or last year's.
 * @throws {RangeError} If a probability is outside [0, 1], there are none, or `baseRate` is outside (0, 1).
 *
 * @example
 * applyCalibrator(fitIntercept([0.2, 0.4, 0.6], 0.2), [0.2, 0.4, 0.6]).reduce((a, b) => a + b).toFixed(3); // "0.600"
 */
export function fitIntercept(yProb: ArrayLike<number>, baseRate: number): InterceptCalibrator {
  requireRows("fitIntercept", { yProb });
  requireProbabilities("fitIntercept", { yProb });
  if (!(0 < baseRate && baseRate < 1)) {
    throw new RangeError(`Cannot compute fitIntercept: baseRate is ${baseRate}; expected a rate in (0, 1)`);
  }
  const n = yProb.length;
  const { coefficients } = fitLogit({
    columns: [new Float64Array(n).fill(1)],
    targets: new Float64Array(n).fill(baseRate),
    offsets: Float64Array.from(yProb, (p) => logit(inside(p))),
  });
  return withCalibratorCard({ kind: "intercept", shift: coefficients[0] }, n);
}
