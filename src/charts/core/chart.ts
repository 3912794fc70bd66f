import type { DataTable } from "../../table/index.js";

/** Vega-Lite 5 specification with inline data, without title and size. */
export type VegaLiteSpec = Readonly<Record<string, unknown>>;

/** Chart as a plain value: title, reading aid, specification and data. */
export interface Chart {
  /** Title: the subject of the chart. */
  readonly title: string;
  /** Reading aid in one short sentence, with n, as_of and unit. */
  readonly subtitle: string;
  /** Text alternative: the message of the chart in words. */
  readonly description: string;
  /** Specification for a width of `WIDE` pixels. */
  readonly spec: VegaLiteSpec;
  /** Specification for phones, `NARROW` pixels wide; defaults to `spec`, narrowed. */
  readonly narrowSpec?: VegaLiteSpec;
  /** Data table of the chart, unformatted. */
  readonly data: DataTable;
}
