import { type BacktestOptions, backtestPredictions } from "./backtest-predictions.js";
import { type BacktestTable, backtestTable } from "./backtest-table.js";
import type { Candidate } from "./candidate.js";
import type { LabelledRows } from "./judged-cut.js";

/**
 * Fits candidates at successive origins and judges them on later days: {@link backtestPredictions}, then
 * {@link backtestTable}. Take the two apart to judge the same predictions in several ways.
 *
 * @throws {RangeError} As they do.
 *
 * @example
 * type Rows = { y: Float64Array; recency: Float64Array };
 * const share = ({ y }: Rows) => y.reduce((sum, label) => sum + label, 0) / y.length;
 * const base = { name: "base rate", complexity: 0, fit: (train: Rows) => ({ predict: ({ y }: Rows) => y.map(() => share(train)) }) };
 * const rule = { name: "recency", complexity: 1, fit: () => ({ predict: ({ recency }: Rows) => recency.map((days) => (days > 60 ? 0.9 : 0.1)) }) };
 * const rowsAt = () => ({ y: Float64Array.of(1, 0, 1, 0), recency: Float64Array.of(90, 5, 80, 20) });
 * const origins = [{ score: "2024-12-31", test: "2024-12-01", validation: "2024-11-01", choice: ["2024-10-01"], fit: ["2024-11-01"] }];
 * const groups = () => ["ann", "ben", "eve", "kim"];
 * const table = await backtest([base, rule], rowsAt, { origins, groups, loss: logLoss, seed: 7 });
 * simplestWithinNoise(table).name; // "recency"
 */
export async function backtest<Rows extends LabelledRows>(
  candidates: readonly Candidate<Rows>[],
  rowsAt: (days: readonly string[]) => Rows | Promise<Rows>,
  options: BacktestOptions<Rows>,
): Promise<BacktestTable> {
  return backtestTable(await backtestPredictions(candidates, rowsAt, options), options);
}
