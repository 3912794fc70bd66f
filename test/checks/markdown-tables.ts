/** One row of a Markdown table: cell by heading. */
export type Row = Readonly<Record<string, string>>;

/** Returns the rows of the first table below each heading of a page, by heading. */
export function tablesIn(page: string): ReadonlyMap<string, readonly Row[]> {
  const tables = new Map<string, readonly Row[]>();
  for (const section of page.split(/^(?=#+ )/m)) {
    const [, heading] = /^#+ (.*)$/m.exec(section) ?? [];
    const [, table] = /^((?:\|.*\|\n?)+)/m.exec(section) ?? [];
    if (heading === undefined || table === undefined) continue;
    const [names, , ...rows] = table.trimEnd().split("\n").map(cellsOf);
    tables.set(
      heading,
      rows.map((cells) => Object.fromEntries(names.map((name, i) => [name, cells[i] ?? ""]))),
    );
  }
  return tables;
}

function cellsOf(line: string): string[] {
  return line
    .slice(1, line.lastIndexOf("|"))
    .split("|")
    .map((cell) => cell.trim());
}
