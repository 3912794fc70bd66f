/** Computes the squared distance between row i of `a` and row c of `b`, both row-major with d columns. */
export function squaredDistance(a: Float64Array, i: number, b: Float64Array, c: number, d: number): number {
  const [p, q] = [i * d, c * d];
  let sum = 0;
  for (let j = 0; j < d; ++j) {
    const difference = a[p + j] - b[q + j];
    sum += difference * difference;
  }
  return sum;
}
