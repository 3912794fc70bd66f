import { requireKnownOptions } from "../../errors.js";
import type { DisplayOptions, MimeBundle } from "../../table/index.js";
import { html } from "../../text/index.js";
import type { Chart, FigureChart } from "./chart.js";
import { chartFigure } from "./chart-figure.js";
import { compileChart } from "./compile-chart.js";
import { interactionsOf } from "./interactions.js";
import { renderSvg } from "./render-svg.js";

/**
 * Returns the MIME bundle of a chart: interactive Vega for JupyterLab, and SVG for viewers without it (nbconvert, GitHub).
 * Charts that are drawn already are SVG only.
 * The Vega spec is compiled here because JupyterLab has a different version of Vega-Lite.
 *
 * For a page it also has a figure that follows the page's colours and width, and names what only JupyterLab can do.
 */
export async function mimeBundle(chart: Chart | FigureChart, options: DisplayOptions = {}): Promise<MimeBundle> {
  requireKnownOptions("show a chart", options, { forPage: true });
  const { forPage = false } = options;
  const vegaSpec = "parts" in chart ? undefined : (await compileChart(chart)).vegaSpec;
  return {
    ...(vegaSpec && { "application/vnd.vega.v5+json": vegaSpec }),
    "image/svg+xml": await renderSvg(chart),
    "text/plain": [chart.title, chart.subtitle].filter(Boolean).join("\n") || chart.description,
    ...(forPage && { [PAGE_FIGURE]: await pageFigure(chart, vegaSpec ? interactionsOf(vegaSpec) : []) }),
  };
}

/** MIME type of a figure for the page of an executed notebook, whose style it needs. */
const PAGE_FIGURE = "application/vnd.rekindle.figure";

async function pageFigure(chart: Chart | FigureChart, interactions: readonly string[]): Promise<string> {
  const note =
    interactions.length > 0 && html`<p class="after">Interactive in JupyterLab: ${interactions.join(", ")}.</p>`;
  return html`<figure>${await chartFigure(chart)}${note}</figure>`.source;
}
