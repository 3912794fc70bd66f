import type { MimeBundle } from "../../table/index.js";
import type { Chart, FigureChart } from "./chart.js";
import { compileChart } from "./compile-chart.js";
import { renderSvg } from "./render-svg.js";

/**
 * Returns the MIME bundle of a chart: interactive Vega for JupyterLab, and SVG for viewers without it (nbconvert, GitHub).
 * Charts that are drawn already are SVG only.
 * The Vega spec is compiled here because JupyterLab has a different version of Vega-Lite.
 */
export async function mimeBundle(chart: Chart | FigureChart): Promise<MimeBundle> {
  const text = [chart.title, chart.subtitle].filter(Boolean).join("\n") || chart.description;
  if ("parts" in chart) return { "image/svg+xml": await renderSvg(chart), "text/plain": text };
  const [{ vegaSpec }, svg] = await Promise.all([compileChart(chart), renderSvg(chart)]);
  return {
    "application/vnd.vega.v5+json": vegaSpec,
    "image/svg+xml": svg,
    "text/plain": text,
  };
}
