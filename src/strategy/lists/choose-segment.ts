import { nearest, requireKnownOptions } from "../../errors.js";
import { segmentSlug } from "./segment-slug.js";

/** Basis of the segments: by rules, by clusters, or not at all. */
export type SegmentBasis = "rule" | "cluster" | "everyone";

/** A segment that was asked for by name. */
export interface ChosenSegment {
  readonly name: string;
  /** Name in file paths, such as "at-risk". */
  readonly slug: string;
  readonly basis: SegmentBasis;
}

/** Name of the group of all customers. */
export const EVERYONE = "everyone";

/**
 * Finds a segment by its name in any case, or by its slug. A name shared by a rule and a cluster means the rule's segment,
 * unless `basis` says otherwise.
 *
 * @throws {RangeError} If there is no such segment.
 *
 * @example
 * chooseSegment("at-risk", { rules: ["Champions", "At Risk"], clusters: [] }).name; // "At Risk"
 */
export function chooseSegment(
  asked: string,
  { rules, clusters }: { readonly rules: readonly string[]; readonly clusters: readonly string[] },
  options: { readonly basis?: "rule" | "cluster" } = {},
): ChosenSegment {
  requireKnownOptions("choose a segment", options, { basis: true });
  const { basis } = options;
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
    `Cannot find the segment "${asked}": no segment has that name; ${near === undefined ? "" : `did you mean "${near}"? `}segments: ${names.map((name) => `"${name}"`).join(", ")} and "${EVERYONE}"`,
  );
}
