import { arrayInterface, copyBytes, copyFloats, copyTexts, type Floats, holding, sizeOf } from "./array-interface.js";
import { NativeHandle } from "./native-handle.js";
import type { Out, XGBoostLibrary } from "./xgboost-library.js";

/** Kinds of predictions by XGBoost's numbers. */
const PREDICTION_TYPES = { value: 0, margin: 1, contributions: 2, interactions: 4, leaves: 6 } as const;

/** A kind of XGBoost prediction. */
export type PredictionType = keyof typeof PREDICTION_TYPES;

/** Settings of a model from its own configuration. */
export interface BoosterConfig {
  /** For example "binary:logistic". */
  readonly objective: string;
  /** "gbtree", "dart" or "gblinear". */
  readonly booster: string;
}

/** XGBoost's model, with its functions as methods. */
export class XGBoostBooster {
  readonly #library: XGBoostLibrary;
  readonly #handle: NativeHandle;
  /** Stands for the rows of a prediction. The library would make one for every call, a quarter of a single row's time. */
  #proxy: NativeHandle | undefined;
  #threads = 1;
  #threadsNow = 0;

  private constructor(library: XGBoostLibrary, address: bigint) {
    this.#library = library;
    this.#handle = new NativeHandle("XGBoost model", address, library.functions.free);
  }

  /** Creates a model to train; its parameters are checked at once rather than in the first round. */
  static create(
    library: XGBoostLibrary,
    parameters: Iterable<readonly [string, string]>,
    matrices: readonly NativeHandle[],
  ): XGBoostBooster {
    const booster = XGBoostBooster.#empty(library, matrices);
    try {
      for (const [name, value] of parameters) booster.setParameter(name, value);
      booster.configText();
      return booster;
    } catch (error) {
      booster.close();
      throw error;
    }
  }

