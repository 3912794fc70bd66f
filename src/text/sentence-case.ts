/**
 * Writes the first letter of a text as a capital.
 *
 * @example
 * sentenceCase("no customer id"); // "No customer id"
 */
export function sentenceCase(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}
