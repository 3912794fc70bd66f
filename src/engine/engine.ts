import type { ColumnTable } from "arquero";
import type { Dialect } from "./dialect.js";

/** A value bound to `$name` in a statement. */
export type Parameter = string | number | boolean | null;
/** Values by the names that a statement gives them. */
export type Parameters = Readonly<Record<string, Parameter>>;

/** One column: numbers with NaN as missing, text (dates and timestamps in ISO form), or flags. */
export type Column = Float64Array | readonly (string | null)[] | readonly (boolean | null)[];
/** The columns of an answer by name, all of one length. */
export type Columns = Readonly<Record<string, Column>>;
/** One row of a small answer; a missing value is null. */
export type Row = Readonly<Record<string, string | number | boolean | null>>;

/** How a delimited text file is read. Every column arrives as text. */
export interface DelimitedOptions {
  readonly delimiter: string;
  /** False if the first line is data. */
  readonly header: boolean;
  readonly encoding: "utf-8" | "latin-1";
  /** Names of the columns, in the file's order; without them the engine looks for them itself. */
  readonly columns?: readonly string[];
  /** True if the bytes are gzip, whatever the name says. */
  readonly gzip?: boolean;
  /** True leaves lines out that cannot be split into the columns; {@link Engine.rejectedLines} counts them. */
  readonly skipBrokenLines?: boolean;
}

/**
 * Runs SQL and returns columns. Statements are written in the subset that every engine understands; the few
 * differences are `@name(…)` calls that the engine's {@link Dialect} spells out.
 */
export interface Engine {
  readonly dialect: Dialect;
  /** Runs a statement for its effect. */
  run(sql: string, parameters?: Parameters): Promise<void>;
  /** The answer as typed columns. Large answers belong here or in a file, small ones in {@link rows}. */
  columns(sql: string, parameters?: Parameters): Promise<Columns>;
  /** The answer as plain records. */
  rows(sql: string, parameters?: Parameters): Promise<Row[]>;
  /** The answer as an arquero table. */
  table(sql: string, parameters?: Parameters): Promise<ColumnTable>;
  /** Column names of a query, in order, without running it. */
  describe(sql: string): Promise<readonly { readonly name: string; readonly type: string }[]>;
  /** Makes a Parquet file readable under `name`, with the number of each row from 1 as column `numberedAs` if that is given. */
  registerParquet(name: string, path: string, options?: { readonly numberedAs?: string }): Promise<void>;
  /**
   * Keeps an answer in memory under `name`: its rows in their order, with the number of each from 1 as column `numberedAs`.
   * Without `inOrder`, which defaults to true, rows come in any order and the numbers only tell them apart: that is
   * about twice as fast.
   */
  keepNumbered(name: string, sql: string, numberedAs: string, options?: { readonly inOrder?: boolean }): Promise<void>;
  /** Makes a delimited text file readable under `name`: all columns as text. */
  registerDelimited(name: string, path: string, options: DelimitedOptions): Promise<void>;
  /**
   * Lines of the file at `path` that `skipBrokenLines` left out, with what was wrong; call it after a query has read the
   * file. Lines count from 1, the header's among them; a line break between quotes does not count.
   */
  rejectedLines(path: string): Promise<readonly { readonly line: number; readonly reason: string }[]>;
  /** Writes the answer as Parquet: to a temporary name first, then renamed. */
  writeParquet(sql: string, path: string, parameters?: Parameters): Promise<void>;
  /** Writes the answer as CSV with a header: to a temporary name first, then renamed. */
  writeCsv(sql: string, path: string, parameters?: Parameters): Promise<void>;
  close(): void;
}
