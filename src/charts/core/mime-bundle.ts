import type { MimeBundle } from "../../table/index.js";
import type { Chart } from "./chart.js";
import { compileChart } from "./compile-chart.js";
import { renderSvg } from "./render-svg.js";

/**
 * Returns the MIME bundle of a chart: interactive Vega for JupyterLab, and SVG for viewers without it (nbconvert, GitHub).
 * The Vega spec is compiled here because JupyterLab has a different version of Vega-Lite.
 */
export async function mimeBundle(chart: Chart): Promise<MimeBundle> {
  const [{ vegaSpec }, svg] = await Promise.all([compileChart(chart), renderSvg(chart)]);
  return {
    "application/vnd.vega.v5+json": vegaSpec,
    "image/svg+xml": svg,
    "text/plain": `${chart.title}\n${chart.subtitle}`,
  };
}
