import { type ProgressEffects, progressBar } from "../progress/index.js";
import type { SearchProgress } from "./search-trials.js";

/**
 * Shows a grid or random search as a progress bar with the best mean score so far: give it as `onProgress`.
 *
 * @example
 * const folds = kFold(10, { seed: 7 });
 * let shown = "";
 * const onProgress = searchProgressBar({ draw: (line) => (shown = line), now: () => 0 });
 * await gridSearch({ depth: [3, 5] }, ({ depth }) => depth / 10, { folds, direction: "maximize", onProgress });
 * shown; // "Search ████████████████████████ 10/10, in 0.0 s, best 0.5"
 */
export function searchProgressBar(effects: ProgressEffects): (progress: SearchProgress<unknown>) => void {
  const show = progressBar("Search", effects);
  return ({ done, total, best }) => {
    show({ done, total, note: best && `best ${Number(best.meanScore.toPrecision(4))}` });
  };
}
