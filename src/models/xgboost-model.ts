import { setImmediate as yieldToOthers } from "node:timers/promises";
import type { Matrix } from "../matrix.js";
import { stopCheck } from "../stop-check.js";
import type { BoostingRound } from "./boosting-options.js";
import { categoricalColumns, requireCodes } from "./category-codes.js";
import { type DenseMatrix, requireFeatures, requireTable } from "./dense-matrix.js";
import type { PredictionType, XGBoostBooster } from "./native/xgboost-booster.js";
import type { XGBoostLibrary } from "./native/xgboost-library.js";
import { createXGBoostMatrix } from "./native/xgboost-matrix.js";
import type { XGBoostObjective } from "./xgboost-objectives.js";

/** How the importance of a column is counted: mean or total loss reduction or rows of its splits, or their number. */
export type ImportanceType = "gain" | "weight" | "cover" | "total_gain" | "total_cover";

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

/** SHAP interaction values, symmetric per row; a row's sums over the last axis are its contributions. */
export interface Interactions {
  readonly nRows: number;
  readonly columnNames: readonly string[];
  /** Shape (nRows × nCols × nCols). */
  readonly data: Float64Array;
  /** As that of the contributions, shape (nRows,). */
  readonly baseline: Float64Array;
}

/** The leaf of each tree that a row falls into. */
export interface Leaves {
  readonly nRows: number;
  readonly nTrees: number;
  /** Node numbers, shape (nRows × nTrees). */
  readonly data: Int32Array;
}

/** What a fit knows beside the model. */
export interface FitFacts {
  readonly history?: readonly BoostingRound[];
  readonly bestScore?: number | undefined;
  readonly notices?: readonly string[];
}

/** Rows that are explained between two yields to others: SHAP values are slow. */
const CHUNK_ROWS = 500;

/** What a classifier and a regressor of XGBoost have in common. It holds native memory: `close()` frees it. */
export abstract class XGBoostModel {
  readonly kind = "xgboost";
  readonly objective: XGBoostObjective;
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
  readonly #library: XGBoostLibrary;
  readonly #booster: XGBoostBooster;
  readonly #threads: number;
  readonly #codes: readonly number[];

  constructor(
    library: XGBoostLibrary,
    booster: XGBoostBooster,
    objective: XGBoostObjective,
    { history = [], bestScore, notices = [], threads }: FitFacts & { threads: number },
  ) {
    const names = booster.columnTexts("feature_name");
    const types = booster.columnTexts("feature_type");
    this.#library = library;
    this.#booster = booster;
    this.#threads = threads;
    this.objective = objective;
    this.featureNames = names.length ? names : Array.from({ length: booster.nFeatures }, (_, j) => `f${j}`);
    this.categorical = this.featureNames.filter((_, j) => types[j] === "c");
    this.#codes = categoricalColumns(this.featureNames, this.categorical);
    this.nRounds = booster.nRounds;
    this.history = history;
    this.bestScore = bestScore;
    this.notices = notices;
  }

  /**
   * The sum of the trees per row, before the inverse link, shape (X.nRows,).
   *
   * @param options.baseMargin What the sum starts from per row; defaults to the model's own intercept.
   */
  predictMargin(X: DenseMatrix, { baseMargin }: { baseMargin?: ArrayLike<number> | undefined } = {}): Float64Array {
    return this.predictAs("margin", X, baseMargin);
  }

