import type { Environment } from "../../storage/index.js";
import { limitedThreads } from "./limited-threads.js";
import { lightgbmDescription } from "./locate-library.js";
import { NativeLibraryError } from "./native-library-error.js";
import { type Declare, openLibrary } from "./open-library.js";
import type { Out } from "./xgboost-library.js";

/** LightGBM's C functions, as far as we need them; each gives 0, or -1 and a text in `lastError`. */
export interface LightGbmFunctions {
  readonly lastError: () => string;
  readonly setMaxThreads: (threads: number) => number;
  readonly datasetFromMat: (
    data: object,
    dataType: number,
    nRows: number,
    nCols: number,
    isRowMajor: number,
    parameters: string,
    reference: bigint | null,
    out: Out<bigint>,
  ) => number;
  readonly datasetSetField: (
    dataset: bigint,
    field: string,
    values: object,
    length: number,
    dataType: number,
  ) => number;
  readonly datasetSetNames: (dataset: bigint, names: readonly string[], length: number) => number;
  readonly datasetFree: (dataset: bigint) => number;
  readonly create: (dataset: bigint, parameters: string, out: Out<bigint>) => number;
  readonly free: (booster: bigint) => number;
  readonly addValidation: (booster: bigint, dataset: bigint) => number;
  readonly updateOneIter: (booster: bigint, isFinished: Out<number>) => number;
  readonly currentIteration: (booster: bigint, out: Out<number>) => number;
  readonly nFeatures: (booster: bigint, out: Out<number>) => number;
  readonly evalCounts: (booster: bigint, out: Out<number>) => number;
  readonly getEval: (booster: bigint, set: number, length: Out<number>, out: Float64Array) => number;
  readonly predictForMat: (
    booster: bigint,
    data: object,
    dataType: number,
    nRows: number,
    nCols: number,
    isRowMajor: number,
    type: number,
    start: number,
    nRounds: number,
    parameters: string,
    length: Out<number>,
    out: Float64Array,
  ) => number;
  readonly singleRowInit: (
    booster: bigint,
    type: number,
    start: number,
    nRounds: number,
    dataType: number,
    nCols: number,
    parameters: string,
    out: Out<bigint>,
  ) => number;
  readonly singleRow: (config: bigint, row: object, length: Out<number>, out: Float64Array) => number;
  readonly singleRowFree: (config: bigint) => number;
  readonly saveToString: (
    booster: bigint,
    start: number,
    nRounds: number,
    importance: number,
    capacity: number,
    length: Out<number>,
    out: Uint8Array,
  ) => number;
  readonly loadFromString: (model: string, nRounds: Out<number>, out: Out<bigint>) => number;
  readonly importance: (booster: bigint, nRounds: number, type: number, out: Float64Array) => number;
}

/** The loaded library. */
export interface LightGbmLibrary {
  readonly functions: LightGbmFunctions;
  /** @throws {NativeLibraryError} If the answer is not 0, with the library's own words. */
  check(action: string, answer: number): void;
  /** Called before each work that starts threads: limits the library to one where so many cannot start. */
  prepareThreads(wanted: number): void;
}

/** Loads LightGBM. @throws {NativeLibraryError} If it is missing or something else. */
export function openLightGbm(
  options: { path?: string | undefined; environment?: Environment | undefined } = {},
): LightGbmLibrary {
  return openLibrary(lightgbmDescription, bindLightGbm, options);
}

function bindLightGbm(declare: Declare): LightGbmLibrary {
  const functions = declareLightGbm(declare);
  return {
    functions,
    check(action, answer) {
      if (answer !== 0) throw new NativeLibraryError(`Cannot ${action}: ${functions.lastError().trim()}`);
    },
    prepareThreads: limitedThreads(functions.setMaxThreads),
  };
}

function declareLightGbm(declare: Declare): LightGbmFunctions {
  return {
    lastError: declare("const char *LGBM_GetLastError()"),
    setMaxThreads: declare("int LGBM_SetMaxThreads(int threads)"),
    datasetFromMat: declare(
      "int LGBM_DatasetCreateFromMat(const void *data, int data_type, int32_t rows, int32_t cols, int is_row_major, const char *parameters, void *reference, _Out_ void **out)",
    ),
    datasetSetField: declare(
      "int LGBM_DatasetSetField(void *dataset, const char *field, const void *data, int length, int type)",
    ),
    datasetSetNames: declare("int LGBM_DatasetSetFeatureNames(void *dataset, const char **names, int length)"),
    datasetFree: declare("int LGBM_DatasetFree(void *dataset)"),
    create: declare("int LGBM_BoosterCreate(void *dataset, const char *parameters, _Out_ void **out)"),
    free: declare("int LGBM_BoosterFree(void *booster)"),
    addValidation: declare("int LGBM_BoosterAddValidData(void *booster, void *dataset)"),
    updateOneIter: declare("int LGBM_BoosterUpdateOneIter(void *booster, _Out_ int *is_finished)"),
    currentIteration: declare("int LGBM_BoosterGetCurrentIteration(void *booster, _Out_ int *out)"),
    nFeatures: declare("int LGBM_BoosterGetNumFeature(void *booster, _Out_ int *out)"),
    evalCounts: declare("int LGBM_BoosterGetEvalCounts(void *booster, _Out_ int *out)"),
    getEval: declare("int LGBM_BoosterGetEval(void *booster, int set, _Out_ int *length, void *out)"),
    predictForMat: declare(
      "int LGBM_BoosterPredictForMat(void *booster, const void *data, int data_type, int32_t rows, int32_t cols, int is_row_major, int type, int start, int rounds, const char *parameters, _Out_ int64_t *length, void *out)",
    ),
    singleRowInit: declare(
      "int LGBM_BoosterPredictForMatSingleRowFastInit(void *booster, int type, int start, int rounds, int data_type, int32_t cols, const char *parameters, _Out_ void **out)",
    ),
    singleRow: declare(
      "int LGBM_BoosterPredictForMatSingleRowFast(void *config, const void *data, _Out_ int64_t *length, void *out)",
    ),
    singleRowFree: declare("int LGBM_FastConfigFree(void *config)"),
    saveToString: declare(
      "int LGBM_BoosterSaveModelToString(void *booster, int start, int rounds, int importance, int64_t capacity, _Out_ int64_t *length, void *out)",
    ),
    loadFromString: declare(
      "int LGBM_BoosterLoadModelFromString(const char *model, _Out_ int *rounds, _Out_ void **out)",
    ),
    importance: declare("int LGBM_BoosterFeatureImportance(void *booster, int rounds, int type, void *out)"),
  };
}
