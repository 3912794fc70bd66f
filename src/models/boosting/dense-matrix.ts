import type { Matrix } from "../../matrix/index.js";

/**
 * A dense table of numbers, row after row, in floats of either size: a `Matrix`, or the same in half of the memory.
 * NaN is a missing value.
 */
export interface DenseMatrix extends Omit<Matrix, "data"> {
  /** Shape (nRows × nCols), row-major. */
  readonly data: Float32Array | Float64Array;
}

/** The largest magnitude that survives the native libraries' 32-bit floats. */
const LARGEST = 3.4028234663852886e38;

/**
 * Throws unless the table is well-formed, has cells, and holds neither an infinity nor a number too large for 32 bits.
 *
 * @param action What cannot be done otherwise, for example "fit XGBoost".
 */
export function requireTable(action: string, { nRows, nCols, data, columnNames }: DenseMatrix): void {
  if (!(data instanceof Float32Array || data instanceof Float64Array)) {
    throw new TypeError(`Cannot ${action}: data of X has the wrong type; expected a Float32Array or a Float64Array`);
  }
  if (!(nRows > 0 && nCols > 0)) {
    throw new RangeError(`Cannot ${action}: X has ${nRows} rows and ${nCols} columns; expected at least one of each`);
  }
  if (data.length !== nRows * nCols) {
    const expected = `expected ${nRows} × ${nCols} = ${nRows * nCols}`;
    throw new TypeError(`Cannot ${action}: data of X has ${data.length} cells; ${expected}`);
  }
  if (columnNames && columnNames.length !== nCols) {
    throw new TypeError(
      `Cannot ${action}: X has ${columnNames.length} column names for ${nCols} columns; expected one per column`,
    );
  }
  for (let i = 0; i < data.length; ++i) {
    if (data[i] > LARGEST || data[i] < -LARGEST) {
      const column = columnNames ? `"${columnNames[i % nCols]}"` : i % nCols;
      const cell = `row ${Math.floor(i / nCols)} of column ${column} is ${data[i]}`;
      throw new RangeError(`Cannot ${action}: ${cell}; expected finite numbers, or NaN for missing values`);
    }
  }
}

/**
 * Throws unless the table has the model's columns in the model's order. A table without names only has to be as wide.
 */
export function requireFeatures(action: string, featureNames: readonly string[], { nCols, columnNames }: DenseMatrix) {
  if (!columnNames) {
    if (nCols === featureNames.length) return;
    throw new RangeError(
      `Cannot ${action}: X has ${nCols} columns; expected ${featureNames.length}: ${quoted(featureNames)}`,
    );
  }
  if (columnNames.length === featureNames.length && columnNames.every((name, j) => name === featureNames[j])) return;
  const missing = featureNames.filter((name) => !columnNames.includes(name));
  const others = columnNames.filter((name) => !featureNames.includes(name));
  const parts = [
    ...(missing.length ? [`X lacks ${quoted(missing)}`] : []),
    ...(others.length ? [`X has unknown columns ${quoted(others)}`] : []),
  ];
  const order = `the columns of X are in the wrong order; expected ${quoted(featureNames)}`;
  throw new RangeError(`Cannot ${action}: ${parts.join(" and ") || order}`);
}

/** Joins texts in quotation marks, separated by commas; a long list is cut. */
export function quoted(texts: readonly string[]): string {
  const shown = texts.slice(0, 20).map((text) => `"${text}"`);
  return [...shown, ...(texts.length > 20 ? [`and ${texts.length - 20} more`] : [])].join(", ");
}
