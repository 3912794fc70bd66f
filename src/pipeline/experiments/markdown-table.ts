/**
 * Rows as a table of Markdown, every column but the first flush right.
 *
 * @param rows At least one; the header is the keys of the first.
 */
export function markdownTable(rows: readonly Readonly<Record<string, string>>[]): string[] {
  const header = Object.keys(rows[0]);
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [
    line(header),
    line(header.map((_, i) => (i === 0 ? "---" : "---:"))),
    ...rows.map((row) => line(Object.values(row))),
  ];
}
