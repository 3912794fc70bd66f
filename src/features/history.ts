/** How far a history reaches, and when its customers came. */
export interface History {
  /** Last day of which anything is known, `YYYY-MM-DD`. */
  readonly asOf: string;
  /** Day of each customer's first order, sorted. */
  readonly firstOrderDays: readonly string[];
}
