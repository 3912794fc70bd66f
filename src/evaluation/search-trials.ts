import { type OptionNames, requireKnownOptions } from "../errors.js";
import { abortCheck } from "../progress/index.js";
import type { Fold } from "./folds.js";

/** One setting with its scores. */
export interface Trial<P> {
  readonly params: P;
  /** One score per fold. */
  readonly scores: readonly number[];
  readonly meanScore: number;
  /** Standard deviation over the folds. */
  readonly sdScore: number;
}

/** Result of a search. */
export interface SearchResult<P> {
  readonly best: Trial<P>;
  /** In the order in which they were tried. */
  readonly trials: readonly Trial<P>[];
}

/** Progress of a search. */
export interface SearchProgress<P> {
  /** Fits done so far. */
  readonly done: number;
  /** Fits in all: settings × folds. */
  readonly total: number;
  /** The best setting whose folds are all done. */
  readonly best: Trial<P> | undefined;
}

/** Options of every search. */
export interface SearchOptions<P> {
  folds: readonly Fold[];
  /** "maximize" for scores, "minimize" for losses and errors. */
  direction: "maximize" | "minimize";
  /** Called after every fit. */
  onProgress?: ((progress: SearchProgress<P>) => void) | undefined;
  /** Ends the search with its reason, between two fits. */
  signal?: AbortSignal | undefined;
}

/** The names of {@link SearchOptions}. */
export const searchOptions: OptionNames<SearchOptions<unknown>> = {
  folds: true,
  direction: true,
  onProgress: true,
  signal: true,
};

/** Fits on the fold's training rows with the setting, and scores the test rows. */
export type Evaluate<P> = (params: P, fold: Fold) => number | Promise<number>;

/** Tries settings one after the other. The first of equally good ones wins. */
export async function searchTrials<P>(
  caller: string,
  settings: readonly P[],
  evaluate: Evaluate<P>,
  options: SearchOptions<P>,
): Promise<SearchResult<P>> {
  requireKnownOptions(`search by ${caller}`, options, searchOptions);
  const { folds, direction, onProgress, signal } = options;
  if (!settings.length)
    throw new RangeError(`Cannot search by ${caller}: there are no settings; expected at least one`);
  if (!folds.length) throw new RangeError(`Cannot search by ${caller}: there are no folds; expected at least one`);
  if (direction !== "maximize" && direction !== "minimize") {
    throw new RangeError(`Cannot search by ${caller}: direction is "${direction}"; expected "maximize" or "minimize"`);
  }
  const sign = direction === "maximize" ? 1 : -1;
  const throwIfStopped = abortCheck(signal);
  const trials: Trial<P>[] = [];
  let best: Trial<P> | undefined;
  let done = 0;
  const total = settings.length * folds.length;
  for (const params of settings) {
    const scores: number[] = [];
    for (const fold of folds) {
      throwIfStopped();
      const score = await evaluate(params, fold);
      if (!Number.isFinite(score)) {
        throw new RangeError(
          `Cannot search by ${caller}: ${JSON.stringify(params)} scored ${score}; expected a number`,
        );
      }
      scores.push(score);
      ++done;
      if (scores.length < folds.length) onProgress?.({ done, total, best });
    }
    const trial = summarize(params, scores);
    trials.push(trial);
    if (!best || sign * trial.meanScore > sign * best.meanScore) best = trial;
    onProgress?.({ done, total, best });
  }
  return { best: best!, trials };
}

function summarize<P>(params: P, scores: readonly number[]): Trial<P> {
  const meanScore = scores.reduce((a, b) => a + b, 0) / scores.length;
  const squares = scores.reduce((total, score) => total + (score - meanScore) ** 2, 0);
  return { params, scores, meanScore, sdScore: Math.sqrt(squares / scores.length) };
}
