import { requireSameLength } from "../../errors.js";
import { quantile } from "../../numeric/index.js";

/** Columns that an experiment can be stratified by. */
export const STRATA = ["spend", "orders", "recency"] as const;
/** One of {@link STRATA}. */
export type Stratum = (typeof STRATA)[number];

/**
 * Returns the stratum of each customer: the quarter of each given column, such as "spend 4 of 4, recency 1 of 4". Equal
 * values share a quarter, so there may be fewer than four.
 *
 * @example
 * strataOf({ spend: [1, 2, 3, 4] }); // ["spend 1 of 4", "spend 2 of 4", "spend 3 of 4", "spend 4 of 4"]
 */
export function strataOf(columns: Readonly<Partial<Record<Stratum, ArrayLike<number>>>>): string[] {
  requireSameLength("strata", columns as Record<string, ArrayLike<number>>);
  const quarters = Object.entries(columns).map(([name, values]) => {
    const limits = [0.25, 0.5, 0.75].map((p) => (values.length ? quantile(values, p) : Number.NaN));
    return Array.from(values, (value) => `${name} ${1 + limits.filter((limit) => value > limit).length} of 4`);
  });
  return quarters.length ? quarters[0].map((_, i) => quarters.map((quarter) => quarter[i]).join(", ")) : [];
}
