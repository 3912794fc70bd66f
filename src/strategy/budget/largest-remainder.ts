/**
 * Divides `total` into whole numbers in proportion to the weights: each gets its share rounded down, and the largest
 * remainders get one more (Hamilton's method; of equal ones the first).
 *
 * @param weights From 0, not all 0.
 */
export function largestRemainder(total: number, weights: readonly number[]): number[] {
  const sum = weights.reduce((a, b) => a + b, 0);
  const exact = weights.map((weight) => total * (weight / sum));
  const parts = exact.map(Math.floor);
  const left = total - parts.reduce((a, b) => a + b, 0);
  const byRemainder = exact
    .map((share, i) => ({ i, remainder: share - parts[i] }))
    .filter(({ i }) => weights[i] > 0)
    .sort((a, b) => b.remainder - a.remainder || a.i - b.i);
  for (let rank = 0; rank < left; ++rank) ++parts[byRemainder[rank].i];
  return parts;
}
