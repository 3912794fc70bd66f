/** Purchase histories, one per row, in the letters of the buy-till-you-die papers: what `fitBetaGeo` and its kin take. */
export interface ObservedHistories {
  readonly customerIds: readonly string[];
  /** The day of each row. */
  readonly asOf: readonly string[];
  /** Purchase days after the first. */
  readonly x: Float64Array;
  /** Days from the first to the last of them; 0 where `x` is 0. */
  readonly t_x: Float64Array;
  /** Days from the first purchase to the day of the row: 0 <= t_x <= T. */
  readonly T: Float64Array;
  /** Mean spend per repeat purchase day; 0 where `x` is 0. Under the policy net less what came back after the first day. */
  readonly m_x: Float64Array;
}