  /** Loads a saved model. */
  static load(library: XGBoostLibrary, bytes: Uint8Array, { threads }: { threads: number }): XGBoostBooster {
    const booster = XGBoostBooster.#empty(library, []);
    try {
      const { functions, check, prepareThreads } = library;
      prepareThreads(threads);
      check("load an XGBoost model", functions.loadFromBuffer(booster.#handle.address, bytes, bytes.length));
      booster.#threads = threads;
      booster.#useThreads(threads);
      return booster;
    } catch (error) {
      booster.close();
      throw error;
    }
  }

  static #empty(library: XGBoostLibrary, matrices: readonly NativeHandle[]): XGBoostBooster {
    const out: Out<bigint> = [0n];
    const addresses = BigUint64Array.from(matrices, (matrix) => matrix.address);
    library.check("create an XGBoost model", library.functions.create(addresses, addresses.length, out));
    return new XGBoostBooster(library, out[0]);
  }

  setParameter(name: string, value: string): void {
    const { functions, check } = this.#library;
    check(`set ${name} of an XGBoost model`, functions.setParam(this.#handle.address, name, value));
  }

  /** Marks the model with a text that is saved in it. */
  setAttribute(name: string, value: string): void {
    const { functions, check } = this.#library;
    check(`set ${name} of an XGBoost model`, functions.setAttribute(this.#handle.address, name, value));
  }

  /** Returns a text that the model is marked with. */
  attribute(name: string): string | undefined {
    const { functions, check } = this.#library;
    const [out, isThere]: [Out<string>, Out<number>] = [[""], [0]];
    check(`read ${name} of an XGBoost model`, functions.getAttribute(this.#handle.address, name, out, isThere));
    return isThere[0] ? out[0] : undefined;
  }

  /** Trains one round, counted from 0. */
  update(round: number, matrix: NativeHandle): void {
    const { functions, check } = this.#library;
    check("train a round of XGBoost", functions.updateOneIter(this.#handle.address, round, matrix.address));
  }

  /** Returns the metrics after a round, keyed "<name of the set>-<metric>", in the order they were asked for. */
  evaluate(round: number, sets: Readonly<Record<string, NativeHandle>>): Record<string, number> {
    const { functions, check } = this.#library;
    const names = Object.keys(sets);
    const addresses = BigUint64Array.from(Object.values(sets), (matrix) => matrix.address);
    const out: Out<string> = [""];
    const answer = functions.evalOneIter(this.#handle.address, round, addresses, names, names.length, out);
    check("evaluate a round of XGBoost", answer);
    // "[3]\ttrain-logloss:0.41\tvalidation-logloss:0.44"
    const metrics = out[0].split("\t").slice(1);
    return Object.fromEntries(
      metrics.map((text) => {
        const colon = text.lastIndexOf(":");
        return [text.slice(0, colon), numberOf(text.slice(colon + 1))];
      }),
    );
  }

  /** Predicts rows without copying them, one number per row. */
  predictRows(data: Floats, nRows: number, nCols: number, type: "value" | "margin"): Float32Array {
    const { functions, check, prepareThreads } = this.#library;
    const [shape, dimension, result]: [Out<bigint>, Out<number>, Out<bigint>] = [[0n], [0], [0n]];
    const rows = arrayInterface(data, nRows, nCols);
    const config = IN_PLACE[type];
    // A thread takes at least a block of rows: for fewer, waking others only costs.
    const threads = nRows <= BLOCK_ROWS ? 1 : this.#threads;
    if (threads > 1) prepareThreads(threads);
    this.#useThreads(threads);
    return holding([data], () => {
      const { address } = this.#handle;
      const answer = functions.predictFromDense(address, rows, config, this.#rows(), shape, dimension, result);
      check("predict by an XGBoost model", answer);
      return copyFloats(result[0], nRows);
    });
  }

  #useThreads(threads: number): void {
    if (threads === this.#threadsNow) return;
    this.setParameter("nthread", String(threads));
    this.#threadsNow = threads;
  }

  #rows(): bigint {
    if (!this.#proxy) {
      const { functions, check } = this.#library;
      const out: Out<bigint> = [0n];
      check("predict by an XGBoost model", functions.proxyCreate(out));
      this.#proxy = new NativeHandle("XGBoost prediction", out[0], functions.matrixFree);
    }
    return this.#proxy.address;
  }

  /** Predicts a matrix of XGBoost, flat; the shape follows from the type. */
  predictMatrix(matrix: NativeHandle, type: PredictionType): Float32Array {
    const { functions, check } = this.#library;
    const [shape, dimension, result]: [Out<bigint>, Out<number>, Out<bigint>] = [[0n], [0], [0n]];
    const config = predictionConfig(type);
    this.#useThreads(this.#threads);
    const { address } = this.#handle;
    const answer = functions.predictFromMatrix(address, matrix.address, config, shape, dimension, result);
    check("predict by an XGBoost model", answer);
    return copyFloats(result[0], sizeOf(shape[0], dimension[0]));
  }

  toBytes(format: "ubj" | "json"): Uint8Array {
    const { functions, check } = this.#library;
    const [length, out]: [Out<number>, Out<bigint>] = [[0], [0n]];
    const config = JSON.stringify({ format });
    check("save an XGBoost model", functions.saveToBuffer(this.#handle.address, config, length, out));
    return copyBytes(out[0], Number(length[0]));
  }

  /** Returns a model of the first `nRounds` rounds. */
  firstRounds(nRounds: number): XGBoostBooster {
    const { functions, check } = this.#library;
    const out: Out<bigint> = [0n];
    check("shorten an XGBoost model", functions.slice(this.#handle.address, 0, nRounds, 1, out));
    return new XGBoostBooster(this.#library, out[0]);
  }

  get nRounds(): number {
    const { functions, check } = this.#library;
    const out: Out<number> = [0];
    check("count the rounds of an XGBoost model", functions.boostedRounds(this.#handle.address, out));
    return out[0];
  }

  get nFeatures(): number {
    const { functions, check } = this.#library;
    const out: Out<number> = [0];
    check("count the columns of an XGBoost model", functions.nFeatures(this.#handle.address, out));
    return Number(out[0]);
  }

  /** Returns one text per column, or none if the model has none. */
  columnTexts(field: "feature_name" | "feature_type"): string[] {
    const { functions, check } = this.#library;
    const [length, out]: [Out<number>, Out<bigint>] = [[0], [0n]];
    check(`read ${field} of an XGBoost model`, functions.getTexts(this.#handle.address, field, length, out));
    return copyTexts(out[0], Number(length[0]));
  }

  /** Sets texts of the columns that are saved with the model, unlike those of the training matrix. */
  setColumnTexts(field: "feature_name" | "feature_type", texts: readonly string[]): void {
    const { functions, check } = this.#library;
    const answer = functions.setTexts(this.#handle.address, field, texts, texts.length);
    check(`set ${field} of an XGBoost model`, answer);
  }

  /** Returns the score of each column that the model uses. */
  featureScores(type: string): Map<string, number> {
    const { functions, check } = this.#library;
    const [nFeatures, features]: [Out<number>, Out<bigint>] = [[0], [0n]];
    const [dimension, shape, scores]: [Out<number>, Out<bigint>, Out<bigint>] = [[0], [0n], [0n]];
    const config = JSON.stringify({ importance_type: type });
    const { address } = this.#handle;
    const answer = functions.featureScore(address, config, nFeatures, features, dimension, shape, scores);
    check("measure the importance of columns", answer);
    const names = copyTexts(features[0], Number(nFeatures[0]));
    const values = copyFloats(scores[0], names.length);
    return new Map(names.map((name, j) => [name, values[j]]));
  }

  get config(): BoosterConfig {
    const { learner } = JSON.parse(this.configText()) as {
      learner: { objective: { name: string }; gradient_booster: { name: string } };
    };
    return { objective: learner.objective.name, booster: learner.gradient_booster.name };
  }

  /** Returns the configuration; reading it makes XGBoost apply its parameters. */
  configText(): string {
    const { functions, check } = this.#library;
    const [length, out]: [Out<number>, Out<string>] = [[0], [""]];
    check("configure an XGBoost model", functions.saveConfig(this.#handle.address, length, out));
    return out[0];
  }

  close(): void {
    this.#proxy?.close();
    this.#handle.close();
  }
}

/** Rows that XGBoost predicts at once in one thread. */
const BLOCK_ROWS = 64;

function predictionConfig(type: PredictionType): string {
  const range = '"training":false,"iteration_begin":0,"iteration_end":0,"strict_shape":false';
  return `{"type":${PREDICTION_TYPES[type]},${range},"missing":NaN,"cache_id":0}`;
}

const IN_PLACE = { value: predictionConfig("value"), margin: predictionConfig("margin") } as const;

/** Parses a number as C prints it, with "nan", "-nan" and "inf". */
function numberOf(text: string): number {
  const value = Number(text);
  return Number.isNaN(value) && /^-?inf/.test(text)
    ? Number.POSITIVE_INFINITY * (text.startsWith("-") ? -1 : 1)
    : value;
}
