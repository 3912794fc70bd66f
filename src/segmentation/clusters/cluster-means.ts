/**
 * Computes the mean of each column in each cluster.
 *
 * @example
 * clusterMeans({ frequency: [14, 12, 1] }, [0, 0, 1]); // {frequency: [13, 1]}
 */
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
