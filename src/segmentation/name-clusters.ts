import type { RuleColumns } from "./rule-segments.js";
import { type SegmentRule, segmentOf, standardSegmentRules } from "./segment-rules.js";

/**
 * The rule segment of each cluster's means of recency, orders and average order value. Two clusters may have one name:
 * see {@link uniqueClusterNames}.
 *
 * @param labels Cluster per customer, from 0; -1 is in none, shape (n,).
 */
export function nameClusters(
  { recencyDays, orders, averageOrderValue }: RuleColumns,
  labels: ArrayLike<number>,
  { rules = standardSegmentRules }: { readonly rules?: readonly SegmentRule[] } = {},
): string[] {
  const means = clusterMeans({ recencyDays, orders, averageOrderValue }, labels);
  return means.recencyDays.map((recency, cluster) =>
    segmentOf(
      {
        recencyDays: recency,
        orders: means.orders[cluster],
        averageOrderValue: means.averageOrderValue[cluster],
      },
      { rules },
    ),
  );
}

/** Mean of each column in each cluster. */
export function clusterMeans<Name extends string>(
  columns: Readonly<Record<Name, ArrayLike<number>>>,
  labels: ArrayLike<number>,
): Record<Name, number[]> {
  let k = 0;
  for (let i = 0; i < labels.length; ++i) k = Math.max(k, labels[i] + 1);
  const sizes = new Float64Array(k);
  for (let i = 0; i < labels.length; ++i) if (labels[i] >= 0) ++sizes[labels[i]];
  const entries = (Object.entries(columns) as [Name, ArrayLike<number>][]).map(([name, values]) => {
    const sums = new Float64Array(k);
    for (let i = 0; i < labels.length; ++i) if (labels[i] >= 0) sums[labels[i]] += values[i];
    return [name, Array.from(sums, (sum, cluster) => sum / sizes[cluster])];
  });
  return Object.fromEntries(entries) as Record<Name, number[]>;
}

const WORDS = {
  monetary: ["very high spend", "higher spend", "lower spend"],
  orders: ["most orders", "more orders", "fewer orders"],
  recencyDays: ["longest away", "longer away", "seen most lately"],
} as const;

/**
 * Makes names unique: clusters that share one are told apart by the feature in which their means differ most, for
 * example "Champions · very high spend".
 *
 * @param means Means per cluster of what may tell them apart.
 */
export function uniqueClusterNames(
  names: readonly string[],
  means: Readonly<Record<keyof typeof WORDS, readonly number[]>>,
): string[] {
  const result = [...names];
  for (const name of new Set(names)) {
    const sharing = names.flatMap((other, cluster) => (other === name ? [cluster] : []));
    if (sharing.length < 2) continue;
    const ratio = (values: readonly number[]) => {
      const own = sharing.map((cluster) => values[cluster] + 1);
      return Math.max(...own) / Math.min(...own);
    };
    const [feature] = (Object.keys(WORDS) as (keyof typeof WORDS)[]).sort((a, b) => ratio(means[b]) - ratio(means[a]));
    const falling = [...sharing].sort((a, b) => means[feature][b] - means[feature][a] || a - b);
    const [most, more, least] = WORDS[feature];
    falling.forEach((cluster, place) => {
      const words = place === 0 ? most : place === falling.length - 1 ? least : more;
      const repeated = place > 0 && place < falling.length - 1 && falling.length > 3;
      result[cluster] = `${name} · ${words}${repeated ? ` (${place})` : ""}`;
    });
  }
  return result;
}
