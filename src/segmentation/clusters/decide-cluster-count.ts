import { requireKnownOptions } from "../../errors.js";
/** Facts that decide on one number of clusters. */
export interface ClusterCountFacts {
  readonly k: number;
  readonly silhouette: number;
  /** Share of the customers in the smallest cluster. */
  readonly smallestShare: number;
  /** Mean adjusted Rand index of bootstrap refits against the fit. */
  readonly stability: number;
}

/** Limits of an admissible number of clusters. */
export interface ClusterCountLimits {
  /** Minimum number of clusters; defaults to 3. */
  readonly minClusters?: number;
  /** Maximum number of clusters; defaults to 6. */
  readonly maxClusters?: number;
  /** Minimum share of the customers in a cluster; defaults to 0.02. */
  readonly minShare?: number;
  /** Minimum mean adjusted Rand index of the refits; defaults to 0.8. */
  readonly minStability?: number;
  /** Distance below the best silhouette within which more clusters are preferred; defaults to 0.03. */
  readonly tolerance?: number;
  /** Numbers that the rule selects from; defaults to all of the facts. */
  readonly candidates?: readonly number[];
  /** Number of clusters that overrides the rule. */
  readonly forced?: number | undefined;
}

/** One requirement of an admissible number of clusters. */
export interface ClusterCountCheck {
  readonly rule: "min-clusters" | "max-clusters" | "smallest-share" | "stability";
  readonly value: number;
  readonly limit: number;
  readonly passed: boolean;
}

/** Reason for the selected number: the largest admissible one near the best silhouette, or the least bad. */
export type ClusterCountChoiceReason =
  | { readonly kind: "largest-near-best"; readonly bestSilhouette: number; readonly tolerance: number }
  | { readonly kind: "fewest-failures" };

/** Reason for selecting or rejecting a number of clusters. */
export type ClusterCountReason =
  | ClusterCountChoiceReason
  /** The caller asked for it; `byRule` if the rule selects it too. */
  | { readonly kind: "requested"; readonly byRule: boolean }
  /** The rule selects it, and the caller asked for another. */
  | { readonly kind: "overridden"; readonly requested: number; readonly byRule: ClusterCountChoiceReason }
  /** A check failed, see the checks. */
  | { readonly kind: "checks" }
  /** The silhouette is too far below the best. */
  | { readonly kind: "silhouette"; readonly value: number; readonly limit: number; readonly tolerance: number }
  /** It is as well separated as more clusters, which say more. */
  | { readonly kind: "fewer-clusters"; readonly selected: number };

/** Verdict on one number of clusters. */
export interface ClusterCountVerdict {
  readonly admissible: boolean;
  readonly chosen: boolean;
  readonly checks: readonly ClusterCountCheck[];
  readonly reason: ClusterCountReason;
}

/**
 * Selects a number of clusters: the largest admissible one whose silhouette is within `tolerance` of the best admissible
 * one. Admissible numbers are from `minClusters` to `maxClusters`; each of their clusters has a minimum share of the
 * customers, and bootstrap refits find the clusters again. If none is admissible, the number within these bounds that fails
 * the fewest checks is selected, with the best silhouette among equals. A forced number leaves the verdicts on the others
 * unchanged.
 *
 * @returns A verdict for each of `facts`, in their order.
 *
 * @example
 * const facts = { smallestShare: 0.1, stability: 0.9 };
 * decideClusterCount([
 *   { ...facts, k: 3, silhouette: 0.33 },
 *   { ...facts, k: 4, silhouette: 0.31 },
 * ])[1].reason; // { kind: "largest-near-best", bestSilhouette: 0.33, tolerance: 0.03 }
 */
export function decideClusterCount(
  facts: readonly ClusterCountFacts[],
  options: ClusterCountLimits = {},
): ClusterCountVerdict[] {
  requireKnownOptions("choose the number of clusters", options, {
    minClusters: true,
    maxClusters: true,
    minShare: true,
    minStability: true,
    tolerance: true,
    candidates: true,
    forced: true,
  });
  const {
    minClusters = 3,
    maxClusters = 6,
    minShare = 0.02,
    minStability = 0.8,
    tolerance = 0.03,
    candidates = facts.map(({ k }) => k),
    forced,
  } = options;
  const judged = facts.map(({ k, silhouette, smallestShare, stability }) => {
    const checks: readonly ClusterCountCheck[] = [
      { rule: "min-clusters", value: k, limit: minClusters, passed: k >= minClusters },
      { rule: "max-clusters", value: k, limit: maxClusters, passed: k <= maxClusters },
      { rule: "smallest-share", value: smallestShare, limit: minShare, passed: smallestShare >= minShare },
      { rule: "stability", value: stability, limit: minStability, passed: stability >= minStability },
    ];
    return { k, silhouette, checks, failures: checks.filter(({ passed }) => !passed).length };
  });
  const open = judged.filter(({ k }) => candidates.includes(k));
  const allowed = open.filter(({ k }) => k >= minClusters && k <= maxClusters);
  const pool = allowed.length ? allowed : open;
  const fewest = Math.min(...pool.map(({ failures }) => failures));
  const eligible = pool.filter(({ failures }) => failures === fewest);
  const best = Math.max(...eligible.map(({ silhouette }) => silhouette));
  const near = eligible.filter(({ silhouette }) => silhouette >= best - tolerance).map(({ k }) => k);
  const bestOnes = eligible.filter(({ silhouette }) => silhouette === best).map(({ k }) => k);
  const selected = fewest === 0 ? Math.max(...near) : Math.min(...bestOnes);
  const byRule: ClusterCountChoiceReason =
    fewest === 0 ? { kind: "largest-near-best", bestSilhouette: best, tolerance } : { kind: "fewest-failures" };
  const reasonOf = ({ k, silhouette, failures }: (typeof judged)[number]): ClusterCountReason => {
    if (k === forced) return { kind: "requested", byRule: k === selected };
    if (k === selected) return forced === undefined ? byRule : { kind: "overridden", requested: forced, byRule };
    if (failures) return { kind: "checks" };
    if (silhouette >= best - tolerance) return { kind: "fewer-clusters", selected };
    return { kind: "silhouette", value: silhouette, limit: best - tolerance, tolerance };
  };
  return judged.map((one) => ({
    admissible: one.failures === 0,
    chosen: one.k === (forced ?? selected),
    checks: one.checks,
    reason: reasonOf(one),
  }));
}
