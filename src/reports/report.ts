import type { Chart, Column, Conventions, Format, Value } from "../charts/index.js";

export type { Column, Conventions, Format, Value } from "../charts/index.js";

/** A raw value with its own format, where the column's does not fit. */
export interface FormattedValue {
  readonly value: Value;
  readonly format?: Format;
}

/** One cell of a table: raw, formatted by its column, or with a format of its own. */
export type Cell = Value | FormattedValue;

/**
 * Markdown in which `{{name}}` stands for a value, so that no number is typed by hand. Raw HTML in it is
 * shown as text.
 *
 * @example
 * {markdown: "**{{n}}** customers", values: {n: {value: 4338, format: {kind: "count"}}}}
 */
export interface Prose {
  readonly markdown: string;
  readonly values?: Readonly<Record<string, FormattedValue>>;
}

/** A number held against a limit. */
export interface Check {
  readonly name: string;
  readonly value: number;
  /** Of value and limit. */
  readonly format?: Format;
  readonly test: "lt" | "lte" | "gt" | "gte";
  readonly limit: number;
  readonly passed: boolean;
}

/** One number that matters, with what it is. */
export interface Kpi extends FormattedValue {
  readonly label: string;
  /** A second line in small type. */
  readonly note?: Prose;
}

/** A table of raw values. */
export interface TableBlock {
  readonly type: "table";
  readonly caption: string;
  /** The first column names the rows. */
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly Cell[])[];
  /** The last row, which sorting leaves where it is. */
  readonly totals?: readonly Cell[];
  readonly note?: Prose;
  /** File name under which the page offers the raw values as CSV, for example "ledger.csv". */
  readonly download?: string;
}

/** One block of a report: data only, no markup and no formatted numbers. */
export type Block =
  | { readonly type: "heading"; readonly level: 2 | 3; readonly text: string; readonly lead?: Prose }
  | ({ readonly type: "prose"; readonly style?: "lead" | "note" | "warning" } & Prose)
  | { readonly type: "kpis"; readonly kpis: readonly Kpi[] }
  | TableBlock
  | { readonly type: "chart"; readonly chart: Chart; readonly note?: Prose }
  | { readonly type: "checks"; readonly caption: string; readonly checks: readonly Check[] }
  | { readonly type: "terms"; readonly terms: readonly { readonly term: string; readonly meaning: string }[] }
  | {
      readonly type: "links";
      readonly links: readonly { readonly href: string; readonly label: string; readonly note?: string }[];
    };

/** A report is data; rendering computes no number. */
export interface Report extends Conventions {
  readonly title: string;
  /** What the report is about, in people's words, for example "Online Retail". */
  readonly dataset: string;
  /** Observation cutoff, `YYYY-MM-DD`. */
  readonly asOf: string;
  /** The MLflow run. */
  readonly runId?: string;
  readonly gitCommit?: string;
  readonly blocks: readonly Block[];
}

/** The value and format of a cell. */
export function cellOf(cell: Cell | undefined, column: Column | undefined): FormattedValue {
  if (typeof cell === "object" && cell !== null) return { ...column, ...cell };
  return { value: cell ?? null, ...(column?.format ? { format: column.format } : {}) };
}

/** The value that `{{name}}` stands for. @throws {RangeError} If the prose has no such value. */
export function namedValue({ values = {} }: Pick<Prose, "values">, name: string): FormattedValue {
  const value = Object.hasOwn(values, name) ? values[name] : undefined;
  if (value && value.value !== undefined) return value;
  throw new RangeError(
    `Cannot render prose: no value is named "${name}", one of ${JSON.stringify(Object.keys(values))} is needed`,
  );
}
