/** Characters that move the cursor, colour the terminal or reverse the text around them. */
const UNSAFE = /[\p{Cc}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

/**
 * Returns a text as one line that is safe to print: line breaks become blanks, control characters are dropped.
 *
 * @example
 * plainLine("two\n  lines\u001b[31m"); // "two lines[31m"
 */
export function plainLine(text: string): string {
  return text
    .replace(/\s*[\n\r\u2028\u2029]\s*/g, " ")
    .replace(/\t/g, " ")
    .replace(UNSAFE, "");
}
