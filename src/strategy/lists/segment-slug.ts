import { categorySlug } from "../../text/index.js";

/**
 * The name of a segment's files.
 *
 * @example
 * segmentSlug("Lost/Churned"); // "lost-churned"
 */
export function segmentSlug(segment: string): string {
  return categorySlug(segment).replaceAll("_", "-");
}
