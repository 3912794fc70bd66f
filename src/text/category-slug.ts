import { slug } from "./slug.js";

/**
 * Returns the column name of a category: its slug with underscores.
 *
 * @example
 * categorySlug("Home & Garden"); // "home_garden"
 */
export function categorySlug(category: string): string {
  return slug(category, "_");
}
