import {
  BoostedModel,
  type Explainer,
  type FeatureImportance,
  type FitFacts,
  type Leaves,
} from "../boosting/boosted-model.js";
import type { DenseMatrix } from "../boosting/dense-matrix.js";
import type { LightGbmBooster, LightGbmPrediction } from "../native/lightgbm-booster.js";
import type { LightGbmObjective } from "./lightgbm-objectives.js";

/** Properties of a model from its fit or its file. */
export interface LightGbmFacts extends FitFacts {
  /** Names of the columns of category codes. */
  readonly categorical: readonly string[];
  readonly threads: number;
}

/** Rows that are explained between two yields to others. */
const CHUNK_ROWS = 1000;

/** Base of the LightGBM models. It holds native memory; `close()` frees it. */
export abstract class LightGbmModel extends BoostedModel {
  readonly kind = "lightgbm";
  readonly objective: LightGbmObjective;
  readonly #booster: LightGbmBooster;
  readonly #threads: number;

  constructor(
    booster: LightGbmBooster,
    featureNames: readonly string[],
    objective: LightGbmObjective,
    { threads, ...facts }: LightGbmFacts,
  ) {
    super({ ...facts, library: "LightGBM", featureNames, nRounds: booster.nRounds });
    this.objective = objective;
    this.#booster = booster;
    this.#threads = threads;
  }

  /** Returns the sum of the trees per row, before the inverse link, shape (X.nRows,). */
  predictMargin(X: DenseMatrix): Float64Array {
    return this.predictAs("margin", X);
  }

  protected get explainer(): Explainer {
    const threads = this.#threads;
    const contributions = (chunk: DenseMatrix) =>
      this.#booster.predict(chunk, "contributions", { width: chunk.nCols + 1, threads });
    return { chunkRows: CHUNK_ROWS, contributions };
  }

  /** Returns the leaf of each tree per row. */
  leaves(X: DenseMatrix): Leaves {
    const data = Int32Array.from(this.predictAs("leaves", X, this.nRounds));
    return { nRows: X.nRows, nTrees: this.nRounds, data };
  }

  /** Returns every column's importance, the most important first: mean or total gain of its splits, or their number. */
  importance(type: "gain" | "weight" | "total_gain" = "gain"): FeatureImportance[] {
    const splits = this.#booster.importance("weight");
    const gains = this.#booster.importance("total_gain");
    return this.ranked((_, j) => {
      if (type === "weight") return splits[j];
      return type === "gain" ? gains[j] / Math.max(1, splits[j]) : gains[j];
    });
  }

  /** Returns the model as Python's lightgbm saves it: text. */
  toBytes(): Uint8Array {
    return new TextEncoder().encode(this.#booster.toText());
  }

  /** Returns the model as a value. `model` is the text of the file that `toBytes()` gives. */
  toJSON(): { readonly kind: "lightgbm"; readonly model: string } {
    return { kind: "lightgbm", model: this.#booster.toText() };
  }

  close(): void {
    this.#booster.close();
  }

  protected predictAs(type: LightGbmPrediction, X: DenseMatrix, width = 1): Float64Array {
    this.requireColumns(X);
    return this.#booster.predict(X, type, { width, threads: this.#threads });
  }
}
