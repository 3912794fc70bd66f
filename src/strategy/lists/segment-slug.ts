import { slug } from "../../text/index.js";

/**
 * Returns the file name of a segment.
 *
 * @example
 * segmentSlug("Lost/Churned"); // "lost-churned"
 */
export function segmentSlug(segment: string): string {
  return slug(segment);
}
