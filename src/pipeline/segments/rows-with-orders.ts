import type { CustomersAt } from "./load-customers.js";

/** Rows of the customers with at least so many orders: those who are in a cluster. */
export function rowsWithOrders({ columns }: Pick<CustomersAt, "columns">, minOrders: number): number[] {
  const orders = columns["frequency"];
  return Array.from(orders.keys()).filter((row) => orders[row] >= minOrders);
}
