import type { Mover } from "../../segmentation/index.js";
import { type Conventions, numberTexts } from "../../table/index.js";

/**
 * Where those who left a segment are now, most revenue first, without saying who they are.
 *
 * @example
 * const mover = { customerId: "17850", from: "Champions", to: "Loyal Customers", revenue: 900 };
 * moversTable([mover, { ...mover, customerId: "13047", revenue: 300 }], { currency: "GBP" });
 * // [{from: "Champions", to: "Loyal Customers", customers: "2", revenue: "£1,200", each: "£600"}]
 */
export function moversTable(movers: readonly Mover[], options: Partial<Conventions> = {}): Record<string, string>[] {
  const { count, money } = numberTexts(options);
  const flows = new Map<string, { from: string; to: string; customers: number; revenue: number }>();
  for (const { from, to, revenue } of movers) {
    const key = JSON.stringify([from, to]);
    const flow = flows.get(key) ?? { from, to, customers: 0, revenue: 0 };
    flows.set(key, { from, to, customers: flow.customers + 1, revenue: flow.revenue + revenue });
  }
  return [...flows.values()]
    .sort((a, b) => b.revenue - a.revenue || (a.to < b.to ? -1 : 1))
    .map(({ from, to, customers, revenue }) => ({
      ...{ from, to, customers: count(customers) },
      ...{ revenue: money(revenue, 0), each: money(revenue / customers, 0) },
    }));
}
