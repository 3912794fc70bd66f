import { requireLabels, requireRows } from "../numeric/index.js";
import { type WeightOptions, weightsFrom } from "./weight-options.js";

/** Rows (or their weight) by truth and prediction. */
export interface ConfusionMatrix {
  readonly truePositives: number;
  readonly falsePositives: number;
  readonly trueNegatives: number;
  readonly falseNegatives: number;
}

/**
 * Counts rows by truth and prediction.
 *
 * @param yTrue 0 or 1 per row, shape (n,).
 * @param yPred 0 or 1 per row, shape (n,); see {@link predictedClasses}.
 * @throws {RangeError} If the lengths differ, or a value is not 0 or 1.
 *
 * @example
 * confusionMatrix([1, 1, 0, 0], [1, 0, 0, 1]);
 * // { truePositives: 1, falsePositives: 1, trueNegatives: 1, falseNegatives: 1 }
 */
export function confusionMatrix(
  yTrue: ArrayLike<number>,
  yPred: ArrayLike<number>,
  options: WeightOptions = {},
): ConfusionMatrix {
  return countOutcomes("confusionMatrix", yTrue, yPred, options);
}

/** Computes {@link confusionMatrix} on behalf of the metric named `caller`. */
export function countOutcomes(
  caller: string,
  yTrue: ArrayLike<number>,
  yPred: ArrayLike<number>,
  options: WeightOptions,
): ConfusionMatrix {
  requireRows(caller, { yTrue, yPred });
  requireLabels(caller, { yTrue, yPred });
  const weights = weightsFrom(caller, options, yTrue.length);
  const cells = [0, 0, 0, 0];
  for (let i = 0; i < yTrue.length; ++i) cells[2 * yTrue[i] + yPred[i]] += weights ? weights[i] : 1;
  return { trueNegatives: cells[0], falsePositives: cells[1], falseNegatives: cells[2], truePositives: cells[3] };
}

/** Throws unless the truth holds the class that `caller` divides by. */
export function requireClass(caller: string, weight: number, name: string): void {
  if (!(weight > 0)) throw new RangeError(`Cannot compute ${caller}: yTrue has no ${name}; expected at least one`);
}
