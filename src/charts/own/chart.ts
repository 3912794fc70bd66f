import type { TopLevelSpec } from "vega-lite";
import { type OptionNames, requireKnownOptions } from "../../errors.js";
import { withDisplay } from "../../table/index.js";
import type { Chart, FigureChart } from "../core/chart.js";
import { requireFewRows } from "../core/create-chart.js";
import { mimeBundle } from "../core/mime-bundle.js";
import { takeFigure } from "./figure-parts.js";
import type { PlotFigure } from "./plot-figure.js";
import { readSpec } from "./read-spec.js";

export type { TopLevelSpec };

/** Texts of a chart. */
export interface ChartTextOptions {
  /** Title; defaults to that of the specification or figure. */
  readonly title?: string;
  /** Line below the title; defaults to that of the specification or figure. */
  readonly subtitle?: string;
  /** Text alternative: the message of the chart in words; defaults to that of the specification or to what is drawn. */
  readonly description?: string;
}

const textOptions: OptionNames<ChartTextOptions> = { title: true, subtitle: true, description: true };

/**
 * Creates a chart of your own from an Observable Plot figure. Notebooks show it as SVG.
 *
 * @throws {TypeError} If it is neither an element nor a specification, or an option is unknown.
 */
export function chart(figure: PlotFigure, options?: ChartTextOptions): FigureChart;
/**
 * Creates a chart of your own from a Vega-Lite specification with inline data. Notebooks show it interactively, with an
 * SVG where they cannot. It has the theme of the other charts; the specification's `config` has precedence.
 *
 * @throws {TypeError} If it is neither an element nor a specification, or an option is unknown.
 * @throws {RangeError} If a mark, type or field does not exist, or there are more than 5,000 rows.
 *
 * @example
 * const values = [{ month: "Jan", orders: 120 }, { month: "Feb", orders: 135 }];
 * const orders = chart({ data: { values }, mark: "bar", encoding: { x: { field: "month" }, y: { field: "orders", type: "quantitative" } } });
 * orders.data.rows; // [["Jan", 120], ["Feb", 135]]
 */
export function chart(spec: TopLevelSpec, options?: ChartTextOptions): Chart;
export function chart(drawn: PlotFigure | TopLevelSpec, options: ChartTextOptions = {}): Chart | FigureChart {
  requireKnownOptions("create a chart", options, textOptions);
  if (typeof drawn !== "object" || drawn === null) {
    throw new TypeError(
      `Cannot create a chart: it is ${typeof drawn === "string" ? JSON.stringify(drawn) : String(drawn)}; expected a Vega-Lite specification or a Plot figure`,
    );
  }
  if ("outerHTML" in drawn) return chartOfFigure(drawn, options);
  const read = { ...readSpec(drawn), ...options };
  requireFewRows(read);
  return withDisplay<Chart>(read, mimeBundle);
}

function chartOfFigure(figure: PlotFigure, options: ChartTextOptions): FigureChart {
  const taken = takeFigure(figure);
  if (!taken.parts.some((part) => "svg" in part)) {
    throw new TypeError(
      `Cannot create a chart: the element <${figure.tagName.toLowerCase()}> has no SVG; pass what Plot.plot or plotFigure returns`,
    );
  }
  const described = taken.description || [taken.title, taken.subtitle].filter(Boolean).join(". ") || "Figure";
  return withDisplay<FigureChart>({ ...taken, description: described, ...options }, mimeBundle);
}
