import { requireKnownOptions, requireSameLength } from "../../errors.js";
import { mean, quantileOfSorted, sum } from "../../numeric/index.js";
import type { CustomerColumns } from "../customers.js";
import { averageCustomer, type Distinction, distinctionsFrom, type ProfileColumn } from "./average-customer.js";

/** Mean and median of one column in one group; NaN where nothing is known. */
export interface Centre {
  readonly mean: number;
  readonly median: number;
}

/** One cluster or segment in numbers. */
export interface GroupProfile {
  /** Number of the cluster, or place of the segment; -1 for those in none. */
  readonly group: number;
  readonly name: string;
  readonly customers: number;
  /** Of all customers. */
  readonly share: number;
  /** Sum of the orders of its customers, in the dataset's currency. */
  readonly revenue: number;
  readonly revenueShare: number;
  readonly centres: Readonly<Record<ProfileColumn, Centre>>;
  /** The columns that set it apart most, at most three, the farthest first. */
  readonly distinctions: readonly Distinction[];
  /** Categories by what its customers spent on them, the largest first; empty where orders have none. */
  readonly topCategories: readonly string[];
}

/** Options for profiles. */
export interface ProfileOptions {
  /** Cluster or segment of each customer by number, shape (n,). */
  readonly groups: ArrayLike<number>;
  /** Name of a group's number. */
  readonly nameOf: (group: number) => string;
  /** Spend of a group by category; defaults to none. */
  readonly categorySpend?: ReadonlyMap<number, ReadonlyMap<string, number>>;
}

/**
 * Profiles every cluster or segment that has customers, by its number.
 *
 * @throws {RangeError} If the lengths differ.
 *
 * @example
 * const columns = {
 *   recencyDays: [5, 200, 300],
 *   frequency: [12, 2, 1],
 *   avgBasketValue: [100, 50, 100],
 *   monetary: [1200, 100, 100],
 *   daysSinceFirstPurchase: [400, 400, 400],
 * };
 * const [best] = profileGroups(columns, { groups: [0, 1, 1], nameOf: (group) => `Cluster ${group}` });
 * best.revenueShare.toFixed(3); // "0.857"
 * best.distinctions.map(({ column }) => column); // ["monetary", "recencyDays", "frequency"]
 */
export function profileGroups(columns: CustomerColumns, options: ProfileOptions): GroupProfile[] {
  requireKnownOptions("profile groups of customers", options, { groups: true, nameOf: true, categorySpend: true });
  const { groups, nameOf, categorySpend = new Map() } = options;
  requireSameLength("profiles", { ...columns, groups });
  const names = Object.keys(columns) as ProfileColumn[];
  const average = averageCustomer(columns);
  const n = groups.length;
  const total = sum(columns.monetary);
  const numbers = [...new Set(Array.from(groups))].sort((a, b) => a - b);
  return numbers.map((group): GroupProfile => {
    const rows = Array.from({ length: n }, (_, i) => i).filter((i) => groups[i] === group);
    const own = (values: ArrayLike<number>) => Float64Array.from(rows, (i) => values[i]);
    const part = Object.fromEntries(names.map((name) => [name, own(columns[name] as ArrayLike<number>)])) as Record<
      ProfileColumn,
      Float64Array
    >;
    const centres = Object.fromEntries(names.map((name) => [name, centreOf(part[name])])) as Record<
      ProfileColumn,
      Centre
    >;
    const revenue = sum(part.monetary);
    const distinctions = distinctionsFrom(average, part).slice(0, 3);
    const spend = [...(categorySpend.get(group) ?? [])].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
    return {
      group,
      name: nameOf(group),
      customers: rows.length,
      share: rows.length / n,
      revenue,
      revenueShare: total > 0 ? revenue / total : Number.NaN,
      centres,
      distinctions,
      topCategories: spend.slice(0, 3).map(([category]) => category),
    };
  });
}

function known(values: Float64Array): Float64Array {
  return values.filter((value) => !Number.isNaN(value));
}

function centreOf(values: Float64Array): Centre {
  const sorted = known(values).sort();
  if (!sorted.length) return { mean: Number.NaN, median: Number.NaN };
  return { mean: mean(sorted), median: quantileOfSorted(sorted, 0.5) };
}
