import type { Random } from "../../../numeric/index.js";

/** Simulated purchases of one customer. */
export interface DrawnPurchases {
  /** Times of the purchases, ascending. */
  readonly times: readonly number[];
  /** Time at which the customer left; Infinity if not within the span. */
  readonly left: number;
}

/** Future purchases of a customer who is active now, with the customer's own rates integrated out. */
export interface PurchaseProcess {
  /** Returns the expected number of purchases in the next t units of time. */
  expected(t: number): number;
  /** Returns the probabilities of 0 … most purchases in the next t units of time. */
  distribution(t: number, most: number): Float64Array;
  /** Draws a customer, then the purchases in the next t units of time. */
  draw(random: Random, t: number): DrawnPurchases;
}

/** A customer as a model sees one: alive with a probability, and then with a future. */
export interface ModelledCustomer {
  /** Probability of being alive now. */
  readonly alive: number;
  /** Probability of having left, 1 - `alive` without its rounding. */
  readonly gone: number;
  readonly future: PurchaseProcess;
}
