import type { DataTable } from "../../table/index.js";

/** A Vega-Lite 5 specification with its data inline, without title and size. */
export type VegaLiteSpec = Readonly<Record<string, unknown>>;

/** A chart as a plain value: what it shows, how to read it, how to draw it, and the numbers behind it. */
export interface Chart {
  /** What it shows. */
  readonly title: string;
  /** How to read it, with n, as_of and unit. */
  readonly subtitle: string;
  /** For those who cannot see it: what the picture says, in words. */
  readonly description: string;
  /** Drawn at `WIDE` pixels. */
  readonly spec: VegaLiteSpec;
  /** The same for a phone, drawn at `NARROW` pixels; `spec` is narrowed where there is none. */
  readonly narrowSpec?: VegaLiteSpec;
  /** The data table behind the chart, raw. */
  readonly data: DataTable;
}
