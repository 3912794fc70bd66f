import type { ColumnTable } from "arquero";
import type { Dialect } from "./dialect.js";

/** Value of a statement parameter `$name`. */
export type Parameter = string | number | boolean | null;
/** Statement parameters by name. */
export type Parameters = Readonly<Record<string, Parameter>>;

/** Column of numbers (NaN if missing), text (dates and timestamps in ISO format), or flags. */
export type Column = Float64Array | readonly (string | null)[] | readonly (boolean | null)[];
/** Result columns by name, all of the same length. */
export type Columns = Readonly<Record<string, Column>>;
/** Columns to keep in an engine: whole numbers, numbers, text or flags, all of one length. */
export type KeptColumns = Readonly<Record<string, Int32Array | Column>>;
/** Row of a small result; missing values are null. */
export type Row = Readonly<Record<string, string | number | boolean | null>>;

/** Options for reading a delimited text file. Every column is text. */
export interface DelimitedOptions {
  readonly delimiter: string;
  /** False if the first line is data. */
  readonly header: boolean;
  readonly encoding: "utf-8" | "latin-1";
  /** Character before a quote within quotes; defaults to the quote itself. */
  readonly escape?: string;
  /** Column names, in file order; detected by default. */
  readonly columns?: readonly string[];
  /** True for gzip content, regardless of the file name. */
  readonly gzip?: boolean;
  /** Skips lines with a wrong number of fields; {@link Engine.rejectedLines} lists them. */
  readonly skipBrokenLines?: boolean;
  /** Longest record, in bytes; defaults to 2,000,000. */
  readonly lineBytes?: number;
}

/**
 * SQL engine. Statements use SQL that every engine supports; differences are macro calls `@name(…)`, expanded by the
 * engine's {@link Dialect}.
 */
export interface Engine {
  readonly dialect: Dialect;
  /** Runs a statement without a result. */
  run(sql: string, parameters?: Parameters): Promise<void>;
  /** Returns the result as typed columns. Suits large results; {@link rows} suits small ones. */
  columns(sql: string, parameters?: Parameters): Promise<Columns>;
  /** Returns the result as plain records. */
  rows(sql: string, parameters?: Parameters): Promise<Row[]>;
  /** Returns the result as an arquero table. */
  table(sql: string, parameters?: Parameters): Promise<ColumnTable>;
  /** Returns the columns of a query, in order, without running it. */
  describe(sql: string): Promise<readonly { readonly name: string; readonly type: string }[]>;
  /**
   * Returns the relations that a query reads, as the query writes them: `seen_orders` or `main.orders`, and the files and
   * functions by which it reads more, such as `read_csv`. Names that the query defines by `WITH` are not included.
   *
   * @throws {SyntaxError} If the query cannot be parsed.
   */
  relationsOf(sql: string): Promise<readonly string[]>;
  /**
   * Says what is wrong with SQL that a user wrote as part of a statement, without running it: undefined if it is one
   * expression that reads relations only, and no file.
   */
  expressionProblem(sql: string): Promise<string | undefined>;
  /**
   * Closes all files but these, and all below these folders, to every later statement of this data, for good: statements can
   * neither read nor write others, nor reach the network.
   */
  closeFiles(open: { readonly files?: readonly string[]; readonly folders: readonly string[] }): Promise<void>;
  /** Opens another engine with the same settings and no data. */
  another(): Promise<Engine>;
  /**
   * Opens a second engine over the same data. It looks up names in these schemas first, in order, and creates relations in
   * the first. Closing it does not affect this engine.
   */
  inSchemas(names: readonly string[]): Promise<Engine>;
  /** Registers a Parquet file as `name`, optionally with row numbers from 1 as column `numberedAs`. */
  registerParquet(name: string, path: string, options?: { readonly numberedAs?: string }): Promise<void>;
  /**
   * Stores a result in memory as `name`, in order, with row numbers from 1 as column `numberedAs`. With `inOrder: false`
   * (default true) rows come in any order, about twice as fast.
   */
  keepNumbered(name: string, sql: string, numberedAs: string, options?: { readonly inOrder?: boolean }): Promise<void>;
  /** Keeps columns in memory as a table under `name`; NaN becomes null. */
  keepColumns(name: string, columns: KeptColumns): Promise<void>;
  /** Registers a delimited text file as `name`, with all columns as text. */
  registerDelimited(name: string, path: string, options: DelimitedOptions): Promise<void>;
  /**
   * Returns the lines of the file at `path` skipped by `skipBrokenLines`, with reasons. Call it after a query has read the
   * file. Lines count from 1, including the header; a quoted line break does not count.
   */
  rejectedLines(path: string): Promise<readonly { readonly line: number; readonly reason: string }[]>;
  /** Writes the result as Parquet, atomically. */
  writeParquet(sql: string, path: string, parameters?: Parameters): Promise<void>;
  /** Writes the result as CSV with a header, atomically. */
  writeCsv(sql: string, path: string, parameters?: Parameters): Promise<void>;
  close(): void;
}
