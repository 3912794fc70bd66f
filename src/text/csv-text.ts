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
 * Formats a table as CSV with a header; null and NaN are empty.
 *
 * @example
 * csvText(["k", "why"], [[3, "small, stable"], [4, null]]); // 'k,why\n3,"small, stable"\n4,\n'
 */
export function csvText(header: readonly string[], rows: readonly (readonly CsvCell[])[]): string {
  const cell = (value: CsvCell) =>
    value === null || (typeof value === "number" && Number.isNaN(value)) ? "" : csvField(String(value));
  return `${[header, ...rows].map((row) => row.map(cell).join(",")).join("\n")}\n`;
}
