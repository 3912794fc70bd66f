import type { Mover } from "./segment-movers.js";

/** Customers who went from one segment to another. */
export interface MoverFlow {
  readonly from: string;
  readonly to: string;
  readonly customers: number;
  /** Their revenue up to the later day, in the dataset's currency. */
  readonly revenue: number;
  /** Their mean revenue. */
  readonly revenuePerCustomer: number;
}

/**
 * Counts movers by where they went, most revenue first.
 *
 * @example
 * const mover = { customerId: "17850", from: "Champions", to: "Loyal Customers", revenue: 900 };
 * moverFlows([mover, { ...mover, customerId: "13047", revenue: 300 }]);
 * // [{from: "Champions", to: "Loyal Customers", customers: 2, revenue: 1200, revenuePerCustomer: 600}]
 */
export function moverFlows(movers: readonly Mover[]): MoverFlow[] {
  const flows = new Map<string, { from: string; to: string; customers: number; revenue: number }>();
  for (const { from, to, revenue } of movers) {
    const key = JSON.stringify([from, to]);
    const flow = flows.get(key) ?? { from, to, customers: 0, revenue: 0 };
    flows.set(key, { from, to, customers: flow.customers + 1, revenue: flow.revenue + revenue });
  }
  return [...flows.values()]
    .sort((a, b) => b.revenue - a.revenue || (a.to < b.to ? -1 : 1))
    .map((flow) => ({ ...flow, revenuePerCustomer: flow.revenue / flow.customers }));
}
