import type { LoggerInterface } from "vega";
import type { TopLevelSpec } from "vega-lite";
import { messageOf, type OptionNames, requireKnownOptions } from "../../errors.js";
import { isRecord } from "../../text/index.js";
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
  requireWidth(chart.title, width);
  const [vegaLite, vega, widthOf] = await Promise.all([import("vega-lite"), import("vega"), loadTextWidth()]);
  const layout = (width < NARROW_BELOW && chart.narrowSpec) || chart.spec;
  const room = width - 2 * VEGA_CONFIG.padding;
  const lines = (text: string, fontSize: number, bold: boolean) =>
    wrapText(text, room, (part) => widthOf(part, { fontSize, bold }));
  const { title: _, config: ownConfig, ...view } = layout;
  const spec = {
    $schema: "https://vega.github.io/schema/vega-lite/v5.json",
    description: chart.description,
    ...view,
    ...(title && chart.title
      ? {
          title: {
            text: lines(chart.title, VEGA_CONFIG.title.fontSize, true),
            ...(chart.subtitle && { subtitle: lines(chart.subtitle, VEGA_CONFIG.title.subtitleFontSize, false) }),
          },
        }
      : {}),
    ...(isComposite(layout) || ("width" in layout && options.width === undefined)
      ? {}
      : { width, autosize: { type: "fit-x", contains: "padding" } }),
    config: isRecord(ownConfig) ? vega.mergeConfig(VEGA_CONFIG, ownConfig) : VEGA_CONFIG,
  };
  return { vegaSpec: compileSpec({ vega, vegaLite }, spec as unknown as TopLevelSpec, chart.title) };
}

/** Throws unless a width is one that charts can have. */
export function requireWidth(title: string, width: number): void {
  if (width >= 120 && width <= 4000) return;
  throw new RangeError(`Cannot draw chart${named(title)}: width is ${width}; expected 120 to 4000 pixels`);
}

/** Compiles Vega-Lite. What it leaves out with a warning is an error, because the chart would not show it. */
function compileSpec(
  { vega, vegaLite }: { readonly vega: typeof import("vega"); readonly vegaLite: typeof import("vega-lite") },
  spec: TopLevelSpec,
  title: string,
): object {
  const omitted: string[] = [];
  const logger: LoggerInterface = Object.assign(vega.logger(vega.None), {
    warn: (...texts: readonly string[]) => {
      const text = texts.join(" ");
      if (/^(?:Invalid|Dropping (?!"fit-)|Ignoring an invalid)| is dropped /.test(text)) omitted.push(text);
      return logger;
    },
  });
  let vegaSpec: object;
  try {
    vegaSpec = vegaLite.compile(spec, { logger }).spec;
  } catch (error) {
    throw new RangeError(`Cannot draw chart${named(title)}: ${firstLine(messageOf(error))}`, { cause: error });
  }
  if (omitted.length) throw new RangeError(`Cannot draw chart${named(title)}: ${firstLine(omitted[0])}`);
  return vegaSpec;
}

function named(title: string): string {
  return title && ` "${title}"`;
}

/** The first line without the full stop; Vega-Lite may append a whole specification. */
function firstLine(text: string): string {
  return text.split("\n")[0].replace(/\.$/, "");
}

/** Returns true for views made of others, which have their own widths; Vega-Lite fits only single and layered views. */
function isComposite(spec: VegaLiteSpec): boolean {
  const channels = isRecord(spec["encoding"]) ? spec["encoding"] : {};
  return (
    ["concat", "hconcat", "vconcat", "facet", "repeat"].some((name) => name in spec) ||
    ["row", "column", "facet"].some((channel) => channel in channels)
  );
}
