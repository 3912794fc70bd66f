/**
 * Converts a name from camelCase to snake_case.
 *
 * @example
 * snakeCase("daysSinceFirstPurchase"); // "days_since_first_purchase"
 */
export function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
