import { assertUnreachable } from "../errors.js";
import { asFloats, logistic, logit, requireFinite, requireProbabilities } from "../numeric/index.js";
import { inside } from "./calibration-data.js";
import type { Calibrator, IsotonicCalibrator } from "./calibrator.js";

/**
 * Calibrates raw scores.
 *
 * @param scores Shape (n,); probabilities for every kind but "isotonic" and "sigmoid".
 * @returns Shape (n,). Isotonic steps make ties: see `rankByCalibrated` for an order.
 * @throws {RangeError} If a score is not finite, is not a probability where a probability is expected, or lies beyond the fitted ones
 * of an isotonic calibrator that raises.
 *
 * @example
 * applyCalibrator({ kind: "temperature", temperature: 2 }, [0.5, 0.9])[1].toFixed(3); // "0.750"
 */
export function applyCalibrator(calibrator: Calibrator, scores: ArrayLike<number>): Float64Array {
  const raw = asFloats(scores);
  const { kind } = calibrator;
  if (kind === "isotonic" || kind === "sigmoid") requireFinite("applyCalibrator", { scores: raw });
  else requireProbabilities("applyCalibrator", { scores: raw });
  switch (calibrator.kind) {
    case "isotonic":
      return interpolate(calibrator, raw);
    case "sigmoid":
      return raw.map((score) => logistic(-(calibrator.A * score + calibrator.B)));
    case "beta":
      return raw.map((score) => {
        const p = inside(score);
        return logistic(calibrator.a * Math.log(p) - calibrator.b * Math.log1p(-p) + calibrator.c);
      });
    case "temperature":
      return raw.map((score) => logistic(logit(inside(score)) / calibrator.temperature));
    case "intercept":
      return raw.map((score) => logistic(logit(inside(score)) + calibrator.shift));
    default:
      return assertUnreachable(calibrator, "calibrator");
  }
}

function interpolate({ x: knots, y: values, outOfRange }: IsotonicCalibrator, scores: Float64Array): Float64Array {
  const [x, y] = [Float64Array.from(knots), Float64Array.from(values)];
  const last = x.length - 1;
  const out = new Float64Array(scores.length);
  for (let i = 0; i < scores.length; ++i) {
    const score = scores[i];
    if (score < x[0] || score > x[last]) {
      if (outOfRange === "raise") {
        throw new RangeError(
          `Cannot compute applyCalibrator: score ${score} is outside [${x[0]}, ${x[last]}], on which it was fitted; use the scores of the model that it was fitted to`,
        );
      }
      out[i] = outOfRange === "nan" ? Number.NaN : score < x[0] ? y[0] : y[last];
      continue;
    }
    let low = 0; // x[low] ≤ score ≤ x[high]
    let high = last;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (x[middle] < score) low = middle;
      else high = middle;
    }
    out[i] = y[low] === y[high] ? y[low] : ((y[high] - y[low]) / (x[high] - x[low])) * (score - x[low]) + y[low];
  }
  return out;
}
