/** What sets clusters of one name apart, from the largest mean to the smallest. */
const WORDS = {
  monetary: {
    far: "very high spend",
    pair: ["higher spend", "lower spend"],
    most: "highest spend",
    least: "lowest spend",
  },
  frequency: {
    far: "by far the most orders",
    pair: ["more orders", "fewer orders"],
    most: "most orders",
    least: "fewest orders",
  },
  recencyDays: {
    far: "much longer away",
    pair: ["longer away", "seen more lately"],
    most: "longest away",
    least: "seen most lately",
  },
} as const;

/** From this many times the next mean on, the largest is said to be far above. */
const FAR_ABOVE = 3;

type Distinguishing = keyof typeof WORDS;

/** Means per cluster of the features that can distinguish clusters of one name. */
type DistinguishingMeans = Readonly<Record<Distinguishing, readonly number[]>>;

/**
 * Makes names unique: clusters that share one are distinguished by the feature in which their means differ most, for
 * example "Champions · very high spend" where one spends at least three times as much as the next. Those between the
 * first and the last are distinguished by what else they differ in, and numbered only where nothing is left.
 *
 * @param means Means per cluster of the features that can distinguish them.
 *
 * @example
 * const means = { monetary: [900, 5, 80_000], frequency: [16, 1, 40], recencyDays: [10, 400, 8] };
 * uniqueClusterNames(["Champions", "Lost/Churned", "Champions"], means)[2]; // "Champions · very high spend"
 */
export function uniqueClusterNames(names: readonly string[], means: DistinguishingMeans): string[] {
  const result = [...names];
  for (const name of new Set(names)) {
    const sharing = names.flatMap((other, cluster) => (other === name ? [cluster] : []));
    if (sharing.length < 2) continue;
    for (const [cluster, words] of distinguish(sharing, means)) result[cluster] = `${name} · ${words}`;
  }
  return result;
}

/** What to say of each of two clusters or more, by cluster. */
function distinguish(clusters: readonly number[], means: DistinguishingMeans): Map<number, string> {
  // Returns may outweigh orders, and a ratio needs something above 0.
  const size = (feature: Distinguishing, cluster: number) => Math.max(means[feature][cluster], 0) + 1;
  const result = new Map<number, string>();
  let left = clusters;
  let features = Object.keys(WORDS) as Distinguishing[];
  while (left.length > 1) {
    const ratio = (feature: Distinguishing) => {
      const sizes = left.map((cluster) => size(feature, cluster));
      return Math.max(...sizes) / Math.min(...sizes);
    };
    const [feature, ...others] = features.sort((a, b) => ratio(b) - ratio(a));
    if (feature === undefined || ratio(feature) === 1) break;
    const isFirst = left.length === clusters.length;
    const falling = [...left].sort((a, b) => means[feature][b] - means[feature][a] || a - b);
    const { pair, most, least, far } = WORDS[feature];
    const [top, bottom] = falling.length === 2 ? pair : [most, least];
    const isFar = isFirst && size(feature, falling[0]) >= FAR_ABOVE * size(feature, falling[1]);
    const prefix = isFirst ? "" : "in between, ";
    result.set(falling[0], isFar ? far : prefix + top);
    result.set(falling[falling.length - 1], prefix + bottom);
    left = falling.slice(1, -1);
    features = others;
  }
  const rest = left.length < clusters.length ? "in between" : "alike";
  left.forEach((cluster, i) => {
    result.set(cluster, left.length === 1 ? rest : `${rest} (${i + 1})`);
  });
  return result;
}
