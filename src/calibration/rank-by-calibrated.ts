import { argsort, asFloats, requireFinite, requireRows } from "../numeric/index.js";

/**
 * Returns the row numbers from the most to the least probable. Rows that share a calibrated probability, as isotonic
 * steps make many do, keep the order of their raw scores, so that calibration costs no ranking; rows equal in both keep
 * theirs.
 *
 * @throws {RangeError} If the lengths differ or a value is not finite.
 *
 * @example
 * rankByCalibrated([0.3, 0.3, 0.8], [0.31, 0.35, 0.7]); // [2, 1, 0]
 */
export function rankByCalibrated(calibrated: ArrayLike<number>, yScore: ArrayLike<number>): Uint32Array {
  requireRows("rankByCalibrated", { calibrated, yScore });
  requireFinite("rankByCalibrated", { calibrated, yScore });
  // Sorting is stable: first by the raw score, then by the probability, both turned to put the highest first.
  const byScore = argsort(asFloats(yScore).map((score) => -score));
  const probabilities = Float64Array.from(byScore, (row) => -calibrated[row]);
  return argsort(probabilities).map((place) => byScore[place]);
}
