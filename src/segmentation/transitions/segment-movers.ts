import { requireKnownOptions } from "../../errors.js";
import type { SegmentByCustomer } from "./segment-migration.js";

/** A customer who changed segments. */
export interface Mover {
  readonly customerId: string;
  readonly from: string;
  readonly to: string;
  /** Up to the later day, in the dataset's currency. */
  readonly revenue: number;
}

/** Selection of the moves to list. */
export interface MoverOptions {
  readonly from: string;
  /** By default every other segment. */
  readonly to?: string;
  /** Revenue of a customer up to the later day. */
  readonly revenueOf: (customerId: string) => number;
}

/**
 * Lists the customers who went from one segment to another between two days, most revenue first.
 *
 * By the standard rules nobody goes from Champions to At Risk within 30 days: Champions ordered less than 30 days ago, and
 * At Risk begins after 60. Those who stop ordering are Loyal Customers meanwhile, so that the moves to every other segment
 * are the earlier sign.
 *
 * @example
 * const before = new Map([["a", "Champions"], ["b", "Champions"]]);
 * const after = new Map([["a", "Champions"], ["b", "Loyal Customers"]]);
 * segmentMovers(before, after, { from: "Champions", revenueOf: () => 900 });
 * // [{customerId: "b", from: "Champions", to: "Loyal Customers", revenue: 900}]
 */
export function segmentMovers(before: SegmentByCustomer, after: SegmentByCustomer, options: MoverOptions): Mover[] {
  requireKnownOptions("list movers", options, { from: true, to: true, revenueOf: true });
  const { from, to, revenueOf } = options;
  const movers: Mover[] = [];
  for (const [customerId, segment] of before) {
    const now = after.get(customerId);
    if (segment !== from || now === undefined || now === from || (to !== undefined && now !== to)) continue;
    movers.push({ customerId, from, to: now, revenue: revenueOf(customerId) });
  }
  return movers.sort((a, b) => b.revenue - a.revenue || (a.customerId < b.customerId ? -1 : 1));
}