  /** SHAP values on the scale of the margin, a part of the rows at a time. */
  async contributions(X: DenseMatrix, { signal }: { signal?: AbortSignal } = {}): Promise<Contributions> {
    const { nRows, nCols } = X;
    const data = new Float64Array(nRows * nCols);
    const baseline = new Float64Array(nRows);
    await this.#explain("contributions", X, signal, (values, row, i) => {
      data.set(values.subarray(row * (nCols + 1), row * (nCols + 1) + nCols), i * nCols);
      baseline[i] = values[row * (nCols + 1) + nCols];
    });
    return { nRows, nCols, data, columnNames: this.featureNames, baseline };
  }

  /** SHAP interaction values on the scale of the margin, a part of the rows at a time. */
  async interactions(X: DenseMatrix, { signal }: { signal?: AbortSignal } = {}): Promise<Interactions> {
    const { nRows, nCols } = X;
    const data = new Float64Array(nRows * nCols * nCols);
    const baseline = new Float64Array(nRows);
    const width = nCols + 1;
    await this.#explain("interactions", X, signal, (values, row, i) => {
      for (let a = 0; a < nCols; ++a) {
        const start = (row * width + a) * width;
        data.set(values.subarray(start, start + nCols), (i * nCols + a) * nCols);
      }
      baseline[i] = values[(row + 1) * width * width - 1];
    });
    return { nRows, columnNames: this.featureNames, data, baseline };
  }

  /** The leaf of each tree per row. */
  leaves(X: DenseMatrix): Leaves {
    this.#require(X);
    const data = Int32Array.from(this.#predictMatrix("leaves", X));
    return { nRows: X.nRows, nTrees: data.length / X.nRows, data };
  }

  /** Every column's importance, the most important first. */
  importance(type: ImportanceType = "gain"): FeatureImportance[] {
    const scores = this.#booster.featureScores(type);
    return this.featureNames
      .map((feature) => ({ feature, importance: scores.get(feature) ?? 0 }))
      .sort((a, b) => b.importance - a.importance);
  }

  /** The model as Python's xgboost saves it: UBJSON, or JSON text. */
  toBytes({ format = "ubj" }: { format?: "ubj" | "json" } = {}): Uint8Array {
    return this.#booster.toBytes(format);
  }

  /** The model as a value. `model` is the text of the file that `toBytes({ format: "json" })` gives. */
  toJSON(): { readonly kind: "xgboost"; readonly model: string } {
    // As text, because XGBoost refuses a 0 where it wrote 0.0, and JavaScript writes no other.
    return { kind: "xgboost", model: new TextDecoder().decode(this.toBytes({ format: "json" })) };
  }

  /** Frees the native memory; the model cannot be used after it. */
  close(): void {
    this.#booster.close();
  }

  [Symbol.dispose](): void {
    this.close();
  }

  /** One number per row. Without a base margin the rows are read where they lie. */
  protected predictAs(type: "value" | "margin", X: DenseMatrix, baseMargin?: ArrayLike<number>): Float64Array {
    this.#require(X);
    if (!baseMargin) return new Float64Array(this.#booster.predictRows(X.data, X.nRows, X.nCols, type));
    if (baseMargin.length !== X.nRows) {
      throw new RangeError(
        `Cannot predict by XGBoost: lengths differ, baseMargin has ${baseMargin.length} and X has ${X.nRows} rows`,
      );
    }
    return new Float64Array(this.#predictMatrix(type, X, baseMargin));
  }

  #require(X: DenseMatrix): void {
    requireFeatures("predict by XGBoost", this.featureNames, X);
    requireTable("predict by XGBoost", X);
    requireCodes("predict by XGBoost", X, this.featureNames, this.#codes);
  }

  #predictMatrix(type: PredictionType, X: DenseMatrix, baseMargin?: ArrayLike<number>): Float32Array {
    const content = { ...X, baseMargin: baseMargin && Float64Array.from(baseMargin), featureTypes: this.#types() };
    const matrix = createXGBoostMatrix(this.#library, content, { threads: this.#threads });
    try {
      return this.#booster.predictMatrix(matrix, type);
    } finally {
      matrix.close();
    }
  }

  #types(): string[] | undefined {
    if (!this.categorical.length) return undefined;
    return this.featureNames.map((name) => (this.categorical.includes(name) ? "c" : "float"));
  }

  async #explain(
    type: "contributions" | "interactions",
    X: DenseMatrix,
    signal: AbortSignal | undefined,
    write: (values: Float32Array, row: number, i: number) => void,
  ): Promise<void> {
    this.#require(X);
    const { nRows, nCols, data } = X;
    const throwIfStopped = stopCheck(signal);
    for (let start = 0; start < nRows; start += CHUNK_ROWS) {
      throwIfStopped();
      const end = Math.min(start + CHUNK_ROWS, nRows);
      const chunk = { nRows: end - start, nCols, data: data.subarray(start * nCols, end * nCols) };
      const values = this.#predictMatrix(type, chunk);
      for (let i = start; i < end; ++i) write(values, i - start, i);
      await yieldToOthers();
    }
  }
}
