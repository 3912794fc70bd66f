import type { Format } from "./format.js";

/** A raw value; null if it is unknown. */
export type Value = string | number | null;

/** A raw value with a format of its own, where the column's does not fit. */
export interface FormattedValue {
  readonly value: Value;
  readonly format?: Format;
}

/** One cell of a table: raw, formatted by its column, or with a format of its own. */
export type Cell = Value | FormattedValue;

/** One column of a table. */
export interface Column {
  /** Unique in its table. */
  readonly name: string;
  /** The heading; defaults to the name. */
  readonly title?: string;
  /** Defaults to text. */
  readonly format?: Format;
  /** Defaults to right for numbers and left for text. */
  readonly align?: "left" | "right";
}

/** Raw values with the columns that say how to write them. */
export interface DataTable {
  /** What the table shows. */
  readonly caption?: string;
  /** The first column names the rows, unless it holds numbers. */
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly Cell[])[];
  /** The last row, which sorting leaves where it is. */
  readonly total?: readonly Cell[];
  /** Order in which the rows are shown; defaults to the order of `rows`. */
  readonly sort?: TableSort;
}

/** Order of rows by one column. Unknown values come last. */
export interface TableSort {
  readonly column: string;
  /** Defaults to false. */
  readonly descending?: boolean;
}
