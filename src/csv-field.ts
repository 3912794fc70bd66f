/**
 * A text as a field of CSV: quoted only where a comma, a quote or a line break asks for it.
 *
 * @example
 * csvField('12" plate, white'); // "\"12\"\" plate, white\""
 */
export function csvField(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
