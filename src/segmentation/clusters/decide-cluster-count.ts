import { type Conventions, numberTexts } from "../../table/index.js";
import { distinctDigits } from "./distinct-digits.js";

/** What decides about one number of clusters. */
export interface ClusterCountFacts {
  readonly k: number;
  readonly silhouette: number;
  /** Share of the customers in the smallest cluster. */
  readonly smallestShare: number;
  /** Mean adjusted Rand index of bootstrap refits against the fit. */
  readonly stability: number;
  /** What the clusters would be called, before names are made unique. */
  readonly names: readonly string[];
}

/** What an admissible number of clusters needs. */
export interface ClusterCountLimits extends Partial<Pick<Conventions, "locale">> {
  /** Fewest clusters that may be chosen: fewer say too little. Defaults to 3. */
  readonly minClusters?: number;
  /** Most clusters that may be chosen: more cannot be told apart by those who work with them. Defaults to 6. */
  readonly maxClusters?: number;
  /** Least share of the customers that a cluster must have; defaults to 0.02. */
  readonly minShare?: number;
  /** Least mean adjusted Rand index of the refits; defaults to 0.8. */
  readonly minStability?: number;
  /** How far below the best silhouette more clusters are still preferred; defaults to 0.03. */
  readonly tolerance?: number;
  /** Numbers that the rule chooses among; defaults to all of the facts. */
  readonly candidates?: readonly number[];
  /** Takes this number, whatever the rule says of it and of the others. */
  readonly forced?: number | undefined;
}

/** A number of clusters, judged. */
export interface ClusterCountVerdict {
  readonly admissible: boolean;
  readonly chosen: boolean;
  /** Why it was chosen, or by which rule it lost. */
  readonly why: string;
}

/**
 * Chooses among numbers of clusters: the largest admissible one whose silhouette is within `tolerance` of the best
 * admissible one. Admissible are those from `minClusters` to `maxClusters` whose clusters all have a share worth naming,
 * names of their own, and come back when the customers are drawn again. If none is, the one in these bounds that breaks the
 * fewest rules is taken, of those the one with the best silhouette. A number that is forced leaves the rule as it is: what
 * is said of the others holds without it.
 *
 * @returns A verdict for each of `facts`, in their order.
 *
 * @example
 * const facts = { smallestShare: 0.1, stability: 0.9 };
 * decideClusterCount([
 *   { ...facts, k: 3, silhouette: 0.33, names: ["A", "B", "C"] },
 *   { ...facts, k: 4, silhouette: 0.31, names: ["A", "B", "C", "D"] },
 * ])[1].why; // "largest admissible within 0.03 of the best silhouette 0.330"
 */
export function decideClusterCount(
  facts: readonly ClusterCountFacts[],
  {
    minClusters = 3,
    maxClusters = 6,
    minShare = 0.02,
    minStability = 0.8,
    tolerance = 0.03,
    candidates = facts.map(({ k }) => k),
    forced,
    ...options
  }: ClusterCountLimits = {},
): ClusterCountVerdict[] {
  const { number, percent } = numberTexts(options);
  const within = number(tolerance, decimalsOf(tolerance));
  const judged = facts.map(({ k, silhouette, smallestShare, stability, names }) => {
    const repeated = names.find((name, i) => names.indexOf(name) !== i);
    const [share, leastShare] = distinctDigits(smallestShare, minShare, (value, digits) => percent(value, digits - 1));
    const [agreement, leastAgreement] = distinctDigits(stability, minStability, number);
    const faults = [
      ...(k < minClusters ? [`fewer than ${minClusters} clusters`] : []),
      ...(k > maxClusters ? [`more than ${maxClusters} clusters`] : []),
      ...(smallestShare < minShare ? [`its smallest cluster has ${share}, at least ${leastShare} is needed`] : []),
      ...(repeated === undefined ? [] : [`two clusters are both "${repeated}"`]),
      ...(stability < minStability ? [`refits agree by ${agreement}, at least ${leastAgreement} is needed`] : []),
    ];
    return { k, silhouette, faults };
  });
  const open = judged.filter(({ k }) => candidates.includes(k));
  const allowed = open.filter(({ k }) => k >= minClusters && k <= maxClusters);
  const pool = allowed.length ? allowed : open;
  const fewest = Math.min(...pool.map(({ faults }) => faults.length));
  const eligible = pool.filter(({ faults }) => faults.length === fewest);
  const best = Math.max(...eligible.map(({ silhouette }) => silhouette));
  const near = eligible.filter(({ silhouette }) => silhouette >= best - tolerance).map(({ k }) => k);
  const bestOnes = eligible.filter(({ silhouette }) => silhouette === best).map(({ k }) => k);
  const byRule = fewest === 0 ? Math.max(...near) : Math.min(...bestOnes);
  const chosen = forced ?? byRule;
  const whyByRule = ({ faults }: (typeof judged)[number]): string =>
    fewest === 0
      ? `largest admissible within ${within} of the best silhouette ${number(best, 3)}`
      : `none is admissible; fewest faults: ${faults.join("; ")}`;
  const whyNot = ({ silhouette, faults }: (typeof judged)[number]): string => {
    if (faults.length) return faults.join("; ");
    if (silhouette < best - tolerance) {
      const [own, least] = distinctDigits(silhouette, best - tolerance, number);
      return `its silhouette is ${own}, at least ${least} is needed, ${within} below the best`;
    }
    return `${byRule} clusters say more and are as well separated`;
  };
  const why = (one: (typeof judged)[number]): string => {
    if (one.k === forced) {
      const though = one.faults.length ? `, though ${one.faults.join("; ")}` : "";
      return `asked for${forced === byRule ? ", and the rule's choice" : ""}${though}`;
    }
    if (one.k !== byRule) return whyNot(one);
    return forced === undefined ? whyByRule(one) : `the rule's choice, ${whyByRule(one)}; ${forced} was asked for`;
  };
  return judged.map((one) => ({
    admissible: one.faults.length === 0,
    chosen: one.k === chosen,
    why: why(one),
  }));
}

/** Digits after the point that it takes to write a number in full. */
function decimalsOf(value: number): number {
  return String(value).split(".")[1]?.length ?? 0;
}
