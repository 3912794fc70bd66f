import { requireKnownOptions } from "../../errors.js";
import type { Candidate, FitContext } from "../../evaluation/index.js";
import {
  type BoostingOptions,
  fitLightGbmClassifier,
  fitLightGbmRegressor,
  fitXGBoostClassifier,
  fitXGBoostRegressor,
  type LightGbmOptions,
  type LightGbmRegressorOptions,
  type XGBoostOptions,
  type XGBoostRegressorOptions,
} from "../../models/index.js";
import type { ModelPackage } from "../../tracking/index.js";
import type { CandidateRows } from "./candidate-rows.js";
import { type TabularOptions, tabularCandidate, tabularOptions } from "./tabular-candidate.js";

/** Decided by the backtest, or of single rows, which a candidate does not know. */
type Given = "seed" | "threads" | "signal" | "onRound" | "validation" | "sampleWeight" | "baseMargin";

/** A candidate with the options of its library. */
export type BoostedCandidateOptions<Options> = TabularOptions & { readonly boosting?: Omit<Options, Given> };

const boostedOptions = { ...tabularOptions, boosting: true } as const;

type BoostedCandidate = Candidate<CandidateRows, ModelPackage>;

/**
 * Makes an XGBoost candidate that predicts a probability.
 *
 * @example
 * const boosting = { maxDepth: 3, learningRate: 0.04, nRounds: 150 };
 * xgboostClassifierCandidate({ name: "xgboost", complexity: 5, boosting }).name; // "xgboost"
 */
export function xgboostClassifierCandidate(options: BoostedCandidateOptions<XGBoostOptions>): BoostedCandidate {
  requireKnownOptions("make a boosted candidate", options, boostedOptions);
  return tabularCandidate(options, (X, y, context) => fitXGBoostClassifier(X, y, boostingOf(options, context)));
}

/** Makes an XGBoost candidate that predicts a number, such as spend. */
export function xgboostRegressorCandidate(options: BoostedCandidateOptions<XGBoostRegressorOptions>): BoostedCandidate {
  requireKnownOptions("make a boosted candidate", options, boostedOptions);
  return tabularCandidate(options, (X, y, context) => fitXGBoostRegressor(X, y, boostingOf(options, context)));
}

/** Makes a LightGBM candidate that predicts a probability. */
export function lightGbmClassifierCandidate(options: BoostedCandidateOptions<LightGbmOptions>): BoostedCandidate {
  requireKnownOptions("make a boosted candidate", options, boostedOptions);
  return tabularCandidate(options, (X, y, context) => fitLightGbmClassifier(X, y, boostingOf(options, context)));
}

/** Makes a LightGBM candidate that predicts a number, such as spend. */
export function lightGbmRegressorCandidate(
  options: BoostedCandidateOptions<LightGbmRegressorOptions>,
): BoostedCandidate {
  requireKnownOptions("make a boosted candidate", options, boostedOptions);
  return tabularCandidate(options, (X, y, context) => fitLightGbmRegressor(X, y, boostingOf(options, context)));
}

function boostingOf<Options extends BoostingOptions>(
  { boosting }: BoostedCandidateOptions<Options>,
  { seed, threads, signal, onProgress }: FitContext,
) {
  return {
    ...(boosting as Omit<Options, Given>),
    seed,
    threads,
    signal,
    onRound: ({ round, nRounds }: { round: number; nRounds: number }) => onProgress(round / nRounds),
  };
}
