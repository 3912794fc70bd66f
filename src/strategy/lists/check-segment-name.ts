import { requireKnownOptions } from "../../errors.js";
import { SEGMENT_NAMES } from "../../text/index.js";
import { chooseSegment } from "./choose-segment.js";
import { segmentSlug } from "./segment-slug.js";

/**
 * Refuses a name that no segment can have, whatever the dataset: neither that of a rule segment, nor one that begins like
 * it, as those of clusters do.
 *
 * @throws {RangeError} If no segment can have the name.
 */
export function checkSegmentName(asked: string, options: { readonly basis?: "rule" | "cluster" } = {}): void {
  requireKnownOptions("check the name of a segment", options, { basis: true });
  const { basis } = options;
  const slug = segmentSlug(asked.trim());
  if (basis !== "rule" && SEGMENT_NAMES.some((name) => slug.startsWith(`${segmentSlug(name)}-`))) return;
  chooseSegment(asked, { rules: SEGMENT_NAMES, clusters: SEGMENT_NAMES }, basis ? { basis } : {});
}
