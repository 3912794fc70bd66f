import type { Customers } from "./customers.js";

/**
 * Returns the rows of the customers with at least `minOrders` orders: those whom clusters are made of.
 *
 * @example
 * rowsWithOrders({ frequency: Float64Array.of(1, 3, 2) }, 2); // [1, 2]
 */
export function rowsWithOrders({ frequency }: Pick<Customers, "frequency">, minOrders: number): number[] {
  return Array.from(frequency.keys()).filter((row) => frequency[row] >= minOrders);
}
