import { requireKnownOptions } from "../../errors.js";
/** One way between two segments. */
export interface Migration {
  /** Segment before; null for customers who were in none then. */
  readonly from: string | null;
  readonly to: string;
  readonly customers: number;
  /** Their revenue up to the later day, in the dataset's currency. */
  readonly revenue: number;
}

/** Movement of customers between segments from one day to another. */
export interface SegmentMigration {
  /** Every way that somebody went, staying among them; by name, newcomers first. */
  readonly flows: readonly Migration[];
  /** Customers of each earlier segment who are in none any more; they count as gone from it. */
  readonly vanished: Readonly<Record<string, number>>;
  /** Share of each earlier segment that stayed. */
  readonly stayed: Readonly<Record<string, number>>;
  /**
   * Days until half of a segment has left, if the change between the two days continues: days × ln 0.5 / ln stayed. Null
   * where nobody left, or everybody did, as `stayed` says: one step then shows only that it is longer or shorter.
   */
  readonly halfLifeDays: Readonly<Record<string, number | null>>;
}

/** Segments of customers at a day. */
export type SegmentByCustomer = ReadonlyMap<string, string>;

/**
 * Follows customers from one day to a later one.
 *
 * @param options.days Days between the two.
 * @param options.revenueOf Revenue of a customer up to the later day.
 * @throws {RangeError} If there are no days between the two.
 *
 * @example
 * const before = new Map([["a", "Champions"], ["b", "Champions"]]);
 * const after = new Map([["a", "Champions"], ["b", "Promising"], ["c", "New Customers"]]);
 * const { flows, halfLifeDays } = segmentMigration(before, after, { days: 30, revenueOf: () => 50 });
 * flows[0]; // {from: null, to: "New Customers", customers: 1, revenue: 50}
 * halfLifeDays["Champions"]; // 30
 */
export function segmentMigration(
  before: SegmentByCustomer,
  after: SegmentByCustomer,
  options: { readonly days: number; readonly revenueOf: (customerId: string) => number },
): SegmentMigration {
  requireKnownOptions("follow segments", options, { days: true, revenueOf: true });
  const { days, revenueOf } = options;
  if (!(days > 0)) throw new RangeError(`Cannot follow segments: days is ${days}; expected a number above 0`);
  const flows = new Map<string, { from: string | null; to: string; customers: number; revenue: number }>();
  for (const [customer, to] of after) {
    const from = before.get(customer) ?? null;
    const key = JSON.stringify([from, to]);
    const flow = flows.get(key) ?? { from, to, customers: 0, revenue: 0 };
    flow.customers += 1;
    flow.revenue += revenueOf(customer);
    flows.set(key, flow);
  }
  const sizes = new Map<string, number>();
  const staying = new Map<string, number>();
  const gone = new Map<string, number>();
  for (const [customer, from] of before) {
    sizes.set(from, (sizes.get(from) ?? 0) + 1);
    if (!after.has(customer)) gone.set(from, (gone.get(from) ?? 0) + 1);
    if (after.get(customer) === from) staying.set(from, (staying.get(from) ?? 0) + 1);
  }
  const names = [...sizes.keys()].sort();
  const stayed = Object.fromEntries(names.map((name) => [name, (staying.get(name) ?? 0) / (sizes.get(name) ?? 1)]));
  const halfLife = (share: number) => (share > 0 && share < 1 ? (days * Math.log(0.5)) / Math.log(share) : null);
  return {
    flows: [...flows.values()].sort((a, b) => compare(a.from ?? "", b.from ?? "") || compare(a.to, b.to)),
    vanished: Object.fromEntries(names.map((name) => [name, gone.get(name) ?? 0])),
    stayed,
    halfLifeDays: Object.fromEntries(names.map((name) => [name, halfLife(stayed[name])])),
  };
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
