import type { SegmentMigration } from "./segment-migration.js";

/** A migration as a table: rows are segments before, columns segments after. */
export interface TransitionMatrix {
  readonly names: readonly string[];
  /** Customers, `customers[i][j]` from `names[i]` to `names[j]`. */
  readonly customers: readonly (readonly number[])[];
  /** Revenue of these customers, in the dataset's currency. */
  readonly revenue: readonly (readonly number[])[];
  /** Customers by segment after who were in none before. */
  readonly entered: readonly number[];
  /** Revenue of these, in the dataset's currency. */
  readonly enteredRevenue: readonly number[];
}

/**
 * Lays a migration out as a matrix, with a row and a column for every segment named, also those where nobody is.
 *
 * @param names Segments in the order wanted; flows that lead elsewhere are an error.
 * @throws {RangeError} If the migration has a segment that is not named.
 *
 * @example
 * const before = new Map([["a", "New"], ["b", "New"]]);
 * const after = new Map([["a", "New"], ["b", "Loyal"], ["c", "New"]]);
 * const migration = segmentMigration(before, after, { days: 30, revenueOf: () => 5 });
 * transitionMatrix(migration, ["New", "Loyal"]).customers; // [[1, 1], [0, 0]]
 */
export function transitionMatrix(
  { flows }: Pick<SegmentMigration, "flows">,
  names: readonly string[],
): TransitionMatrix {
  const placeOf = (name: string) => {
    const place = names.indexOf(name);
    if (place >= 0) return place;
    throw new RangeError(
      `Cannot lay out a migration: "${name}" is not among the segments ${names.join(", ")}; pass the names of all segments in the migration`,
    );
  };
  const customers = names.map(() => names.map(() => 0));
  const revenue = names.map(() => names.map(() => 0));
  const entered = names.map(() => 0);
  const enteredRevenue = names.map(() => 0);
  for (const { from, to, customers: count, revenue: amount } of flows) {
    const j = placeOf(to);
    if (from === null) {
      entered[j] += count;
      enteredRevenue[j] += amount;
      continue;
    }
    const i = placeOf(from);
    customers[i][j] += count;
    revenue[i][j] += amount;
  }
  return { names, customers, revenue, entered, enteredRevenue };
}
