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
