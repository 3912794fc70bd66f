/**
 * Gives each row a column of its own so that the costs sum to the least (the Hungarian method with potentials, Kuhn 1955
 * and Munkres 1957, one shortest path per row). Where one side is shorter, all of it is given, and the rest of the other
 * stays free.
 *
 * @param costs Finite, shape (rows × columns).
 * @returns Column of each row, -1 for none, shape (rows,).
 */
export function optimalAssignment(costs: readonly (readonly number[])[]): Int32Array {
  const nRows = costs.length;
  const nCols = nRows ? costs[0].length : 0;
  if (nRows > nCols) {
    const turned = Array.from({ length: nCols }, (_, j) => costs.map((row) => row[j]));
    const rowOf = optimalAssignment(turned);
    const result = new Int32Array(nRows).fill(-1);
    rowOf.forEach((row, column) => {
      result[row] = column;
    });
    return result;
  }
  // Columns and rows are counted from 1: column 0 is where the path of a new row begins.
  const rowPrice = new Float64Array(nRows + 1);
  const columnPrice = new Float64Array(nCols + 1);
  const rowOf = new Int32Array(nCols + 1);
  const cameFrom = new Int32Array(nCols + 1);
  for (let row = 1; row <= nRows; ++row) {
    const slack = new Float64Array(nCols + 1).fill(Number.POSITIVE_INFINITY);
    const visited = new Uint8Array(nCols + 1);
    rowOf[0] = row;
    let column = 0;
    while (rowOf[column] !== 0 || column === 0) {
      visited[column] = 1;
      const current = rowOf[column];
      let step = Number.POSITIVE_INFINITY;
      let next = 0;
      for (let j = 1; j <= nCols; ++j) {
        if (visited[j]) continue;
        const reduced = costs[current - 1][j - 1] - rowPrice[current] - columnPrice[j];
        if (reduced < slack[j]) {
          slack[j] = reduced;
          cameFrom[j] = column;
        }
        if (slack[j] < step) {
          step = slack[j];
          next = j;
        }
      }
      for (let j = 0; j <= nCols; ++j) {
        if (visited[j]) {
          rowPrice[rowOf[j]] += step;
          columnPrice[j] -= step;
        } else slack[j] -= step;
      }
      column = next;
    }
    while (column !== 0) {
      rowOf[column] = rowOf[cameFrom[column]];
      column = cameFrom[column];
    }
  }
  const result = new Int32Array(nRows).fill(-1);
  for (let j = 1; j <= nCols; ++j) if (rowOf[j] > 0) result[rowOf[j] - 1] = j - 1;
  return result;
}
