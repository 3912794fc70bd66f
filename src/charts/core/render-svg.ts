import { crc32 } from "node:zlib";
import type { Spec } from "vega";
import { requireKnownOptions } from "../../errors.js";
import type { Chart, FigureChart } from "./chart.js";
import { compileChart, type LayoutOptions, layoutOptions, requireWidth } from "./compile-chart.js";
import { escapeXml } from "./escape-xml.js";
import { renderFigure } from "./render-figure.js";
import { loadTextWidth } from "./text-width.js";
import { type ColorMode, FONT_STACK, recolored, WIDE, withCssVariables } from "./theme.js";

/** Options for rendering a chart as SVG. */
export interface SvgOptions extends LayoutOptions {
  /** Colours; `"css"` uses CSS variables on a transparent background. Defaults to light. */
  readonly colors?: ColorMode | "css";
}

/**
 * Renders a chart as SVG text, deterministically: numbers are cut to 2 places, ids include the chart's title. Loads Vega on
 * the first call.
 *
 * @throws {RangeError} If the width is not between 120 and 4000 pixels.
 */
export async function renderSvg(chart: Chart | FigureChart, options: SvgOptions = {}): Promise<string> {
  requireKnownOptions("render a chart as SVG", options, { colors: true, ...layoutOptions });
  const { colors = "light", ...layout } = options;
  const svg = finish(await ("parts" in chart ? drawFigure(chart, layout) : drawVega(chart, layout)), chart, layout);
  return colors === "css" ? withCssVariables(withoutBackground(svg)) : recolored(svg, colors);
}

async function drawFigure(chart: FigureChart, { width, title = true }: LayoutOptions): Promise<string> {
  requireWidth(chart.title, width ?? WIDE);
  return renderFigure(chart, { width, title, widthOf: await loadTextWidth() });
}

async function drawVega(chart: Chart, layout: LayoutOptions): Promise<string> {
  const [vega, widthOf, { vegaSpec }] = await Promise.all([
    import("vega"),
    loadTextWidth(),
    compileChart(chart, layout),
  ]);
  useTextWidth(vega, widthOf);
  const view = new vega.View(vega.parse(vegaSpec as Spec), { renderer: "none" });
  const drawn = await view.toSVG();
  view.finalize();
  return drawn;
}

/** Makes Vega measure text exactly. Without a canvas it estimates widths, and axis labels get the wrong space. */
function useTextWidth(vega: object, widthOf: Awaited<ReturnType<typeof loadTextWidth>>): void {
  const { textMetrics } = vega as { textMetrics: { width: (item: TextItem, text: string) => number } };
  textMetrics.width = (item, text) =>
    widthOf(String(text ?? ""), {
      fontSize: item.fontSize ?? 11,
      bold: item.fontWeight === "bold" || Number(item.fontWeight) >= 600,
    });
}

interface TextItem {
  readonly fontSize?: number;
  readonly fontWeight?: string | number;
}

/** Shortens an SVG and makes it deterministic and embeddable with others in one page. */
function finish(svg: string, chart: Chart | FigureChart, { width = WIDE }: LayoutOptions): string {
  const { title, description } = chart;
  const label = escapeXml([title, description].filter(Boolean).join(": "));
  const prefix = `${title.toLowerCase().replace(/[^a-z0-9]+/g, "-") || `chart-${crc32(JSON.stringify(chart))}`}-${width}`;
  const ids = new Map<string, string>();
  const idOf = (id: string) => {
    // Vega numbers ids across all charts of the process.
    if (!ids.has(id)) ids.set(id, `${prefix}-${ids.size}`);
    return ids.get(id);
  };
  return svg
    .replace(/<[^>]+>/g, (tag) => tag.replace(/-?\d+\.\d{3,}/g, (number) => String(Number(Number(number).toFixed(2)))))
    .replace(/\bid="([^"]+)"/g, (_, id: string) => `id="${idOf(id)}"`)
    .replace(/url\(#([^)]+)\)/g, (_, id: string) => `url(#${idOf(id)})`)
    .replace(/ (?:class|version|xmlns:xlink|role|aria-[a-z]+|pointer-events|font-family)="[^"]*"/g, "")
    .replace(/<path d="" display="none"\/>/g, "")
    .replace(/<svg ([^>]*)>/, (_, attributes: string) => {
      return `<svg ${attributes} font-family="${FONT_STACK}" role="img" aria-label="${label}">`;
    });
}

/** Removes the background, which Vega draws as the first rectangle. */
function withoutBackground(svg: string): string {
  return svg.replace(/<rect [^>]*><\/rect>|<rect [^>]*\/>/, "");
}
