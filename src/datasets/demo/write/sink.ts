/** Receiver of generated files, row by row. */
export interface DemoSink {
  /** Starts a file with its header row. */
  open(fileName: string, header: readonly string[]): DemoFile;
}

/** File being written. */
export interface DemoFile {
  /** Adds one row, given as CSV text without its line break. */
  write(row: string): void;
  close(): void;
}

/** Keeps the rows of every file in memory, headers apart: for tests and inspection. */
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
