/** Separation of the clusters by one feature. */
export interface FeatureSeparation {
  readonly feature: string;
  /** Share of the feature's variance that lies between clusters, in [0, 1]. */
  readonly importance: number;
}

/**
 * Computes the share of each feature's variance that lies between the clusters (η²), the largest first. Features with
 * missing values are judged on the customers who have one; customers in no cluster (-1) are left out.
 *
 * @param columns Values by feature, each shape (n,).
 * @param labels Cluster per customer, shape (n,).
 *
 * @example
 * separation({ orders: [1, 1, 9, 9] }, [0, 0, 1, 1]); // [{ feature: "orders", importance: 1 }]
 */
export function separation(
  columns: Readonly<Record<string, ArrayLike<number>>>,
  labels: ArrayLike<number>,
): FeatureSeparation[] {
  return Object.entries(columns)
    .map(([feature, values]) => ({ feature, importance: etaSquared(values, labels) }))
    .sort((a, b) => b.importance - a.importance || (a.feature < b.feature ? -1 : 1));
}

function etaSquared(values: ArrayLike<number>, labels: ArrayLike<number>): number {
  const groups = new Map<number, { n: number; sum: number }>();
  let n = 0;
  let sum = 0;
  for (let i = 0; i < values.length; ++i) {
    if (labels[i] < 0 || Number.isNaN(values[i])) continue;
    const group = groups.get(labels[i]) ?? { n: 0, sum: 0 };
    group.n += 1;
    group.sum += values[i];
    groups.set(labels[i], group);
    n += 1;
    sum += values[i];
  }
  const mean = sum / n;
  let total = 0;
  for (let i = 0; i < values.length; ++i) {
    if (labels[i] >= 0 && !Number.isNaN(values[i])) total += (values[i] - mean) ** 2;
  }
  let between = 0;
  for (const group of groups.values()) between += group.n * (group.sum / group.n - mean) ** 2;
  return total > 0 ? between / total : 0;
}
