import type { Environment } from "../../storage/index.js";
import { limitedThreads } from "./limited-threads.js";
import { INSTALL, xgboostDescription } from "./locate-library.js";
import { NativeLibraryError } from "./native-library-error.js";
import { type Declare, openLibrary } from "./open-library.js";

/** Output of a C function through a pointer: koffi fills the array's one element. */
export type Out<T> = [T];

/** XGBoost's C functions, as far as we need them; each gives 0, or -1 and a text in `lastError`. */
export interface XGBoostFunctions {
  readonly lastError: () => string;
  readonly matrixFromDense: (data: string, config: string, out: Out<bigint>) => number;
  readonly matrixSetInfo: (matrix: bigint, field: string, data: string) => number;
  readonly matrixSetTexts: (matrix: bigint, field: string, texts: readonly string[], length: number) => number;
  readonly matrixFree: (matrix: bigint) => number;
  readonly proxyCreate: (out: Out<bigint>) => number;
  readonly create: (matrices: BigUint64Array, length: number, out: Out<bigint>) => number;
  readonly free: (booster: bigint) => number;
  readonly setParam: (booster: bigint, name: string, value: string) => number;
  readonly updateOneIter: (booster: bigint, round: number, matrix: bigint) => number;
  readonly evalOneIter: (
    booster: bigint,
    round: number,
    matrices: BigUint64Array,
    names: readonly string[],
    length: number,
    out: Out<string>,
  ) => number;
  readonly predictFromDense: (
    booster: bigint,
    values: string,
    config: string,
    proxy: bigint,
    shape: Out<bigint>,
    dimension: Out<number>,
    result: Out<bigint>,
  ) => number;
  readonly predictFromMatrix: (
    booster: bigint,
    matrix: bigint,
    config: string,
    shape: Out<bigint>,
    dimension: Out<number>,
    result: Out<bigint>,
  ) => number;
  readonly saveToBuffer: (booster: bigint, config: string, length: Out<number>, out: Out<bigint>) => number;
  readonly loadFromBuffer: (booster: bigint, bytes: Uint8Array, length: number) => number;
  readonly slice: (booster: bigint, begin: number, end: number, step: number, out: Out<bigint>) => number;
  readonly setAttribute: (booster: bigint, name: string, value: string) => number;
  readonly getAttribute: (booster: bigint, name: string, out: Out<string>, isThere: Out<number>) => number;
  readonly saveConfig: (booster: bigint, length: Out<number>, out: Out<string>) => number;
  readonly setTexts: (booster: bigint, field: string, texts: readonly string[], length: number) => number;
  readonly getTexts: (booster: bigint, field: string, length: Out<number>, out: Out<bigint>) => number;
  readonly boostedRounds: (booster: bigint, out: Out<number>) => number;
  readonly nFeatures: (booster: bigint, out: Out<number>) => number;
  readonly featureScore: (
    booster: bigint,
    config: string,
    nFeatures: Out<number>,
    features: Out<bigint>,
    dimension: Out<number>,
    shape: Out<bigint>,
    scores: Out<bigint>,
  ) => number;
}

/** The loaded library. */
export interface XGBoostLibrary {
  readonly functions: XGBoostFunctions;
  /**
   * Makes sense of a function's answer. The error text belongs to the thread that failed, so calls are never made by
   * koffi's `.async`.
   *
   * @throws {NativeLibraryError} If the answer is not 0, with the library's own words.
   */
  check(action: string, answer: number): void;
  /** Called before each work that starts threads: limits the library to one where so many cannot start. */
  prepareThreads(wanted: number): void;
}

/** Loads XGBoost. @throws {NativeLibraryError} If it is missing, older than 3, or something else. */
export function openXGBoost(
  options: { path?: string | undefined; environment?: Environment | undefined } = {},
): XGBoostLibrary {
  return openLibrary(xgboostDescription, bindXGBoost, options);
}

