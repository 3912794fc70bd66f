import { customersOf } from "../../src/segmentation/index.js";

/** Ten customers with 1 to 10 orders, `gap` days apart, the last one `gap` days ago. */
export function tenCustomers(asOf: string, gap: number) {
  const orders = Float64Array.from({ length: 10 }, (_, i) => 1 + i);
  const features = {
    recency_days: orders.map(() => gap),
    frequency: orders,
    monetary: orders.map((count) => 50 * count),
    avg_basket_value: orders.map((count) => 40 + count),
    days_since_first_purchase: orders.map((count) => gap * count),
  };
  return customersOf(features, { ids: Array.from(orders, (count) => `c${count}`), asOf });
}
