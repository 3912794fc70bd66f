import type { ClusterCountCandidate, ClusterCountChoice } from "./choose-cluster-count.js";

/** Customers that a cluster needs to be described reliably. */
const FEW = 30;

/** Remark on the candidates for a number of clusters. */
export type ClusterCountRemark =
  /** Where the inertia bends; null if it falls smoothly. */
  | { readonly code: "elbow"; readonly k: number | null }
  /** Silhouettes are estimated on a sample. */
  | { readonly code: "estimated silhouettes" }
  /** Stability is measured on a sample. */
  | { readonly code: "sampled stability"; readonly sampled: number; readonly customers: number }
  /** The selected clusters are unreliable. */
  | {
      readonly code: "unreliable";
      readonly k: number;
      /** The selected candidate, if it fails a check. */
      readonly failing: ClusterCountCandidate | null;
      /** Customers of the smallest cluster, if they are few. */
      readonly smallest: number | null;
      readonly customers: number;
    };

/**
 * Returns what to know about the candidates: where the elbow is, what was computed on a sample, and whether the selected
 * clusters are unreliable.
 *
 * @param customers Customers in clusters.
 */
export function clusterCountRemarks(
  { candidates, knee }: Pick<ClusterCountChoice, "candidates" | "knee">,
  customers: number,
): ClusterCountRemark[] {
  const remarks: ClusterCountRemark[] = [{ code: "elbow", k: knee }];
  if (candidates.some(({ silhouetteDeviation }) => silhouetteDeviation > 0)) {
    remarks.push({ code: "estimated silhouettes" });
  }
  const sampled = Math.min(...candidates.map(({ stabilityRows }) => stabilityRows));
  if (sampled < customers) remarks.push({ code: "sampled stability", sampled, customers });
  const chosen = candidates.find((one) => one.chosen);
  if (!chosen) return remarks;
  const failing = chosen.admissible ? null : chosen;
  const smallest = Math.round(chosen.smallestShare * customers);
  const few = smallest < FEW ? smallest : null;
  if (failing || few !== null) remarks.push({ code: "unreliable", k: chosen.k, failing, smallest: few, customers });
  return remarks;
}
