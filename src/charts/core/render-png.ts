import { crc32 } from "node:zlib";
import { requireKnownOptions } from "../../errors.js";
import type { Chart, FigureChart } from "./chart.js";
import { type LayoutOptions, layoutOptions } from "./compile-chart.js";
import { fontFiles } from "./fonts.js";
import { renderSvg } from "./render-svg.js";
import { SHIPPED_FONT } from "./theme.js";

/** Options for rendering a chart as PNG. */
export interface PngOptions extends LayoutOptions {
  /** Resolution in dots per inch, also stored in the file; 96 is one dot per CSS pixel. Defaults to 300. */
  readonly dpi?: number;
}

/** Renders a chart as PNG in the light colours, with the shipped font only: the same bytes on every machine. */
export async function renderPng(chart: Chart | FigureChart, options: PngOptions = {}): Promise<Uint8Array> {
  requireKnownOptions("render a chart as PNG", options, { dpi: true, ...layoutOptions });
  const { dpi = 300, ...layout } = options;
  if (!(dpi >= 24 && dpi <= 1200)) {
    throw new RangeError(`Cannot draw chart "${chart.title}": dpi is ${dpi}; expected 24 to 1200`);
  }
  const [{ Resvg }, svg] = await Promise.all([import("@resvg/resvg-js"), renderSvg(chart, layout)]);
  const image = new Resvg(svg, {
    fitTo: { mode: "zoom", value: dpi / 96 },
    font: {
      loadSystemFonts: false,
      fontFiles: [...fontFiles()],
      defaultFontFamily: SHIPPED_FONT,
      sansSerifFamily: SHIPPED_FONT,
    },
  }).render();
  return withDensity(image.asPng(), dpi);
}

/** Inserts the pHYs chunk, which resvg does not write, after the header (PNG specification, 11.3.5.3). */
function withDensity(png: Uint8Array, dpi: number): Uint8Array {
  const afterHeader = 8 + 25;
  const chunk = Buffer.alloc(21);
  chunk.writeUInt32BE(9, 0);
  chunk.write("pHYs", 4, "latin1");
  chunk.writeUInt32BE(Math.round(dpi / 0.0254), 8);
  chunk.writeUInt32BE(Math.round(dpi / 0.0254), 12);
  chunk.writeUInt8(1, 16);
  chunk.writeUInt32BE(crc32(chunk.subarray(4, 17)), 17);
  return Buffer.concat([png.subarray(0, afterHeader), chunk, png.subarray(afterHeader)]);
}
