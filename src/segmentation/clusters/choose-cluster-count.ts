import { setImmediate as yieldToOthers } from "node:timers/promises";
import { daviesBouldinIndex, estimateSilhouette } from "../../evaluation/index.js";
import type { Matrix } from "../../matrix/index.js";
import { mean, requireInteger } from "../../numeric/index.js";
import { abortCheck } from "../../progress/index.js";
import { fitKmeans } from "../kmeans/kmeans.js";
import type { KmeansFit } from "../kmeans/kmeans-fit.js";
import { fitMiniBatchKmeans } from "../kmeans/mini-batch-kmeans.js";
import {
  type ClusterCountCheck,
  type ClusterCountLimits,
  type ClusterCountReason,
  type ClusterCountVerdict,
  decideClusterCount,
} from "./decide-cluster-count.js";
import { findKnee } from "./find-knee.js";
import { silhouetteVerdict } from "./silhouette-verdict.js";
import { bootstrapRefits } from "./stability.js";

/** Options for choosing the number of clusters. */
export interface ClusterCountOptions extends Omit<ClusterCountLimits, "candidates"> {
  readonly seed: number;
  /** What each cluster would be called, before names are made unique. */
  readonly nameClusters: (labels: Int32Array) => readonly string[];
  /** Numbers of clusters that are tried and chosen among, where there are more customers; defaults to 3 to 8. */
  readonly candidates?: readonly number[];
  /** Rows above which clusters are fitted on batches of them; defaults to 2,000,000. */
  readonly miniBatchAbove?: number;
  /** k-means starts of each fit; defaults to 10. */
  readonly nInit?: number;
  /** Bootstrap refits of the stability; defaults to 100. */
  readonly refits?: number;
  /** Called after each candidate; what it draws is seen before the next. */
  readonly onProgress?: (progress: ClusterCountProgress) => void;
  /** Rejects with its reason once it is aborted; looked at after each fit and each refit. */
  readonly signal?: AbortSignal | undefined;
}

/** Progress through the candidates. */
export interface ClusterCountProgress {
  /** The number of clusters that was just tried. */
  readonly k: number;
  readonly silhouette: number;
  readonly done: number;
  readonly total: number;
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
  /** Customers that the refits were made of and judged on: all, or a random part of many. */
  readonly stabilityRows: number;
  /** By cluster, before they are made unique. */
  readonly names: readonly string[];
  readonly distinctNames: boolean;
  readonly admissible: boolean;
  readonly chosen: boolean;
  /** Requirements, and whether they are met. */
  readonly checks: readonly ClusterCountCheck[];
  /** Why it was chosen or not. */
  readonly reason: ClusterCountReason;
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
 * Fits as many clusters as there are candidates, and chooses by {@link decideClusterCount}.
 *
 * @param points Scaled, shape (n × d).
 * @throws {RangeError} If there are not more different customers than clusters, or an option is out of range.
 *
 * @example
 * const points = matrixFromColumns({ x: [0, 1, 2, 50, 51, 52, 100, 101, 102] });
 * const nameClusters = (labels: Int32Array) => Array.from(new Set(labels), (label) => `cluster ${label}`);
 * (await chooseClusterCount(points, { seed: 7, nameClusters, refits: 5 })).chosen; // 3
 */
export async function chooseClusterCount(
  points: Matrix,
  {
    seed,
    nameClusters,
    candidates = [3, 4, 5, 6, 7, 8],
    forced,
    miniBatchAbove = 2_000_000,
    nInit = 10,
    refits = 100,
    onProgress = () => {},
    signal,
    ...limits
  }: ClusterCountOptions,
): Promise<ClusterCountChoice> {
  for (const k of forced === undefined ? candidates : [...candidates, forced]) {
    requireInteger("chooseClusterCount", "k", k, 2);
  }
  if (!candidates.length) {
    throw new RangeError("Cannot choose a number of clusters: there are no candidates; expected at least one");
  }
  // As many clusters as different customers say nothing.
  const most = Math.max(...candidates, forced ?? 0);
  const different = countDifferentRows(points, most + 1);
  const least = forced ?? Math.min(...candidates);
  if (different <= least) {
    throw new RangeError(
      `Cannot choose a number of clusters: there are ${points.nRows} customers${different < points.nRows ? `, ${different} of them different` : ""}; ${least} clusters require at least ${least + 1} different customers`,
    );
  }
  const possible = candidates.filter((k) => k < different);
  const tried = [...new Set(forced === undefined ? possible : [...possible, forced])].sort((a, b) => a - b);
  const fitClusters = points.nRows > miniBatchAbove ? fitMiniBatchKmeans : fitKmeans;
  const throwIfStopped = abortCheck(signal);
  const breathe = async () => {
    await yieldToOthers();
    throwIfStopped();
  };
  throwIfStopped();
  const fits: { readonly fit: KmeansFit; readonly facts: CandidateFacts }[] = [];
  for (const k of tried) {
    const fit = fitClusters(points, { k, seed, nInit });
    await breathe();
    const silhouette = estimateSilhouette(points, fit.labels, { seed });
    await breathe();
    const { nRows: stabilityRows, agreements } = bootstrapRefits(points, fit, { seed, refits });
    const agreed: number[] = [];
    for (const agreement of agreements) {
      agreed.push(agreement);
      await breathe();
    }
    const sizes = new Uint32Array(k);
    for (const label of fit.labels) ++sizes[label];
    const names = nameClusters(fit.labels);
    const facts = {
      k,
      inertia: fit.inertia,
      silhouette: silhouette.score,
      silhouetteDeviation: silhouette.standardDeviation,
      silhouetteVerdict: silhouetteVerdict(silhouette.score),
      daviesBouldin: daviesBouldinIndex(points, fit.labels),
      smallestShare: Math.min(...sizes) / points.nRows,
      stability: mean(agreed),
      stabilityRows,
      names,
      distinctNames: new Set(names).size === k,
    };
    fits.push({ fit, facts });
    onProgress({ k, silhouette: silhouette.score, done: fits.length, total: tried.length });
    await breathe();
  }
  const facts = fits.map((one) => one.facts);
  const verdicts = decideClusterCount(facts, { ...limits, candidates: possible, forced });
  const chosen = verdicts.findIndex((verdict) => verdict.chosen);
  // What was asked for may lie far off, and would stretch the curve.
  const curve = facts.filter(({ k }) => possible.includes(k));
  return {
    chosen: tried[chosen],
    fit: fits[chosen].fit,
    candidates: facts.map((one, i) => ({ ...one, ...verdicts[i] })),
    knee: findKnee(
      curve.map(({ k }) => k),
      curve.map(({ inertia }) => inertia),
    ),
  };
}

/** What is known of a candidate before it is judged. */
type CandidateFacts = Omit<ClusterCountCandidate, keyof ClusterCountVerdict>;

/** How many rows differ from each other, counted up to `enough`. */
function countDifferentRows({ nRows, nCols, data }: Matrix, enough: number): number {
  const seen = new Set<string>();
  for (let i = 0; i < nRows && seen.size < enough; ++i) seen.add(data.subarray(i * nCols, (i + 1) * nCols).join());
  return seen.size;
}
