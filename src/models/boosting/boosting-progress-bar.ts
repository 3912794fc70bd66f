import { type ProgressEffects, progressBar } from "../../progress/index.js";
import type { BoostingRound } from "./boosting-options.js";

/**
 * Shows the rounds of a boosted model as a progress bar with the last metric: give it as `onRound`.
 *
 * @example
 * const X = { nRows: 4, nCols: 1, data: Float64Array.of(3, 40, 5, 90) };
 * let shown = "";
 * const onRound = boostingProgressBar({ draw: (line) => (shown = line), now: () => 0 });
 * await fitXGBoostClassifier(X, [1, 0, 1, 0], { seed: 7, nRounds: 5, onRound });
 * shown; // "Rounds ████████████████████████ 5/5, in 0.0 s, train-logloss 0.6931"
 */
export function boostingProgressBar(effects: ProgressEffects): (round: BoostingRound) => void {
  const show = progressBar("Rounds", effects);
  return ({ round, nRounds, metrics, isLast }) => {
    const last = Object.entries(metrics).at(-1);
    show({ done: round, total: nRounds, isLast, note: last && `${last[0]} ${Number(last[1].toPrecision(4))}` });
  };
}
