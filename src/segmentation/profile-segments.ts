import { quantileOfSorted } from "../stats.js";

/** What is known of the customers who are profiled, one entry each. */
export interface ProfileColumns {
  /** Days since the last order, shape (n,). */
  readonly recencyDays: ArrayLike<number>;
  readonly orders: ArrayLike<number>;
  /** Average value of an order, in the dataset's currency. */
  readonly averageOrderValue: ArrayLike<number>;
  /** Sum of the orders, in the dataset's currency. */
  readonly revenue: ArrayLike<number>;
  /** Days since the first order. */
  readonly ageDays: ArrayLike<number>;
  /** NaN where unknown. */
  readonly engagement?: ArrayLike<number>;
  /** NaN where unknown. */
  readonly returnRate?: ArrayLike<number>;
}

/** Mean and median of one column in one segment; NaN where nothing is known. */
export interface Centre {
  readonly mean: number;
  readonly median: number;
}

/** How far a segment stands from all customers in one column. */
export interface Distinction {
  readonly column: keyof ProfileColumns;
  /** Difference of the means in standard deviations of all customers. */
  readonly standardizedDifference: number;
}

/** One segment in numbers. */
export interface SegmentProfile {
  /** -1 for those in none. */
  readonly segment: number;
  readonly name: string;
  readonly customers: number;
  /** Of all customers. */
  readonly share: number;
  /** Sum of the orders of its customers, in the dataset's currency. */
  readonly revenue: number;
  readonly revenueShare: number;
  readonly centres: Readonly<Record<keyof ProfileColumns, Centre>>;
  /** The columns that set it apart most, at most three, the farthest first. */
  readonly distinctions: readonly Distinction[];
  /** Categories by what its customers spent on them, the largest first; empty where orders have none. */
  readonly topCategories: readonly string[];
}

/** What goes into profiles beside the columns. */
export interface ProfileOptions {
  /** Segment of each customer, shape (n,). */
  readonly segments: ArrayLike<number>;
  /** Name of a segment's number. */
  readonly nameOf: (segment: number) => string;
  /** Spend of a segment by category; defaults to none. */
  readonly categorySpend?: ReadonlyMap<number, ReadonlyMap<string, number>>;
}

/** Differences below this many standard deviations set nothing apart. */
const NOTABLE = 0.2;

/** Profiles every segment that has customers, by its number. */
export function profileSegments(
  columns: ProfileColumns,
  { segments, nameOf, categorySpend = new Map() }: ProfileOptions,
): SegmentProfile[] {
  const names = Object.keys(columns) as (keyof ProfileColumns)[];
  const all = new Map(names.map((name) => [name, spreadOf(columns[name] as ArrayLike<number>)]));
  const n = segments.length;
  let total = 0;
  for (let i = 0; i < n; ++i) total += columns.revenue[i];
  const numbers = [...new Set(Array.from(segments))].sort((a, b) => a - b);
  return numbers.map((segment): SegmentProfile => {
    const rows = Array.from({ length: n }, (_, i) => i).filter((i) => segments[i] === segment);
    const centres = Object.fromEntries(
      names.map((name) => [name, centreOf(rows.map((i) => (columns[name] as ArrayLike<number>)[i]))]),
    ) as Record<keyof ProfileColumns, Centre>;
    const revenue = rows.reduce((sum, i) => sum + columns.revenue[i], 0);
    const distinctions = names
      .map((column) => {
        const { mean, deviation } = all.get(column) as Spread;
        return { column, standardizedDifference: deviation > 0 ? (centres[column].mean - mean) / deviation : 0 };
      })
      .filter(({ standardizedDifference }) => Math.abs(standardizedDifference) >= NOTABLE)
      .sort((a, b) => Math.abs(b.standardizedDifference) - Math.abs(a.standardizedDifference))
      .slice(0, 3);
    const spend = [...(categorySpend.get(segment) ?? [])].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
    return {
      segment,
      name: nameOf(segment),
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

interface Spread {
  readonly mean: number;
  readonly deviation: number;
}

function spreadOf(values: ArrayLike<number>): Spread {
  const known = Array.from(values).filter((value) => !Number.isNaN(value));
  const mean = known.reduce((sum, value) => sum + value, 0) / known.length;
  const squares = known.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, deviation: Math.sqrt(squares / known.length) };
}

function centreOf(values: readonly number[]): Centre {
  const known = values.filter((value) => !Number.isNaN(value)).sort((a, b) => a - b);
  if (!known.length) return { mean: Number.NaN, median: Number.NaN };
  return { mean: known.reduce((sum, value) => sum + value, 0) / known.length, median: quantileOfSorted(known, 0.5) };
}
