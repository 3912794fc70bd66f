import { requireKnownOptions } from "../errors.js";
import type { Fold } from "../evaluation/index.js";
import { asFloats, requireRows } from "../numeric/index.js";
import { applyCalibrator } from "./apply-calibrator.js";
import type { Calibrator } from "./calibrator.js";

/** Fits a calibrator on some rows, such as `fitIsotonic`. */
export type FitCalibrator = (
  yScore: Float64Array,
  yTrue: Float64Array,
  options: { sampleWeight?: Float64Array | undefined },
) => Calibrator;

/** Calibrated probabilities that no row's own label has touched. */
export interface CrossFittedCalibration {
  /** Shape (n,); NaN for rows that no fold tests, as the first dates of a split by time. */
  readonly probabilities: Float64Array;
  /** Fitted on the training rows of each fold. */
  readonly byFold: readonly Calibrator[];
  /** Fitted on all rows: the one to use on new scores. */
  readonly calibrator: Calibrator;
}

/**
 * Calibrates each fold's test rows by its training rows, so that calibration can be judged on rows it was not fitted
 * on. The scores must already come from models that had not seen their rows.
 *
 * @param folds Of `groupedKFold` for customers seen more than once, or of `rollingOriginSplit` for time.
 * @param options.fitCalibrator Fits each calibrator, for example `fitIsotonic`.
 * @throws {RangeError} If the lengths differ, a fold trains on a row it tests, a row is tested twice, or the fit
 * refuses a fold's rows.
 *
 * @example
 * crossFittedCalibration(yScore, yTrue, { folds: groupedKFold(customerIds, { seed: 7 }), fitCalibrator: fitSigmoid });
 */
export function crossFittedCalibration(
  yScore: ArrayLike<number>,
  yTrue: ArrayLike<number>,
  options: { folds: readonly Fold[]; fitCalibrator: FitCalibrator; sampleWeight?: ArrayLike<number> | undefined },
): CrossFittedCalibration {
  const known = { folds: true, fitCalibrator: true, sampleWeight: true } as const;
  requireKnownOptions("compute crossFittedCalibration", options, known);
  const { folds, fitCalibrator, sampleWeight } = options;
  const weights = sampleWeight && asFloats(sampleWeight);
  requireRows("crossFittedCalibration", weights ? { yScore, yTrue, sampleWeight: weights } : { yScore, yTrue });
  if (!folds.length) {
    throw new RangeError("Cannot compute crossFittedCalibration: there are no folds; expected at least one");
  }
  const scores = asFloats(yScore);
  const labels = asFloats(yTrue);
  const probabilities = new Float64Array(scores.length).fill(Number.NaN);
  const tested = new Uint8Array(scores.length);
  const byFold = folds.map(({ train, test }, number) => {
    const trained = new Set(train);
    for (const row of test) {
      if (!(row < scores.length)) {
        throw new RangeError(
          `Cannot compute crossFittedCalibration: fold ${number} tests row ${row} of ${scores.length}; make the folds for these scores`,
        );
      }
      if (trained.has(row)) {
        throw new RangeError(
          `Cannot compute crossFittedCalibration: fold ${number} trains on row ${row}, which it tests; pass folds whose parts do not overlap`,
        );
      }
      if (tested[row]++) {
        throw new RangeError(
          `Cannot compute crossFittedCalibration: row ${row} is in two test folds; expected at most one`,
        );
      }
    }
    const calibrator = fitCalibrator(take(scores, train), take(labels, train), {
      sampleWeight: weights && take(weights, train),
    });
    const calibrated = applyCalibrator(calibrator, take(scores, test));
    test.forEach((row, place) => {
      probabilities[row] = calibrated[place];
    });
    return calibrator;
  });
  return { probabilities, byFold, calibrator: fitCalibrator(scores, labels, { sampleWeight: weights }) };
}

function take(values: Float64Array, rows: Uint32Array): Float64Array {
  const taken = new Float64Array(rows.length);
  for (let i = 0; i < rows.length; ++i) taken[i] = values[rows[i]];
  return taken;
}
