import { setImmediate as yieldToOthers } from "node:timers/promises";
import { stopCheck } from "../stop-check.js";
import type { BoostingRound } from "./boosting-options.js";
import { categoricalColumns, requireCodes } from "./category-codes.js";
import { type DenseMatrix, requireFeatures, requireTable } from "./dense-matrix.js";
import type { LightGbmObjective } from "./lightgbm-objectives.js";
import type { LightGbmBooster, LightGbmPrediction } from "./native/lightgbm-booster.js";
import type { Contributions, FeatureImportance, FitFacts, Leaves } from "./xgboost-model.js";

/** What a fit or a file knows beside the model. */
export interface LightGbmFacts extends FitFacts {
  /** Names of the columns of category codes. */
  readonly categorical: readonly string[];
  readonly threads: number;
}

/** Rows that are explained between two yields to others. */
const CHUNK_ROWS = 1000;

/** What a classifier and a regressor of LightGBM have in common. It holds native memory: `close()` frees it. */
export abstract class LightGbmModel {
  readonly kind = "lightgbm";
  readonly objective: LightGbmObjective;
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
  /** What the fit allowed and is worth knowing. */
  readonly notices: readonly string[];
  readonly #booster: LightGbmBooster;
  readonly #threads: number;
  readonly #codes: readonly number[];

  constructor(
    booster: LightGbmBooster,
    featureNames: readonly string[],
    objective: LightGbmObjective,
    { history = [], bestScore, notices = [], categorical, threads }: LightGbmFacts,
  ) {
    this.#booster = booster;
    this.#threads = threads;
    this.objective = objective;
    this.featureNames = featureNames;
    this.categorical = categorical;
    this.#codes = categoricalColumns(featureNames, categorical);
    this.nRounds = booster.nRounds;
    this.history = history;
    this.bestScore = bestScore;
    this.notices = notices;
  }

  /** The sum of the trees per row, before the inverse link, shape (X.nRows,). */
  predictMargin(X: DenseMatrix): Float64Array {
    return this.predictAs("margin", X);
  }

  /** SHAP values on the scale of the margin, a part of the rows at a time. */
  async contributions(X: DenseMatrix, { signal }: { signal?: AbortSignal } = {}): Promise<Contributions> {
    this.#require(X);
    const { nRows, nCols } = X;
    const data = new Float64Array(nRows * nCols);
    const baseline = new Float64Array(nRows);
    const width = nCols + 1;
    const throwIfStopped = stopCheck(signal);
    for (let start = 0; start < nRows; start += CHUNK_ROWS) {
      throwIfStopped();
      const end = Math.min(start + CHUNK_ROWS, nRows);
      const chunk = { nRows: end - start, nCols, data: X.data.subarray(start * nCols, end * nCols) };
      const values = this.#booster.predict(chunk, "contributions", { width, threads: this.#threads });
      for (let i = start; i < end; ++i) {
        const row = (i - start) * width;
        data.set(values.subarray(row, row + nCols), i * nCols);
        baseline[i] = values[row + nCols];
      }
      await yieldToOthers();
    }
    return { nRows, nCols, data, columnNames: this.featureNames, baseline };
  }

  /** The leaf of each tree per row. */
  leaves(X: DenseMatrix): Leaves {
    const data = Int32Array.from(this.predictAs("leaves", X, this.nRounds));
    return { nRows: X.nRows, nTrees: this.nRounds, data };
  }

  /** Every column's importance, the most important first: mean or total gain of its splits, or their number. */
  importance(type: "gain" | "weight" | "total_gain" = "gain"): FeatureImportance[] {
    const splits = this.#booster.importance("weight");
    const gains = this.#booster.importance("total_gain");
    const importanceOf = (j: number) => {
      if (type === "weight") return splits[j];
      return type === "gain" ? gains[j] / Math.max(1, splits[j]) : gains[j];
    };
    return this.featureNames
      .map((feature, j) => ({ feature, importance: importanceOf(j) }))
      .sort((a, b) => b.importance - a.importance);
  }

  /** The model as Python's lightgbm saves it: text. */
  toBytes(): Uint8Array {
    return new TextEncoder().encode(this.#booster.toText());
  }

  /** The model as a value. `model` is the text of the file that `toBytes()` gives. */
  toJSON(): { readonly kind: "lightgbm"; readonly model: string } {
    return { kind: "lightgbm", model: this.#booster.toText() };
  }

  /** Frees the native memory; the model cannot be used after it. */
  close(): void {
    this.#booster.close();
  }

  [Symbol.dispose](): void {
    this.close();
  }

  protected predictAs(type: LightGbmPrediction, X: DenseMatrix, width = 1): Float64Array {
    this.#require(X);
    return this.#booster.predict(X, type, { width, threads: this.#threads });
  }

  #require(X: DenseMatrix): void {
    requireFeatures("predict by LightGBM", this.featureNames, X);
    requireTable("predict by LightGBM", X);
    requireCodes("predict by LightGBM", X, this.featureNames, this.#codes);
  }
}
