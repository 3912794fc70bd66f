import type { FigurePart } from "../core/chart.js";
import type { FigureElement } from "./plot-figure.js";

/** A Plot figure taken apart: its texts, and what it draws from top to bottom. */
export interface TakenFigure {
  readonly title: string;
  readonly subtitle: string;
  readonly caption: string;
  readonly description: string;
  readonly parts: readonly FigurePart[];
}

/** Takes a Plot figure apart. The HTML around its SVG (title, swatches, caption) does not fit into an SVG file. */
export function takeFigure(figure: FigureElement): TakenFigure {
  const elements = isNamed(figure, "svg") ? [figure] : Array.from(figure.children);
  const textOf = (name: string) => elements.find((element) => isNamed(element, name))?.textContent?.trim() ?? "";
  return {
    title: textOf("h2"),
    subtitle: textOf("h3"),
    caption: textOf("figcaption"),
    description: elements.map((element) => element.getAttribute("aria-label")).find(Boolean) ?? "",
    parts: elements.flatMap(partOf),
  };
}

function partOf(element: FigureElement): FigurePart[] {
  if (isNamed(element, "svg")) return [drawingOf(element)];
  const swatches = Array.from(element.children).filter((child) => isNamed(child, "span") || isNamed(child, "div"));
  const items = swatches.flatMap((swatch) => {
    const symbol = Array.from(swatch.children).find((child) => isNamed(child, "svg"));
    return symbol ? [{ symbol: drawingOf(symbol), text: swatch.textContent?.trim() ?? "" }] : [];
  });
  return items.length ? [{ items }] : [];
}

function drawingOf(svg: FigureElement) {
  return { svg: svg.outerHTML, width: Number(svg.getAttribute("width")), height: Number(svg.getAttribute("height")) };
}

function isNamed(element: FigureElement, name: string): boolean {
  return element.tagName.toLowerCase() === name;
}
