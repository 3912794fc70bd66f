import { requireWhole } from "../checks.js";
import { daviesBouldinIndex, estimateSilhouette } from "../evaluation/index.js";
import type { Matrix } from "../matrix.js";
import { findKnee } from "./find-knee.js";
import { fitKmeans, type KmeansFit } from "./kmeans.js";
import { fitMiniBatchKmeans } from "./mini-batch-kmeans.js";
import { silhouetteVerdict } from "./silhouette-verdict.js";
import { clusterStability } from "./stability.js";

/** How the number of clusters is chosen. */
export interface ClusterCountOptions {
  readonly seed: number;
  /** What each cluster would be called, before names are made unique. */
  readonly nameClusters: (labels: Int32Array) => readonly string[];
  /** Numbers of clusters that are tried, where there are more customers; defaults to 3 to 8. */
  readonly candidates?: readonly number[];
  /** Most clusters that may be chosen: more cannot be told apart by those who work with them. Defaults to 6. */
  readonly most?: number;
  /** Takes this number, whatever the rule says. */
  readonly forced?: number;
  /** Rows above which clusters are fitted on batches of them; defaults to 2,000,000. */
  readonly miniBatchAbove?: number;
  /** k-means starts of each fit; defaults to 10. */
  readonly restarts?: number;
  /** Bootstrap refits of the stability; defaults to 100. */
  readonly refits?: number;
  /** Least share of the customers that a cluster must have; defaults to 0.02. */
  readonly smallestShare?: number;
  /** Least mean adjusted Rand index of the refits; defaults to 0.8. */
  readonly leastStability?: number;
  /** How far below the best silhouette more clusters are still preferred; defaults to 0.03. */
  readonly tolerance?: number;
  /** Called after each candidate. */
  readonly onProgress?: (done: number, of: number) => void;
}

/** One number of clusters and what speaks for and against it. */
export interface ClusterCountCandidate {
  readonly k: number;
  readonly inertia: number;
  readonly silhouette: number;
  /** Standard deviation of the silhouette over the draws of its sample; 0 if it is exact. */
  readonly silhouetteDeviation: number;
  readonly silhouetteVerdict: "good" | "acceptable" | "poor";
  readonly daviesBouldin: number;
  /** Share of the customers in the smallest cluster. */
  readonly smallestShare: number;
  /** Mean adjusted Rand index of bootstrap refits against the fit. */
  readonly stability: number;
  /** By cluster, before they are made unique. */
  readonly names: readonly string[];
  readonly distinctNames: boolean;
  readonly admissible: boolean;
  readonly chosen: boolean;
  /** Why it was chosen, or by which rule it lost. */
  readonly why: string;
}

/** The chosen number of clusters, its fit, and the table of all candidates. */
export interface ClusterCountChoice {
  readonly chosen: number;
  readonly fit: KmeansFit;
  readonly candidates: readonly ClusterCountCandidate[];
  /** Where the inertia bends; null if it has no knee. */
  readonly knee: number | null;
}

/**
 * Chooses the number of clusters: the largest admissible one whose silhouette is within `tolerance` of the best
 * admissible one. Admissible are those up to `most` whose clusters all have a share worth naming, names of their own,
 * and come back when the customers are drawn again. If none is, the one that breaks the fewest rules is taken, of
 * those the one with the best silhouette.
 *
 * @param points Scaled, shape (n × d).
 * @throws {RangeError} If there are not more rows than clusters, or an option is out of range.
 */
