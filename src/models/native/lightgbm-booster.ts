import { type Floats, holding } from "./array-interface.js";
import { dataTypeOf } from "./lightgbm-dataset.js";
import type { LightGbmLibrary } from "./lightgbm-library.js";
import { NativeHandle } from "./native-handle.js";
import type { Out } from "./xgboost-library.js";

/** Kinds of predictions by LightGBM's numbers. */
const PREDICTION_TYPES = { value: 0, margin: 1, leaves: 2, contributions: 3 } as const;

/** A kind of LightGBM prediction. */
export type LightGbmPrediction = keyof typeof PREDICTION_TYPES;

/** LightGBM's model, with its functions as methods. */
export class LightGbmBooster {
  readonly #library: LightGbmLibrary;
  readonly #handle: NativeHandle;
  /** Settings of single-row predictions, by type of prediction and of array: making them costs more than using them. */
  readonly #singleRows = new Map<string, NativeHandle>();
  readonly #one = new Float64Array(1);

  private constructor(library: LightGbmLibrary, address: bigint) {
    this.#library = library;
    this.#handle = new NativeHandle("LightGBM model", address, library.functions.free);
  }

  /** Creates a model to train. Its data sets must stay open until it is closed. */
  static create(
    library: LightGbmLibrary,
    parameters: string,
    dataset: NativeHandle,
    validation: NativeHandle | undefined,
  ): LightGbmBooster {
    const { functions, check } = library;
    const out: Out<bigint> = [0n];
    check("create a LightGBM model", functions.create(dataset.address, parameters, out));
    const booster = new LightGbmBooster(library, out[0]);
    try {
      if (validation) {
        check("give LightGBM a validation set", functions.addValidation(booster.#handle.address, validation.address));
      }
      return booster;
    } catch (error) {
      booster.close();
      throw error;
    }
  }

  /** Loads a model from its text. */
  static load(library: LightGbmLibrary, model: string, { threads }: { threads: number }): LightGbmBooster {
    const out: Out<bigint> = [0n];
    library.prepareThreads(threads);
    library.check("load a LightGBM model", library.functions.loadFromString(model, [0], out));
    return new LightGbmBooster(library, out[0]);
  }

  /** Trains one round. */
  update(): void {
    const { functions, check } = this.#library;
    check("train a round of LightGBM", functions.updateOneIter(this.#handle.address, [0]));
  }

  /** Rounds that added trees; a round that found no split adds none. */
  get nRounds(): number {
    const { functions, check } = this.#library;
    const out: Out<number> = [0];
    check("count the rounds of a LightGBM model", functions.currentIteration(this.#handle.address, out));
    return out[0];
  }

  get nFeatures(): number {
    const { functions, check } = this.#library;
    const out: Out<number> = [0];
    check("count the columns of a LightGBM model", functions.nFeatures(this.#handle.address, out));
    return out[0];
  }

  /** Returns the metrics of the training set (0) or the validation set (1), in the order they were asked for. */
  evaluate(set: 0 | 1): Float64Array {
    const { functions, check } = this.#library;
    const count: Out<number> = [0];
    check("count LightGBM's metrics", functions.evalCounts(this.#handle.address, count));
    const values = new Float64Array(Math.max(1, count[0]));
    check("evaluate a round of LightGBM", functions.getEval(this.#handle.address, set, count, values));
    return values.subarray(0, count[0]);
  }

  /** Predicts rows without copying them, flat: `width` numbers per row. */
  predict(
    { data, nRows, nCols }: { data: Floats; nRows: number; nCols: number },
    type: LightGbmPrediction,
    { width, threads }: { width: number; threads: number },
  ): Float64Array {
    const { functions, check, prepareThreads } = this.#library;
    if (nRows === 1 && type !== "leaves" && type !== "contributions") return this.#predictRow(data, nCols, type);
    const result = new Float64Array(nRows * width);
    const parameters = `num_threads=${threads} verbosity=-1`;
    const { address } = this.#handle;
    const [dataType, kind] = [dataTypeOf(data), PREDICTION_TYPES[type]];
    prepareThreads(threads);
    const answer = holding([data, result], () =>
      functions.predictForMat(address, data, dataType, nRows, nCols, 1, kind, 0, -1, parameters, [0], result),
    );
    check("predict by a LightGBM model", answer);
    return result;
  }

  #predictRow(row: Floats, nCols: number, type: "value" | "margin"): Float64Array {
    const { functions, check } = this.#library;
    const { address } = this.#handle;
    const key = `${type} ${dataTypeOf(row)}`;
    let settings = this.#singleRows.get(key);
    if (!settings) {
      const out: Out<bigint> = [0n];
      const parameters = "num_threads=1 verbosity=-1";
      const kind = PREDICTION_TYPES[type];
      const answer = functions.singleRowInit(address, kind, 0, -1, dataTypeOf(row), nCols, parameters, out);
      check("predict by a LightGBM model", answer);
      settings = new NativeHandle("LightGBM prediction", out[0], functions.singleRowFree);
      this.#singleRows.set(key, settings);
    }
    check("predict by a LightGBM model", functions.singleRow(settings.address, row, [0], this.#one));
    return this.#one.slice();
  }

  /** Returns the model's text, of its first `nRounds` rounds or of all. */
  toText({ nRounds = -1 }: { nRounds?: number } = {}): string {
    const { functions, check } = this.#library;
    const length: Out<number> = [0];
    const save = (out: Uint8Array) => {
      const answer = functions.saveToString(this.#handle.address, 0, nRounds, 0, out.length, length, out);
      check("save a LightGBM model", answer);
    };
    save(new Uint8Array(1));
    const bytes = new Uint8Array(Number(length[0]));
    save(bytes);
    // C ends its texts with a zero. The number of threads is no property of the model; 0 is the library's default.
    return new TextDecoder().decode(bytes.subarray(0, -1)).replace(/^\[num_threads: \d+\]$/m, "[num_threads: 0]");
  }

  /** Returns one number per column: the number of its splits, or their total gain. */
  importance(type: "weight" | "total_gain"): Float64Array {
    const { functions, check } = this.#library;
    const values = new Float64Array(this.nFeatures);
    const kind = type === "weight" ? 0 : 1;
    check("measure the importance of columns", functions.importance(this.#handle.address, 0, kind, values));
    return values;
  }

  close(): void {
    for (const settings of this.#singleRows.values()) settings.close();
    this.#singleRows.clear();
    this.#handle.close();
  }
}
