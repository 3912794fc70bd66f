import { createRequire } from "node:module";
import type { Plot, PlotOptions, Scale, ScaleOptions } from "@observablehq/plot";
import { type OptionNames, requireKnownOptions } from "../../errors.js";
import { interpolateColors } from "../core/interpolate-colors.js";
import { COLORS, categoryColors, DIVERGING, SEQUENTIAL, WIDE } from "../core/theme.js";

/** The parts of a DOM element that a chart is read from; elements of any DOM library have them. */
export interface FigureElement {
  readonly tagName: string;
  readonly outerHTML: string;
  readonly textContent: string | null;
  readonly children: ArrayLike<FigureElement>;
  getAttribute(name: string): string | null;
}

/** A figure of Observable Plot: an element, with its scales and legends. */
export type PlotFigure = FigureElement & Plot;

const plotOptions: OptionNames<PlotOptions> = {
  ...{ width: true, height: true, aspectRatio: true, style: true, className: true, document: true },
  ...{ margin: true, marginTop: true, marginRight: true, marginBottom: true, marginLeft: true },
  ...{ inset: true, insetTop: true, insetRight: true, insetBottom: true, insetLeft: true },
  ...{ title: true, subtitle: true, caption: true, figure: true, ariaLabel: true, ariaDescription: true },
  ...{ marks: true, facet: true, clip: true, projection: true, x: true, y: true, r: true, color: true },
  ...{ opacity: true, symbol: true, length: true, fx: true, fy: true },
  ...{ clamp: true, nice: true, zero: true, round: true, align: true, padding: true, axis: true, grid: true },
  ...{ label: true, labelArrow: true },
};

const TEXT = { fontSize: "12px", color: COLORS.light.ink };
const MARGIN_LEFT = 56;

/**
 * Draws an Observable Plot figure without a browser, like `Plot.plot` with the width, text size and colours of the other
 * charts. Show it with `chart`. The document is linkedom's, unless the options have one.
 *
 * @throws {TypeError} If an option is unknown.
 *
 * @example
 * const figure = plotFigure({ y: { domain: [0, 1] }, width: 400 });
 * figure.getAttribute("width"); // "400"
 */
export function plotFigure(options: PlotOptions): PlotFigure {
  requireKnownOptions("draw a Plot figure", options, plotOptions);
  const { plot } = loadPlot();
  const given = {
    document: options.document ?? createDocument(),
    width: WIDE,
    ...options,
    style: typeof options.style === "string" ? options.style : { ...TEXT, ...options.style },
  };
  // Its scales are known once it is drawn.
  const first: PlotFigure = plot(given);
  const [color, y] = [first.scale("color"), first.scale("y")];
  const { scheme, range, interpolate } = options.color ?? {};
  const isColored = scheme !== undefined || range !== undefined || interpolate !== undefined;
  return plot({
    marginLeft: options.margin ?? marginFor(y),
    ...given,
    ...(color && !isColored ? { color: { ...options.color, ...houseColors(color) } } : {}),
  });
}

/** Returns the room for the labels of the y axis; categories need as much as the longest. */
function marginFor(y: Scale | undefined): number {
  const names = y?.type === "band" || y?.type === "point" ? Array.from(y.domain ?? [], String) : [];
  return Math.max(MARGIN_LEFT, ...names.map((name) => name.length * 7 + 32));
}

/** Returns the colours for a scale of Plot. Segments have the colours of all charts. */
function houseColors({ type, domain }: Scale): Pick<ScaleOptions, "range" | "interpolate"> {
  if (!type || type === "identity") return {};
  if (type === "ordinal" || type === "categorical") return { range: categoryColors(Array.from(domain ?? [], String)) };
  return { interpolate: interpolateColors(type.startsWith("diverging") ? DIVERGING : SEQUENTIAL) };
}

// Loaded on the first call: most programs that use charts draw no Plot figure.
const require = createRequire(import.meta.url);

function loadPlot(): typeof import("@observablehq/plot") {
  return require("@observablehq/plot");
}

/** Creates an empty document in which Plot can draw colour ramps: these need a canvas, which linkedom lacks. */
function createDocument() {
  const { parseHTML }: typeof import("linkedom") = require("linkedom");
  const { document } = parseHTML("<!doctype html><html><body></body></html>");
  const createElement = document.createElement.bind(document);
  Object.defineProperty(document, "createElement", {
    value: (name: string) => (name === "canvas" ? createCanvas() : createElement(name)),
  });
  return document;
}

function createCanvas() {
  const { createCanvas: create }: typeof import("@napi-rs/canvas") = require("@napi-rs/canvas");
  return create(1, 1);
}
