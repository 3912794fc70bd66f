import { type Floats, holding } from "./array-interface.js";
import type { LightGbmLibrary } from "./lightgbm-library.js";
import { NativeHandle } from "./native-handle.js";
import type { Out } from "./xgboost-library.js";

/** LightGBM's numbers for the types of arrays. */
const FLOAT32 = 0;
const FLOAT64 = 1;

/** Content of a LightGBM data set. */
export interface DatasetContent {
  readonly nRows: number;
  readonly nCols: number;
  /** Shape (nRows × nCols), row-major; NaN is a missing value. */
  readonly data: Floats;
  readonly featureNames: readonly string[];
  readonly label: Float64Array;
  readonly weight?: Float64Array | undefined;
}

/** Returns LightGBM's number for the type of an array. */
export function dataTypeOf(values: Floats): number {
  return values instanceof Float32Array ? FLOAT32 : FLOAT64;
}

/**
 * Creates a binned LightGBM data set, which copies its content.
 *
 * @param options.reference The training data, whose bins validation data must have.
 */
export function createLightGbmDataset(
  { functions, check }: LightGbmLibrary,
  { nRows, nCols, data, featureNames, label, weight }: DatasetContent,
  { parameters, reference }: { parameters: string; reference?: NativeHandle | undefined },
): NativeHandle {
  const out: Out<bigint> = [0n];
  const answer = holding([data], () =>
    functions.datasetFromMat(data, dataTypeOf(data), nRows, nCols, 1, parameters, reference?.address ?? null, out),
  );
  check("read the table into LightGBM", answer);
  const dataset = new NativeHandle("LightGBM data set", out[0], functions.datasetFree);
  try {
    check("name LightGBM's columns", functions.datasetSetNames(dataset.address, featureNames, nCols));
    for (const [field, values] of Object.entries({ label, weight })) {
      if (!values) continue;
      // Labels and weights are 32-bit floats there, and nothing else is taken.
      const floats = Float32Array.from(values);
      const set = functions.datasetSetField(dataset.address, field, floats, nRows, FLOAT32);
      check(`give LightGBM the ${field}`, set);
    }
  } catch (error) {
    dataset.close();
    throw error;
  }
  return dataset;
}
