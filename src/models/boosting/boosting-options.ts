import type { OptionNames } from "../../errors.js";
import type { DenseMatrix } from "./dense-matrix.js";

/** Loss of a regression. The labels of "poisson" and "tweedie" are at least 0, those of "gamma" above it. */
export type RegressionObjective = "squared-error" | "poisson" | "tweedie" | "gamma" | "squared-log-error";

/** Rows that only judge a model while it is trained. */
export interface ValidationSet {
  readonly X: DenseMatrix;
  readonly y: ArrayLike<number>;
  /** Weight per row in the metrics, at least 0; defaults to 1 each. */
  readonly sampleWeight?: ArrayLike<number> | undefined;
  /** As that of the training rows: needed if they have one, refused if they have none. */
  readonly baseMargin?: ArrayLike<number> | undefined;
}

/** The metrics after a round of boosting. */
export interface BoostingRound {
  /** Counted from 1. */
  readonly round: number;
  /** Rounds that there will be, unless training stops early. */
  readonly nRounds: number;
  /** By name: the set, a hyphen, and the library's name of the metric, for example "validation-logloss". */
  readonly metrics: Readonly<Record<string, number>>;
  /** True of the round after which training ends, also if it stops early. */
  readonly isLast: boolean;
}

/** Threads of a fit or a prediction by default. */
export const DEFAULT_THREADS = 2;

/** Options of every boosted model. */
export interface BoostingOptions {
  /** Seeds row and column sampling, a whole number from 0 to 2³¹ − 1. Required: an unseeded model cannot be reproduced. */
  readonly seed: number;
  /** Boosting rounds; defaults to 200. */
  readonly nRounds?: number | undefined;
  /** Shrinkage per round, in (0, 1]; defaults to 0.1. */
  readonly learningRate?: number | undefined;
  /** Share of the rows that each round sees, in (0, 1]; defaults to 1. */
  readonly subsample?: number | undefined;
  /** Share of the columns that each tree sees, in (0, 1]; defaults to 1. */
  readonly columnSample?: number | undefined;
  /** Weight per row, at least 0; defaults to 1 each. */
  readonly sampleWeight?: ArrayLike<number> | undefined;
  /**
   * Columns whose cells are category codes (0, 1, 2, … or NaN), by name; defaults to none. Predictions take codes that
   * training has not seen, and refuse cells that are no codes.
   */
  readonly categorical?: readonly string[] | undefined;
  /** Columns that predictions may only rise (1) or only fall (-1) with, by name; defaults to none. */
  readonly monotone?: Readonly<Record<string, -1 | 0 | 1>> | undefined;
  /** Rows to judge each round by; needed to stop early. */
  readonly validation?: ValidationSet | undefined;
  /** The library's names of metrics; early stopping follows the last one. Defaults to the objective's own. */
  readonly metrics?: readonly string[] | undefined;
  /** Stops after so many rounds without a better validation metric, and keeps the best; defaults to never. */
  readonly earlyStoppingRounds?: number | undefined;
  /** Called with the metrics after every round. */
  readonly onRound?: ((round: BoostingRound) => void) | undefined;
  /** Ends the fit between two rounds. */
  readonly signal?: AbortSignal | undefined;
  /** Threads of one round; the bytes of the model do not depend on it. Defaults to 2. */
  readonly threads?: number | undefined;
  /** Path of the native library; defaults to the environment's, then to that in `.venv`. */
  readonly library?: string | undefined;
  /** Any further parameter in the library's own words, for example `{ lambda: 2 }`; an unknown one is refused. */
  readonly parameters?: Readonly<Record<string, string | number | boolean>> | undefined;
}

/** The names of {@link BoostingOptions}. */
export const boostingOptions: OptionNames<BoostingOptions> = {
  seed: true,
  nRounds: true,
  learningRate: true,
  subsample: true,
  columnSample: true,
  sampleWeight: true,
  categorical: true,
  monotone: true,
  validation: true,
  metrics: true,
  earlyStoppingRounds: true,
  onRound: true,
  signal: true,
  threads: true,
  library: true,
  parameters: true,
};
