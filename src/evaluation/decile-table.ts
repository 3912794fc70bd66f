import { requireKnownOptions } from "../errors.js";
import { requireInteger } from "../numeric/index.js";
import { argsortDescending } from "./argsort-descending.js";
import { regressionData } from "./regression-data.js";

/** One tenth of the rows, the best-scored tenth first. */
export interface DecileRow {
  /** 1 for the best-scored rows. */
  readonly decile: number;
  readonly nRows: number;
  readonly meanScore: number;
  /** Mean of the truth: the response rate for labels, the mean amount for spend. */
  readonly meanActual: number;
  readonly totalActual: number;
  /** Share of the total that this and the better deciles hold. */
  readonly cumulativeShare: number;
  /** Mean of the truth here over the mean of all rows. */
  readonly lift: number;
  /** The same for this and the better deciles together. */
  readonly cumulativeLift: number;
}

/**
 * Tabulates truth and prediction by deciles of the score, the best first. Rows that tie share their truth, so that the
 * table does not depend on their order.
 *
 * @param yTrue Labels or amounts, shape (n,), with a mean above 0.
 * @param options.nBins Defaults to 10.
 * @throws {RangeError} If the lengths differ, a value is not finite, the mean of the truth is not above 0, or there are
 * fewer rows than bins.
 *
 * @example
 * decileTable([0, 1, 0, 3], [0.1, 0.8, 0.2, 0.9], { nBins: 2 }).map(({ meanActual }) => meanActual); // [2, 0]
 */
export function decileTable(
  yTrue: ArrayLike<number>,
  yScore: ArrayLike<number>,
  options: { nBins?: number } = {},
): DecileRow[] {
  requireKnownOptions("compute decileTable", options, { nBins: true });
  const { nBins = 10 } = options;
  requireInteger("decileTable", "nBins", nBins, 1);
  const { truth, predicted, nRows } = regressionData("decileTable", yTrue, yScore, {});
  if (nRows < nBins)
    throw new RangeError(`Cannot compute decileTable: ${nRows} rows are fewer than ${nBins} bins; lower nBins`);
  const total = truth.reduce((a, b) => a + b, 0);
  if (!(total > 0))
    throw new RangeError(`Cannot compute decileTable: yTrue sums to ${total}; expected a positive total`);
  const { order, shared } = argsortDescending(truth, predicted);
  const rows: DecileRow[] = [];
  let cumulative = 0;
  for (let bin = 0, from = 0; bin < nBins; ++bin) {
    const to = Math.round(((bin + 1) * nRows) / nBins);
    let actual = 0;
    let score = 0;
    for (let i = from; i < to; ++i) {
      actual += shared[i];
      score += predicted[order[i]];
    }
    cumulative += actual;
    rows.push({
      decile: bin + 1,
      nRows: to - from,
      meanScore: score / (to - from),
      meanActual: actual / (to - from),
      totalActual: actual,
      cumulativeShare: cumulative / total,
      lift: (actual / (to - from)) * (nRows / total),
      cumulativeLift: (cumulative / to) * (nRows / total),
    });
    from = to;
  }
  return rows;
}
