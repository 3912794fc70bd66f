/**
 * Converts a name from camelCase to snake_case.
 *
 * @example
 * snakeCase("daysSinceFirstPurchase"); // "days_since_first_purchase"
 */
export function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/**
 * Converts a name of a file or table to camelCase.
 *
 * @example
 * camelCase("days_since_first_purchase"); // "daysSinceFirstPurchase"
 */
export function camelCase(name: string): string {
  return name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

/**
 * Converts the keys of plain data from camelCase to snake_case, at every depth.
 *
 * @example
 * snakeCaseKeys({ sizeChange: [{ asOf: "2026-01-31" }] }); // { size_change: [{ as_of: "2026-01-31" }] }
 */
export function snakeCaseKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(snakeCaseKeys);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [snakeCase(key), snakeCaseKeys(one)]));
}
