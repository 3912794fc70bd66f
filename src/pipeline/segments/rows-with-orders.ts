import type { Customers } from "../../segmentation/index.js";

/** Rows of the customers with at least so many orders: those who are in a cluster. */
export function rowsWithOrders({ frequency }: Pick<Customers, "frequency">, minOrders: number): number[] {
  return Array.from(frequency.keys()).filter((row) => frequency[row] >= minOrders);
}
