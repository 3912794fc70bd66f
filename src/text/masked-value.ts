/**
 * Masks a value that may identify a person: its first and last character stay, so that its owner recognizes it.
 *
 * @example
 * maskedValue("anna@example.com"); // "a…m"
 * maskedValue("17850"); // "1…0"
 * maskedValue("B7"); // "…"
 */
export function maskedValue(value: string): string {
  const characters = Array.from(value);
  return characters.length < 4 ? "…" : `${characters[0]}…${characters[characters.length - 1]}`;
}

/**
 * Masks the e-mail addresses in a text.
 *
 * @example
 * maskedEmails('row 3: amount is "anna@example.com", expected a number'); // 'row 3: amount is "a…m", expected a number'
 */
export function maskedEmails(text: string): string {
  return text.replace(/[\p{L}\p{N}._%+'-]+@(?:[\p{L}\p{N}-]+\.)+\p{L}{2,}/gu, maskedValue);
}
