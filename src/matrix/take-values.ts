/**
 * Returns the given values of an array, in the given order, as `takeRows` takes rows of a matrix: labels for a fold.
 *
 * @param rows Row numbers from 0.
 * @throws {RangeError} If there is no such row.
 *
 * @example
 * takeValues([10, 20, 30], [2, 0]); // [30, 10]
 */
export function takeValues(values: ArrayLike<number>, rows: ArrayLike<number>): Float64Array {
  return Float64Array.from(rows, (row) => {
    if (Number.isInteger(row) && row >= 0 && row < values.length) return values[row];
    throw new RangeError(`Cannot take values: there is no row ${row}; expected 0 to ${values.length - 1}`);
  });
}
