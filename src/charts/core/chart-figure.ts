import { Html, html } from "../../text/index.js";
import type { Chart, FigureChart } from "./chart.js";
import { renderSvg } from "./render-svg.js";
import { NARROW, WIDE } from "./theme.js";

/**
 * Renders a chart for a page: title and subtitle as text, and two drawings in CSS variables, `.wide` and `.narrow`, of
 * which the page shows one.
 */
export async function chartFigure(chart: Chart | FigureChart): Promise<Html> {
  const wide = await renderSvg(chart, { width: WIDE, title: false, colors: "css" });
  const narrow = await renderSvg(chart, { width: NARROW, title: false, colors: "css" });
  const { title, subtitle } = chart;
  const caption = (title || subtitle) && html`<figcaption><b>${title}</b><span>${subtitle}</span></figcaption>`;
  return html`${caption}<div class="wide" style="max-width:${Math.round(1.15 * widthOf(wide))}px">${Html.unsafe(wide)}</div><div class="narrow">${Html.unsafe(narrow)}</div>`;
}

/** The natural width of a picture: a small one must not be blown up to the page's width. */
function widthOf(svg: string): number {
  return Number(/<svg[^>]*\swidth="([\d.]+)"/.exec(svg)?.[1] ?? WIDE);
}
