import { formatNumber } from "../../table/index.js";

/** Largest source that an import reads. More is a damaged or a hostile file, and slow in the engine. */
export const sourceLimits = {
  /** Columns of a file. */
  columns: 2000,
  /** Bytes of a line, and so of the header and of a cell. DuckDB drops longer last lines without a word. */
  lineBytes: 1 << 20,
  /** Bytes of the unpacked files of a workbook. */
  workbookBytes: 1 << 30,
} as const;

/** Refuses a file with too many columns. @throws {SyntaxError} */
export function requireFewColumns(path: string, columns: readonly unknown[]): void {
  if (columns.length <= sourceLimits.columns) return;
  const count = (value: number) => formatNumber(value, { kind: "count" });
  throw new SyntaxError(
    `Cannot read "${path}": it has ${count(columns.length)} columns; expected at most ${count(sourceLimits.columns)}, so remove those that the mapping does not need`,
  );
}
