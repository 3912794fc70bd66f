import { arrayInterface, type Floats, holding } from "./array-interface.js";
import { NativeHandle } from "./native-handle.js";
import type { Out, XGBoostLibrary } from "./xgboost-library.js";

/** Content of an XGBoost matrix. */
export interface MatrixContent {
  readonly nRows: number;
  readonly nCols: number;
  /** Shape (nRows × nCols), row-major; NaN is a missing value. */
  readonly data: Floats;
  readonly label?: Floats | undefined;
  readonly weight?: Floats | undefined;
  readonly baseMargin?: Floats | undefined;
  /** One per column: "float", or "c" for a column of category codes. */
  readonly featureTypes?: readonly string[] | undefined;
}

/** Creates an XGBoost DMatrix, which copies its content. */
export function createXGBoostMatrix(
  { functions, check, prepareThreads }: XGBoostLibrary,
  { nRows, nCols, data, label, weight, baseMargin, featureTypes }: MatrixContent,
  { threads }: { threads: number },
): NativeHandle {
  const out: Out<bigint> = [0n];
  // JSON has no NaN, the library's reader does.
  const config = `{"missing":NaN,"nthread":${threads}}`;
  const table = arrayInterface(data, nRows, nCols);
  prepareThreads(threads);
  holding([data], () => check("read the table into XGBoost", functions.matrixFromDense(table, config, out)));
  const matrix = new NativeHandle("XGBoost matrix", out[0], functions.matrixFree);
  try {
    for (const [field, values] of Object.entries({ label, weight, base_margin: baseMargin })) {
      if (!values) continue;
      const column = arrayInterface(values, nRows);
      holding([values], () => {
        check(`give XGBoost the ${field}`, functions.matrixSetInfo(matrix.address, field, column));
      });
    }
    if (featureTypes) {
      const answer = functions.matrixSetTexts(matrix.address, "feature_type", featureTypes, nCols);
      check("give XGBoost the types of the columns", answer);
    }
  } catch (error) {
    matrix.close();
    throw error;
  }
  return matrix;
}
