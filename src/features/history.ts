/** Extent of a history, and the days its customers joined. */
export interface History {
  /** Last day of which anything is known, `YYYY-MM-DD`. */
  readonly asOf: string;
  /** Day of each customer's first order, sorted. */
  readonly firstOrderDays: readonly string[];
}
