/** Takes the files that a generator makes, row by row. */
export interface DemoSink {
  /** Begins a file; the names of its columns are its first row. */
  open(fileName: string, header: readonly string[]): DemoFile;
}

/** One file being written. */
export interface DemoFile {
  /** Adds one row, given as CSV text without its line break. */
  write(row: string): void;
  close(): void;
}

/** Keeps the rows of every file in memory, headers apart: for tests and small looks. */
export function memorySink(): DemoSink & {
  readonly files: ReadonlyMap<string, { header: readonly string[]; rows: string[] }>;
} {
  const files = new Map<string, { header: readonly string[]; rows: string[] }>();
  return {
    files,
    open(fileName, header) {
      const rows: string[] = [];
      files.set(fileName, { header, rows });
      return { write: (row) => void rows.push(row), close: () => {} };
    },
  };
}
