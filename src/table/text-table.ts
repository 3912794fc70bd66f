/** Longest text of a cell; the rest is cut. */
const widest = 60;

/**
 * Rows as a table of text with a header, columns apart by two blanks.
 *
 * @example
 * textTable([{name: "demo", lines: "5"}, {name: "cdnow", lines: "12"}], {numeric: ["lines"]});
 * // name   lines
 * // demo       5
 * // cdnow     12
 */
export function textTable(
  rows: readonly Readonly<Record<string, string>>[],
  { numeric = [] }: { numeric?: readonly string[] } = {},
): string {
  if (!rows.length) return "";
  const names = Object.keys(rows[0]);
  const cut = (text: string) => (text.length > widest ? `${text.slice(0, widest - 1)}…` : text);
  const last = names.length - 1;
  const widths = names.map((name, i) =>
    i === last && !numeric.includes(name) ? 0 : Math.max(name.length, ...rows.map((row) => cut(row[name]).length)),
  );
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, i) => (numeric.includes(names[i]) ? cell.padStart(widths[i]) : cell.padEnd(widths[i])))
      .join("  ")
      .trimEnd();
  return [
    line(names),
    ...rows.map((row) => line(names.map((name, i) => (i === last ? row[name] : cut(row[name]))))),
  ].join("\n");
}
