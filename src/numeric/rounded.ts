/** Money and means to a hundredth of a cent, so that the last bits of sums do not show. */
export function rounded(value: number): number {
  return Math.round(value * 1e4) / 1e4;
}
