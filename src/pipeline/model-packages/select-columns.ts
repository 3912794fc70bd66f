import type { Matrix } from "../../matrix/index.js";

/**
 * Selects the named columns of a matrix, in the order of the names.
 *
 * @throws {RangeError} If one is missing.
 */
export function selectColumns(X: Matrix, names: readonly string[]): Matrix {
  const own = X.columnNames ?? [];
  if (own.length === names.length && own.every((name, j) => name === names[j])) return X;
  const missing = names.filter((name) => !own.includes(name));
  if (missing.length) {
    const quoted = missing.map((name) => `"${name}"`).join(", ");
    throw new RangeError(
      `Cannot predict: X lacks ${quoted}; expected the columns ${names.map((name) => `"${name}"`).join(", ")}`,
    );
  }
  const places = names.map((name) => own.indexOf(name));
  const data = new Float64Array(X.nRows * names.length);
  for (let i = 0; i < X.nRows; ++i) {
    for (let j = 0; j < places.length; ++j) data[i * places.length + j] = X.data[i * X.nCols + places[j]];
  }
  return { nRows: X.nRows, nCols: names.length, data, columnNames: [...names] };
}
