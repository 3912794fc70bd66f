import type { Random } from "../../../numeric/index.js";

/** What happened to one customer in a simulated span. */
export interface DrawnPurchases {
  /** Times of the purchases, ascending. */
  readonly times: readonly number[];
  /** When the customer left; Infinity if that was not within the span. */
  readonly left: number;
}

/** What a customer who is alive now will do, with the customer's own rates integrated out. */
export interface PurchaseProcess {
  /** Expected number of purchases in the next t units of time. */
  expected(t: number): number;
  /** Probabilities of 0 … most purchases in the next t units of time. */
  distribution(t: number, most: number): Float64Array;
  /** Draws a customer, then the purchases in the next t units of time. */
  draw(random: Random, t: number): DrawnPurchases;
}

/** A customer as a model sees one: alive with a probability, and then with a future. */
export interface ModelledCustomer {
  /** Probability of being alive now. */
  readonly alive: number;
  readonly future: PurchaseProcess;
}
