import { setImmediate as yieldToOthers } from "node:timers/promises";
import { requireKnownOptions } from "../../errors.js";
import type { Matrix } from "../../matrix/index.js";
import { abortCheck } from "../../progress/index.js";
import { type Card, cardText, INSPECT, listedNames } from "../../table/index.js";
import type { BoostingRound } from "./boosting-options.js";
import { categoricalColumns, requireCodes } from "./category-codes.js";
import { type DenseMatrix, requireFeatures, requireTable } from "./dense-matrix.js";

/** One column's importance. */
export interface FeatureImportance {
  readonly feature: string;
  /** 0 for a column that no tree uses. */
  readonly importance: number;
}

/** SHAP values: what each column adds to a row's margin. Row i sums, with `baseline[i]`, to its margin. */
export interface Contributions extends Matrix {
  /** The margin before any column is known, shape (nRows,). */
  readonly baseline: Float64Array;
}

/** The leaf of each tree that a row falls into. */
export interface Leaves {
  readonly nRows: number;
  readonly nTrees: number;
  /** Node numbers, shape (nRows × nTrees). */
  readonly data: Int32Array;
}

/** Results of a fit besides the model. */
export interface FitFacts {
  readonly history?: readonly BoostingRound[];
  readonly bestScore?: number | undefined;
  readonly notices?: readonly string[];
  /** Rows and settings of the fit, for the card; none for a loaded model. */
  readonly trained?: TrainingFacts;
}

/** Rows and settings of a fit, by name. */
export type TrainingFacts = Readonly<Record<"rows" | "seed", number>> & Card["facts"];

/** Properties of a model of either library. */
export interface BoostedFacts extends FitFacts {
  /** Name of the library in messages. */
  readonly library: string;
  readonly featureNames: readonly string[];
  readonly categorical: readonly string[];
  readonly nRounds: number;
}

/** Values that a library returns for some rows, flat. */
type RowValues = ArrayLike<number> & { subarray(start: number, end: number): ArrayLike<number> };

/** SHAP values of a library. */
export interface Explainer {
  /** Rows that are explained between two yields to others. */
  readonly chunkRows: number;
  /** Contributions and baseline of each row, `nCols` + 1 numbers. */
  readonly contributions: (chunk: DenseMatrix) => RowValues;
}

/** Options of an explanation. */
interface ExplainOptions {
  /** Rows between two yields to others. */
  readonly chunkRows: number;
  readonly signal: AbortSignal | undefined;
  /** Explains some of the rows. */
  readonly ask: (chunk: DenseMatrix) => RowValues;
  /** Numbers per row of the explanation. */
  readonly width: number;
}

/** Boosted trees of either library. They hold native memory; `close()` frees it. */
export abstract class BoostedModel {
  /** Column names, in the order that predictions expect. */
  readonly featureNames: readonly string[];
  /**
   * Those whose cells are category codes. A code that training has not seen is on the side of the categories that a
   * split does not name.
   */
  readonly categorical: readonly string[];
  /** Rounds that the model keeps: up to the best one, where training watched for it. */
  readonly nRounds: number;
  /** The metrics per round of the fit; empty for a loaded model, or where nobody asked. */
  readonly history: readonly BoostingRound[];
  /** The metric that early stopping watched, at the round it kept. */
  readonly bestScore: number | undefined;
  /** Notices of the fit, for example constant columns. */
  readonly notices: readonly string[];
  readonly #action: string;
  readonly #codes: readonly number[];
  readonly #title: string;
  readonly #trained: TrainingFacts | undefined;

  constructor({ library, featureNames, categorical, nRounds, trained, ...facts }: BoostedFacts) {
    const { history = [], bestScore, notices = [] } = facts;
    this.#title = library;
    this.#trained = trained;
    this.#action = `predict by ${library}`;
    this.featureNames = featureNames;
    this.categorical = categorical;
    this.#codes = categoricalColumns(featureNames, categorical);
    this.nRounds = nRounds;
    this.history = history;
    this.bestScore = bestScore;
    this.notices = notices;
  }

  /** Name of what the fit minimized. */
  abstract readonly objective: string;

  /** Frees the native memory; the model cannot be used after it. */
  abstract close(): void;

  /** Returns the card that the console shows. */
  [INSPECT](): string {
    const { featureNames, categorical, nRounds, bestScore, notices, objective } = this;
    const { rows, ...settings } = this.#trained ?? {};
    const origin = rows === undefined ? "loaded" : `fitted to ${rows} rows`;
    return cardText({
      title: `${this.#title} model of ${featureNames.length} features, ${origin}`,
      facts: {
        objective,
        rounds: nRounds,
        "best score": bestScore,
        ...settings,
        features: listedNames(featureNames),
        categorical: categorical.length ? listedNames(categorical) : undefined,
        notices: notices.length ? notices.join("; ") : undefined,
      },
    });
  }

  [Symbol.dispose](): void {
    this.close();
  }

  /** Explains rows by this model's library. */
  protected abstract get explainer(): Explainer;

  /** Computes SHAP values on the scale of the margin, some rows at a time. */
  async contributions(X: DenseMatrix, options: { signal?: AbortSignal } = {}): Promise<Contributions> {
    requireKnownOptions(this.#action, options, { signal: true });
    const { chunkRows, contributions: ask } = this.explainer;
    const { nRows, nCols } = X;
    const data = new Float64Array(nRows * nCols);
    const baseline = new Float64Array(nRows);
    await this.explain(X, { chunkRows, signal: options.signal, ask, width: nCols + 1 }, (values, i) => {
      for (let j = 0; j < nCols; ++j) data[i * nCols + j] = values[j];
      baseline[i] = values[nCols];
    });
    return { nRows, nCols, data, columnNames: this.featureNames, baseline };
  }

  /** Throws unless the columns are those that the model was trained on. */
  protected requireColumns(X: DenseMatrix): void {
    requireFeatures(this.#action, this.featureNames, X);
    requireTable(this.#action, X);
    requireCodes(this.#action, X, this.featureNames, this.#codes);
  }

  /** Returns every column's importance by its score, the most important first. */
  protected ranked(scoreOf: (feature: string, j: number) => number): FeatureImportance[] {
    return this.featureNames
      .map((feature, j) => ({ feature, importance: scoreOf(feature, j) }))
      .sort((a, b) => b.importance - a.importance);
  }

  /** Explains each row, some rows at a time. */
  protected async explain(
    X: DenseMatrix,
    { chunkRows, signal, ask, width }: ExplainOptions,
    write: (values: ArrayLike<number>, row: number) => void,
  ): Promise<void> {
    this.requireColumns(X);
    const { nRows, nCols, data } = X;
    const throwIfStopped = abortCheck(signal);
    for (let start = 0; start < nRows; start += chunkRows) {
      throwIfStopped();
      const end = Math.min(start + chunkRows, nRows);
      const values = ask({ nRows: end - start, nCols, data: data.subarray(start * nCols, end * nCols) });
      for (let row = start; row < end; ++row) {
        write(values.subarray((row - start) * width, (row - start + 1) * width), row);
      }
      await yieldToOthers();
    }
  }
}
