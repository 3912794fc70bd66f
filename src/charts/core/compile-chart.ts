import type { TopLevelSpec } from "vega-lite";
import { type OptionNames, requireKnownOptions } from "../../errors.js";
import type { Chart, VegaLiteSpec } from "./chart.js";
import { loadTextWidth, wrapText } from "./text-width.js";
import { VEGA_CONFIG, WIDE } from "./theme.js";

/** Layout options of a chart. */
export interface LayoutOptions {
  /** Width in CSS pixels; defaults to 720. Below 520 the narrow layout is used. */
  readonly width?: number;
  /** Draws title and subtitle; defaults to true. */
  readonly title?: boolean;
}

/** The names of {@link LayoutOptions}. */
export const layoutOptions: OptionNames<LayoutOptions> = { width: true, title: true };

const NARROW_BELOW = 520;

/** Compiles a chart to Vega, with theme, title and size. Loads Vega-Lite on the first call. */
export async function compileChart(chart: Chart, options: LayoutOptions = {}): Promise<{ readonly vegaSpec: object }> {
  requireKnownOptions("compile a chart", options, layoutOptions);
  const { width = WIDE, title = true } = options;
  if (!(width >= 120 && width <= 4000)) {
    throw new RangeError(`Cannot draw chart "${chart.title}": width is ${width}; expected 120 to 4000 pixels`);
  }
  const [{ compile }, widthOf] = await Promise.all([import("vega-lite"), loadTextWidth()]);
  const layout = (width < NARROW_BELOW && chart.narrowSpec) || chart.spec;
  const room = width - 2 * VEGA_CONFIG.padding;
  const lines = (text: string, fontSize: number, bold: boolean) =>
    wrapText(text, room, (part) => widthOf(part, { fontSize, bold }));
  const spec = {
    $schema: "https://vega.github.io/schema/vega-lite/v5.json",
    description: chart.description,
    ...layout,
    ...(title
      ? {
          title: {
            text: lines(chart.title, VEGA_CONFIG.title.fontSize, true),
            subtitle: lines(chart.subtitle, VEGA_CONFIG.title.subtitleFontSize, false),
          },
        }
      : {}),
    ...(isConcat(layout) ? {} : { width, autosize: { type: "fit-x", contains: "padding" } }),
    config: VEGA_CONFIG,
  };
  return { vegaSpec: compile(spec as unknown as TopLevelSpec).spec };
}

/** Returns true for concatenated views, which have their own widths; Vega-Lite fits other views to a width. */
function isConcat(spec: VegaLiteSpec): boolean {
  return "concat" in spec || "hconcat" in spec || "vconcat" in spec;
}
