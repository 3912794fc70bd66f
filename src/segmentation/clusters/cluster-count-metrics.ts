import type { ClusterCountChoice } from "./choose-cluster-count.js";

/** Metrics of one number of clusters, as a step of their curves. */
export interface ClusterCountStep {
  /** The number of clusters. */
  readonly step: number;
  readonly metrics: Readonly<Record<string, number>>;
}

/** Returns the measures of the numbers of clusters by metric name, one step for each. */
export function clusterCountMetrics({ candidates }: Pick<ClusterCountChoice, "candidates">): ClusterCountStep[] {
  return candidates.map((one) => ({
    step: one.k,
    metrics: {
      k_inertia: one.inertia,
      k_silhouette: one.silhouette,
      k_davies_bouldin: one.daviesBouldin,
      k_stability_ari: one.stability,
      k_smallest_share: one.smallestShare,
    },
  }));
}
