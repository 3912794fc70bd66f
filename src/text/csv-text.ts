/**
 * Formats text as a CSV field, quoted only if it contains a comma, a quote or a line break.
 *
 * @example
 * csvField('12" plate, white'); // "\"12\"\" plate, white\""
 */
export function csvField(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Cell of a CSV table. */
export type CsvCell = string | number | boolean | null;

/**
 * Formats a row as CSV, without a line break; null and NaN are empty.
 *
 * @example
 * csvRow([3, "small, stable", null]); // '3,"small, stable",'
 */
export function csvRow(cells: readonly CsvCell[]): string {
  return cells.map((cell) => (cell === null || Number.isNaN(cell) ? "" : csvField(String(cell)))).join(",");
}

/**
 * Formats a table as CSV with a header; null and NaN are empty.
 *
 * @example
 * csvText(["k", "why"], [[3, "small, stable"], [4, null]]); // 'k,why\n3,"small, stable"\n4,\n'
 */
export function csvText(header: readonly string[], rows: readonly (readonly CsvCell[])[]): string {
  return `${[header, ...rows].map(csvRow).join("\n")}\n`;
}
