import type { Chart } from "../charts/index.js";
import type { Conventions, DataTable, Format, FormattedValue } from "../table/index.js";

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

/** Number compared with a limit. */
export interface Check {
  readonly name: string;
  readonly value: number;
  /** Of value and limit. */
  readonly format?: Format;
  readonly test: "lt" | "lte" | "gt" | "gte";
  readonly limit: number;
  readonly passed: boolean;
}

/** Key figure with its label. */
export interface Kpi extends FormattedValue {
  readonly label: string;
  /** A second line in small type. */
  readonly note?: Prose;
}

/** Table with its caption and note. */
export interface TableBlock extends DataTable {
  readonly type: "table";
  readonly caption: string;
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

/**
 * Returns the value that `{{name}}` stands for.
 *
 * @throws {RangeError} If the prose has no such value.
 */
export function namedValue({ values = {} }: Pick<Prose, "values">, name: string): FormattedValue {
  const value = Object.hasOwn(values, name) ? values[name] : undefined;
  if (value && value.value !== undefined) return value;
  throw new RangeError(
    `Cannot render prose: no value is named "${name}"; expected one of ${JSON.stringify(Object.keys(values))}`,
  );
}
