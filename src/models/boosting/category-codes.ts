import type { DenseMatrix } from "./dense-matrix.js";

/** Returns the numbers of the categorical columns. */
export function categoricalColumns(featureNames: readonly string[], categorical: readonly string[]): number[] {
  return featureNames.flatMap((name, j) => (categorical.includes(name) ? [j] : []));
}

/**
 * Throws unless the cells of the columns are category codes or NaN. The libraries read 1.9 as 1, and -1 as a category
 * that they have not seen.
 */
export function requireCodes(
  action: string,
  { nRows, nCols, data }: DenseMatrix,
  featureNames: readonly string[],
  columns: readonly number[],
): void {
  for (const j of columns) {
    for (let i = 0; i < nRows; ++i) {
      const code = data[i * nCols + j];
      // 2^24 is where 32-bit floats stop counting one by one.
      if (Number.isNaN(code) || (Number.isInteger(code) && code >= 0 && code < 2 ** 24)) continue;
      const cell = `row ${i} of the categorical column "${featureNames[j]}" is ${code}`;
      throw new RangeError(`Cannot ${action}: ${cell}; expected an integer of at least 0, or NaN`);
    }
  }
}
