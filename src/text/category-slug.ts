/**
 * Makes a column name of a category: lower case, with underscores. Empty if the name has no Latin letter and no digit.
 *
 * @example
 * categorySlug("Home & Garden"); // "home_garden"
 */
export function categorySlug(category: string): string {
  return category
    .toLowerCase()
    .trim()
    .replace(/[^a-z0-9]+/g, "_")
    .replace(/^_|_$/g, "");
}
