import { requireKnownOptions } from "../../errors.js";
import {
  BoostedModel,
  type Explainer,
  type FeatureImportance,
  type FitFacts,
  type Leaves,
} from "../boosting/boosted-model.js";
import type { DenseMatrix } from "../boosting/dense-matrix.js";
import type { PredictionType, XGBoostBooster } from "../native/xgboost-booster.js";
import type { XGBoostLibrary } from "../native/xgboost-library.js";
import { createXGBoostMatrix } from "../native/xgboost-matrix.js";
import type { XGBoostObjective } from "./xgboost-objectives.js";

/** Measure of a column's importance: mean or total gain or cover of its splits, or their number ("weight"). */
export type ImportanceType = "gain" | "weight" | "cover" | "total_gain" | "total_cover";

/** SHAP interaction values, symmetric per row; a row's sums over the last axis are its contributions. */
export interface Interactions {
  readonly nRows: number;
  readonly columnNames: readonly string[];
  /** Shape (nRows × nCols × nCols). */
  readonly data: Float64Array;
  /** As that of the contributions, shape (nRows,). */
  readonly baseline: Float64Array;
}

/** Option of predictions that start from a known margin. */
export interface BaseMarginOption {
  /** Shape (X.nRows,); defaults to the model's own intercept. */
  baseMargin?: ArrayLike<number> | undefined;
}

const ACTION = "predict by XGBoost";

/** Rows that are explained between two yields to others: SHAP values are slow. */
const CHUNK_ROWS = 500;

/** Base of the XGBoost models. It holds native memory; `close()` frees it. */
export abstract class XGBoostModel extends BoostedModel {
  readonly kind = "xgboost";
  readonly objective: XGBoostObjective;
  readonly #library: XGBoostLibrary;
  readonly #booster: XGBoostBooster;
  readonly #threads: number;

  constructor(
    library: XGBoostLibrary,
    booster: XGBoostBooster,
    objective: XGBoostObjective,
    { threads, ...facts }: FitFacts & { threads: number },
  ) {
    const names = booster.columnTexts("feature_name");
    const types = booster.columnTexts("feature_type");
    const featureNames = names.length ? names : Array.from({ length: booster.nFeatures }, (_, j) => `f${j}`);
    const categorical = featureNames.filter((_, j) => types[j] === "c");
    super({ ...facts, library: "XGBoost", featureNames, categorical, nRounds: booster.nRounds });
    this.#library = library;
    this.#booster = booster;
    this.#threads = threads;
    this.objective = objective;
  }

  /**
   * Returns the sum of the trees per row, before the inverse link, shape (X.nRows,).
   *
   * @param options.baseMargin What the sum starts from per row; defaults to the model's own intercept.
   */
  predictMargin(X: DenseMatrix, options: BaseMarginOption = {}): Float64Array {
    return this.predictAs("margin", X, options);
  }

  protected get explainer(): Explainer {
    return { chunkRows: CHUNK_ROWS, contributions: (chunk) => this.#predictMatrix("contributions", chunk) };
  }

  /** Computes SHAP interaction values on the scale of the margin, some rows at a time. */
  async interactions(X: DenseMatrix, options: { signal?: AbortSignal } = {}): Promise<Interactions> {
    requireKnownOptions(ACTION, options, { signal: true });
    const { signal } = options;
    const { nRows, nCols } = X;
    const data = new Float64Array(nRows * nCols * nCols);
    const baseline = new Float64Array(nRows);
    const side = nCols + 1;
    const ask = (chunk: DenseMatrix) => this.#predictMatrix("interactions", chunk);
    await this.explain(X, { chunkRows: CHUNK_ROWS, signal, ask, width: side * side }, (values, i) => {
      for (let a = 0; a < nCols; ++a) {
        for (let b = 0; b < nCols; ++b) data[(i * nCols + a) * nCols + b] = values[a * side + b];
      }
      baseline[i] = values[side * side - 1];
    });
    return { nRows, columnNames: this.featureNames, data, baseline };
  }

  /** Returns the leaf of each tree per row. */
  leaves(X: DenseMatrix): Leaves {
    this.requireColumns(X);
    const data = Int32Array.from(this.#predictMatrix("leaves", X));
    return { nRows: X.nRows, nTrees: data.length / X.nRows, data };
  }

  /** Returns every column's importance, the most important first. */
  importance(type: ImportanceType = "gain"): FeatureImportance[] {
    const scores = this.#booster.featureScores(type);
    return this.ranked((feature) => scores.get(feature) ?? 0);
  }

  /** Returns the model as Python's xgboost saves it: UBJSON, or JSON text. */
  toBytes(options: { format?: "ubj" | "json" } = {}): Uint8Array {
    requireKnownOptions("save by XGBoost", options, { format: true });
    const { format = "ubj" } = options;
    return this.#booster.toBytes(format);
  }

  /** Returns the model as a value. `model` is the text of the file that `toBytes({ format: "json" })` gives. */
  toJSON(): { readonly kind: "xgboost"; readonly model: string } {
    // As text, because XGBoost refuses a 0 where it wrote 0.0, and JavaScript writes no other.
    return { kind: "xgboost", model: new TextDecoder().decode(this.toBytes({ format: "json" })) };
  }

  close(): void {
    this.#booster.close();
  }

  /** Predicts one number per row. Without a base margin the rows are not copied. */
  protected predictAs(type: "value" | "margin", X: DenseMatrix, options: BaseMarginOption): Float64Array {
    requireKnownOptions(ACTION, options, { baseMargin: true });
    const { baseMargin } = options;
    this.requireColumns(X);
    if (!baseMargin) return new Float64Array(this.#booster.predictRows(X.data, X.nRows, X.nCols, type));
    if (baseMargin.length !== X.nRows) {
      throw new RangeError(
        `Cannot ${ACTION}: lengths differ, baseMargin has ${baseMargin.length} and X has ${X.nRows} rows; pass one margin per row`,
      );
    }
    return new Float64Array(this.#predictMatrix(type, X, baseMargin));
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
}
