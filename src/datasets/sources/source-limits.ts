import { formatNumber } from "../../table/index.js";

/** Largest source that an import reads. More is a damaged or a hostile file, and slow in the engine. */
export interface SourceLimits {
  /** Columns of a file. */
  readonly columns: number;
  /** Bytes of a line, and so of the header, of a cell, and of a record with line breaks within quotes. */
  readonly line_bytes: number;
  /** Bytes of the unpacked files of a workbook. */
  readonly workbook_bytes: number;
}

/** Limits of a file whose mapping sets no others. */
export const defaultLimits: SourceLimits = { columns: 2000, line_bytes: 1 << 20, workbook_bytes: 1 << 30 };

/** Returns the limits of a file: those of its mapping, and defaults. */
export function limitsOf({ limits = {} }: { readonly limits?: Partial<SourceLimits> }): SourceLimits {
  return { ...defaultLimits, ...limits };
}

/** Refuses a file with too many columns. @throws {SyntaxError} */
export function requireFewColumns(path: string, columns: readonly unknown[], limits: SourceLimits): void {
  if (columns.length <= limits.columns) return;
  const count = (value: number) => formatNumber(value, { kind: "count" });
  throw new SyntaxError(
    `Cannot read "${path}": it has ${count(columns.length)} columns; expected at most ${count(limits.columns)}, so remove those that the mapping does not need, or ${raise("columns")}`,
  );
}

/** Returns what to do to read a larger file. */
export function raise(limit: keyof SourceLimits): string {
  return `raise "${limit}" of "limits" in the mapping`;
}

/** Returns a size in words, such as "1 MiB". */
export function sizeInWords(bytes: number): string {
  const unit = [["GiB", 1 << 30] as const, ["MiB", 1 << 20] as const].find(([, size]) => bytes % size === 0);
  const [name, size] = unit ?? ["bytes", 1];
  return `${formatNumber(bytes / size, { kind: "count" })} ${name}`;
}
