import { setImmediate as yieldToOthers } from "node:timers/promises";
import { requireKnownOptions } from "../../errors.js";
import type { Matrix } from "../../matrix/index.js";
import { requireInteger } from "../../numeric/index.js";
import { abortCheck } from "../../progress/index.js";
import type { KmeansFit } from "../kmeans/kmeans-fit.js";
import { type AssessedClusterCount, assessClusterCount } from "./assess-cluster-count.js";
import { type ClusterCountLimits, type ClusterCountVerdict, decideClusterCount } from "./decide-cluster-count.js";
import { findKnee } from "./find-knee.js";

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

/** One number of clusters: its measures, and what speaks for and against it. */
export interface ClusterCountCandidate extends AssessedClusterCount, ClusterCountVerdict {}

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
export async function chooseClusterCount(points: Matrix, options: ClusterCountOptions): Promise<ClusterCountChoice> {
  requireKnownOptions("choose the number of clusters", options, {
    seed: true,
    nameClusters: true,
    candidates: true,
    forced: true,
    miniBatchAbove: true,
    nInit: true,
    refits: true,
    onProgress: true,
    signal: true,
    minClusters: true,
    maxClusters: true,
    minShare: true,
    minStability: true,
    tolerance: true,
  });
  const {
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
  } = options;
  const { possible, tried } = possibleCounts(points, candidates, forced);
  const throwIfStopped = abortCheck(signal);
  const pause = async () => {
    await yieldToOthers();
    throwIfStopped();
  };
  throwIfStopped();
  const assessed: Awaited<ReturnType<typeof assessClusterCount>>[] = [];
  for (const k of tried) {
    assessed.push(await assessClusterCount(points, k, { seed, nameClusters, miniBatchAbove, nInit, refits, pause }));
    const { silhouette } = assessed[assessed.length - 1].measures;
    onProgress({ k, silhouette, done: assessed.length, total: tried.length });
    await pause();
  }
  const measured = assessed.map(({ measures }) => measures);
  const verdicts = decideClusterCount(measured, { ...limits, candidates: possible, forced });
  const chosen = verdicts.findIndex((verdict) => verdict.chosen);
  // What was asked for may lie far off, and would stretch the curve.
  const curve = measured.filter(({ k }) => possible.includes(k));
  return {
    chosen: tried[chosen],
    fit: assessed[chosen].fit,
    candidates: measured.map((one, i) => ({ ...one, ...verdicts[i] })),
    knee: findKnee(
      curve.map(({ k }) => k),
      curve.map(({ inertia }) => inertia),
    ),
  };
}

/** Returns the candidates that there are enough different customers for, and with the forced number those to try. */
function possibleCounts(
  points: Matrix,
  candidates: readonly number[],
  forced: number | undefined,
): { readonly possible: number[]; readonly tried: number[] } {
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
  return { possible, tried };
}

/** How many rows differ from each other, counted up to `enough`. */
function countDifferentRows({ nRows, nCols, data }: Matrix, enough: number): number {
  const seen = new Set<string>();
  for (let i = 0; i < nRows && seen.size < enough; ++i) seen.add(data.subarray(i * nCols, (i + 1) * nCols).join());
  return seen.size;
}
