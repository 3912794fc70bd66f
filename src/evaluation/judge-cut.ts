import { messageOf } from "../errors.js";
import { mean } from "../numeric/index.js";
import type { BacktestFailure, JudgedCut } from "./judged-cut.js";
import type { RowLosses } from "./paired-loss-differences.js";

/** A metric that is a mean over rows and better when lower, such as `logLoss` or `tweedieDeviance`. */
export type RowMeanLoss = (yTrue: ArrayLike<number>, yPred: ArrayLike<number>) => number;

/** Losses of the candidates on one day. */
export interface JudgedLosses extends RowLosses {
  /** Mean loss by candidate. */
  readonly means: Readonly<Record<string, number>>;
}

/**
 * Computes the losses of a day's predictions; predictions without a loss are added to `failures`.
 *
 * @throws {RangeError} If the loss is no mean over rows.
 */
export function judgeCut(
  { origin, part, groups, yTrue, yPred }: JudgedCut,
  loss: RowMeanLoss,
  failures: BacktestFailure[],
): JudgedLosses {
  const losses: Record<string, Float64Array> = {};
  const means: Record<string, number> = {};
  for (const [candidate, predicted] of Object.entries(yPred)) {
    const fail = (message: string) => failures.push({ candidate, origin, part, code: "loss", message });
    let whole: number;
    try {
      whole = loss(yTrue, predicted);
    } catch (error) {
      fail(messageOf(error));
      continue;
    }
    if (!Number.isFinite(whole)) {
      fail(`Expected a finite loss, found ${whole}`);
      continue;
    }
    const rows = yTrue.map((truth, i) => loss([truth], [predicted[i]]));
    const ofRows = mean(rows);
    if (!(Math.abs(ofRows - whole) <= 1e-9 * Math.max(1, Math.abs(whole)))) {
      throw new RangeError(
        `Cannot judge a backtest: the loss of all rows is ${whole} and the mean of their losses ${ofRows}; use a loss that is a mean over rows`,
      );
    }
    losses[candidate] = rows;
    means[candidate] = whole;
  }
  return { groups, losses, means };
}
