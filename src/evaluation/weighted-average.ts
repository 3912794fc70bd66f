/** Returns the mean of `value(row)`, weighted where weights are given. */
export function weightedAverage(
  nRows: number,
  weights: Float64Array | undefined,
  value: (row: number) => number,
): number {
  let total = 0;
  let weight = 0;
  for (let i = 0; i < nRows; ++i) {
    const w = weights ? weights[i] : 1;
    if (!w) continue;
    total += w * value(i);
    weight += w;
  }
  return total / weight;
}
