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

/** Drawing of a figure, as SVG text in CSS pixels. */
export interface Drawing {
  readonly svg: string;
  readonly width: number;
  readonly height: number;
}

/** Legend of a figure: symbols with their texts. */
export interface Swatches {
  readonly items: readonly { readonly symbol: Drawing; readonly text: string }[];
}

/** One part of a figure. */
export type FigurePart = Drawing | Swatches;

/** Chart that is drawn already, such as a figure of Observable Plot; notebooks show it as SVG. */
export interface FigureChart {
  /** Title; empty if there is none. */
  readonly title: string;
  /** Line below the title; empty if there is none. */
  readonly subtitle: string;
  /** Text alternative: the message of the chart in words. */
  readonly description: string;
  /** Line below the drawing; empty if there is none. */
  readonly caption: string;
  /** Parts from top to bottom. */
  readonly parts: readonly FigurePart[];
}
