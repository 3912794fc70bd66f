import { argsortDescending } from "./argsort-descending.js";
import { regressionData } from "./regression-data.js";

/**
 * Returns the Gini coefficient of the truth in predicted order over that in its own order. 1 is the perfect order, 0 a
 * random one, -1 the reverse. For labels of 0 and 1 it is 2 × ROC AUC - 1.
 *
 * @param yTrue Amounts from 0, shape (n,), not all equal.
 * @param yPred Shape (n,); only its order counts, rows that tie share their amounts.
 * @throws {RangeError} If the lengths differ, a value is not finite, or the truth is negative or constant.
 *
 * @example
 * normalizedGiniScore([0, 10, 20, 70], [1, 3, 2, 9]).toFixed(3); // "0.909"
 */
export function normalizedGiniScore(yTrue: ArrayLike<number>, yPred: ArrayLike<number>): number {
  const { truth, predicted } = regressionData("normalizedGiniScore", yTrue, yPred, {});
  const negative = truth.findIndex((value) => value < 0);
  if (negative >= 0) {
    throw new RangeError(
      `Cannot compute normalizedGiniScore: yTrue[${negative}] is ${truth[negative]}; expected an amount of at least 0`,
    );
  }
  if (truth.every((value) => value === truth[0])) {
    throw new RangeError(
      "Cannot compute normalizedGiniScore: yTrue is constant; expected at least two distinct amounts",
    );
  }
  return areaAboveDiagonal(truth, predicted) / areaAboveDiagonal(truth, truth);
}

/**
 * Returns the area between the captured share of the total and the diagonal, highest score first, up to a common
 * factor.
 */
function areaAboveDiagonal(truth: Float64Array, scores: Float64Array): number {
  const { shared } = argsortDescending(truth, scores);
  let area = 0;
  for (let i = 0; i < shared.length; ++i) area += shared[i] * ((shared.length - 1) / 2 - i);
  return area;
}
