/** Rounds to four decimals, a hundredth of a cent, which hides the rounding errors of sums. */
export function rounded(value: number): number {
  return Math.round(value * 1e4) / 1e4;
}