export function chooseClusterCount(
  points: Matrix,
  {
    seed,
    nameClusters,
    candidates = [3, 4, 5, 6, 7, 8],
    most = 6,
    forced,
    miniBatchAbove = 2_000_000,
    restarts = 10,
    refits = 100,
    smallestShare = 0.02,
    leastStability = 0.8,
    tolerance = 0.03,
    onProgress = () => {},
  }: ClusterCountOptions,
): ClusterCountChoice {
  for (const k of candidates) requireWhole("chooseClusterCount", "k", k, 2);
  // As many clusters as customers say nothing.
  const possible = candidates.filter((k) => k < points.nRows);
  const least = forced ?? Math.min(...candidates);
  if (points.nRows <= least) {
    throw new RangeError(
      `Cannot choose a number of clusters: there are ${points.nRows} customers, more than ${least} are needed`,
    );
  }
  const tried = [...new Set(forced === undefined ? possible : [...possible, forced])].sort((a, b) => a - b);
  const fitClusters = points.nRows > miniBatchAbove ? fitMiniBatchKmeans : fitKmeans;
  const fits = tried.map((k, i) => {
    const fit = fitClusters(points, { k, seed, restarts });
    const silhouette = estimateSilhouette(points, fit.labels, { seed });
    const stability = clusterStability(points, fit, { seed, refits });
    const sizes = new Uint32Array(k);
    for (const label of fit.labels) ++sizes[label];
    const names = nameClusters(fit.labels);
    onProgress(i + 1, tried.length);
    return {
      fit,
      k,
      inertia: fit.inertia,
      silhouette: silhouette.score,
      silhouetteDeviation: silhouette.standardDeviation,
      silhouetteVerdict: silhouetteVerdict(silhouette.score),
      daviesBouldin: daviesBouldinIndex(points, fit.labels),
      smallestShare: Math.min(...sizes) / points.nRows,
      stability,
      names,
      distinctNames: new Set(names).size === k,
    };
  });
  const faults = fits.map((one) => [
    ...(one.k > most ? [`more than ${most} clusters`] : []),
    ...(one.smallestShare < smallestShare
      ? [`its smallest cluster has ${percent(one.smallestShare)}, at least ${percent(smallestShare)} is needed`]
      : []),
    ...(one.distinctNames ? [] : [`two clusters are both "${repeated(one.names)}"`]),
    ...(one.stability < leastStability
      ? [`refits agree by ${one.stability.toFixed(2)}, at least ${leastStability} is needed`]
      : []),
  ]);
  const fewest = Math.min(...faults.map(({ length }) => length));
  const eligible = fits.filter((_, i) => faults[i].length === fewest);
  const best = Math.max(...eligible.map(({ silhouette }) => silhouette));
  const near = eligible.filter(({ silhouette }) => silhouette >= best - tolerance);
  const byRule =
    fewest === 0 ? near[near.length - 1].k : (eligible.find(({ silhouette }) => silhouette === best)?.k ?? near[0].k);
  const chosen = forced ?? byRule;
  const why = ({ k, silhouette }: (typeof fits)[number], i: number): string => {
    if (k === chosen) {
      if (forced !== undefined) return forced === byRule ? "asked for, and the rule's choice" : "asked for";
      return fewest === 0
        ? `largest admissible within ${tolerance} of the best silhouette ${best.toFixed(3)}`
        : `none is admissible; fewest faults: ${faults[i].join("; ")}`;
    }
    if (faults[i].length) return faults[i].join("; ");
    if (silhouette < best - tolerance) return `its silhouette is more than ${tolerance} below ${best.toFixed(3)}`;
    if (forced !== undefined) return `${forced} was asked for`;
    return `${byRule} clusters say more and are as well separated`;
  };
  const table = fits.map((one, i): ClusterCountCandidate => {
    const { fit: _, ...facts } = one;
    return { ...facts, admissible: faults[i].length === 0, chosen: one.k === chosen, why: why(one, i) };
  });
  return {
    chosen,
    fit: (fits.find(({ k }) => k === chosen) as (typeof fits)[number]).fit,
    candidates: table,
    knee: findKnee(
      fits.map(({ k }) => k),
      fits.map(({ inertia }) => inertia),
    ),
  };
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}

function repeated(names: readonly string[]): string {
  return names.find((name, i) => names.indexOf(name) !== i) as string;
}