function bindXGBoost(declare: Declare, path: string): XGBoostLibrary {
  const version: Out<number>[] = [[0], [0], [0]];
  declare<(...out: Out<number>[]) => void>("void XGBoostVersion(_Out_ int *a, _Out_ int *b, _Out_ int *c)")(...version);
  if (version[0][0] !== 3) {
    const found = version.map(([part]) => part).join(".");
    throw new NativeLibraryError(
      `Cannot load XGBoost: "${path}" is version ${found}; expected version 3.x; ${INSTALL}`,
    );
  }
  const functions = declareXGBoost(declare);
  const configure = declare<(config: string) => number>("int XGBSetGlobalConfig(const char *config)");
  // Its prints would break progress bars; all inputs are checked before it would report them.
  configure('{"verbosity":0}');
  return {
    functions,
    check(action, answer) {
      if (answer !== 0) throw new NativeLibraryError(`Cannot ${action}: ${plainMessage(functions.lastError())}`);
    },
    prepareThreads: limitedThreads((threads) => configure(`{"nthread":${threads}}`)),
  };
}

function declareXGBoost(declare: Declare): XGBoostFunctions {
  const result = "_Out_ void **shape, _Out_ uint64_t *dimension, _Out_ void **result";
  return {
    lastError: declare("const char *XGBGetLastError()"),
    matrixFromDense: declare("int XGDMatrixCreateFromDense(const char *data, const char *config, _Out_ void **out)"),
    matrixSetInfo: declare("int XGDMatrixSetInfoFromInterface(void *matrix, const char *field, const char *data)"),
    matrixSetTexts: declare(
      "int XGDMatrixSetStrFeatureInfo(void *matrix, const char *field, const char **texts, uint64_t length)",
    ),
    matrixFree: declare("int XGDMatrixFree(void *matrix)"),
    proxyCreate: declare("int XGProxyDMatrixCreate(_Out_ void **out)"),
    create: declare("int XGBoosterCreate(const void *matrices, uint64_t length, _Out_ void **out)"),
    free: declare("int XGBoosterFree(void *booster)"),
    setParam: declare("int XGBoosterSetParam(void *booster, const char *name, const char *value)"),
    updateOneIter: declare("int XGBoosterUpdateOneIter(void *booster, int round, void *matrix)"),
    evalOneIter: declare(
      "int XGBoosterEvalOneIter(void *booster, int round, const void *matrices, const char **names, uint64_t length, _Out_ const char **out)",
    ),
    predictFromDense: declare(
      `int XGBoosterPredictFromDense(void *booster, const char *values, const char *config, void *matrix, ${result})`,
    ),
    predictFromMatrix: declare(
      `int XGBoosterPredictFromDMatrix(void *booster, void *matrix, const char *config, ${result})`,
    ),
    saveToBuffer: declare(
      "int XGBoosterSaveModelToBuffer(void *booster, const char *config, _Out_ uint64_t *length, _Out_ void **out)",
    ),
    loadFromBuffer: declare("int XGBoosterLoadModelFromBuffer(void *booster, const void *bytes, uint64_t length)"),
    slice: declare("int XGBoosterSlice(void *booster, int begin, int end, int step, _Out_ void **out)"),
    setAttribute: declare("int XGBoosterSetAttr(void *booster, const char *name, const char *value)"),
    getAttribute: declare(
      "int XGBoosterGetAttr(void *booster, const char *name, _Out_ const char **out, _Out_ int *isThere)",
    ),
    saveConfig: declare("int XGBoosterSaveJsonConfig(void *booster, _Out_ uint64_t *length, _Out_ const char **out)"),
    setTexts: declare(
      "int XGBoosterSetStrFeatureInfo(void *booster, const char *field, const char **texts, uint64_t length)",
    ),
    getTexts: declare(
      "int XGBoosterGetStrFeatureInfo(void *booster, const char *field, _Out_ uint64_t *length, _Out_ void **out)",
    ),
    boostedRounds: declare("int XGBoosterBoostedRounds(void *booster, _Out_ int *out)"),
    nFeatures: declare("int XGBoosterGetNumFeature(void *booster, _Out_ uint64_t *out)"),
    featureScore: declare(
      "int XGBoosterFeatureScore(void *booster, const char *config, _Out_ uint64_t *nFeatures, _Out_ void **features, _Out_ uint64_t *dimension, _Out_ void **shape, _Out_ void **scores)",
    ),
  };
}

/** Returns the library's message without the time, its source file and its stack. */
function plainMessage(text: string): string {
  const [message] = text.split(/\n+Stack trace:/);
  return message
    .replace(/^\[[\d:]+\] \S+:\d+: /, "")
    .replace(/\s+/g, " ")
    .trim();
}
