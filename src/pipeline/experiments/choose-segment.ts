import { nearest } from "../../errors.js";
import { segmentSlug } from "../../strategy/index.js";

/** By what customers are put into segments: rules, clusters, or not at all. */
export type SegmentBasis = "rule" | "cluster" | "everyone";

/** The customers that an experiment is about. */
export interface ChosenSegment {
  readonly name: string;
  /** Name for folders, such as "at-risk". */
  readonly slug: string;
  readonly basis: SegmentBasis;
}

/** The word for all customers, whatever their segment. */
export const EVERYONE = "everyone";

/**
 * The segment that somebody names, in whatever case, or as its files are named. A name that both a rule and a cluster
 * have means the rule's, unless clusters are asked for.
 *
 * @throws {RangeError} If there is no such segment.
 *
 * @example
 * chooseSegment("at-risk", { rules: ["Champions", "At Risk"], clusters: [] }).name; // "At Risk"
 */
export function chooseSegment(
  asked: string,
  { rules, clusters }: { readonly rules: readonly string[]; readonly clusters: readonly string[] },
  { basis }: { readonly basis?: "rule" | "cluster" } = {},
): ChosenSegment {
  if (asked.trim().toLowerCase() === EVERYONE) return { name: EVERYONE, slug: EVERYONE, basis: "everyone" };
  const candidates: ChosenSegment[] = [
    ...(basis === "cluster" ? [] : rules.map((name) => ({ name, slug: segmentSlug(name), basis: "rule" as const }))),
    ...(basis === "rule" ? [] : clusters.map((name) => ({ name, slug: segmentSlug(name), basis: "cluster" as const }))),
  ];
  const wanted = asked.trim().toLowerCase();
  const found = candidates.find(({ name, slug }) => name.toLowerCase() === wanted || slug === wanted);
  if (found) return found;
  const names = [...new Set(candidates.map(({ name }) => name))];
  const near = nearest(asked.trim(), [...names, EVERYONE]);
  throw new RangeError(
    `Cannot find the segment "${asked}": there is none of that name${near === undefined ? "" : `, did you mean "${near}"?`}; there are ${names.map((name) => `"${name}"`).join(", ")} and "${EVERYONE}"`,
  );
}
