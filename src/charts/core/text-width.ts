import { fontFiles } from "./fonts.js";

/** Function that returns the width in pixels of a text in the shipped font. */
export type TextWidth = (text: string, options: { readonly fontSize: number; readonly bold?: boolean }) => number;

const ALIAS = "Rekindle Chart";
let measure: Promise<TextWidth> | undefined;

/** Loads the shipped font once and returns a function that measures text, identically on every machine. */
export function loadTextWidth(): Promise<TextWidth> {
  measure ??= createTextWidth();
  return measure;
}

async function createTextWidth(): Promise<TextWidth> {
  const { createCanvas, GlobalFonts } = await import("@napi-rs/canvas");
  for (const file of fontFiles()) GlobalFonts.registerFromPath(file, ALIAS);
  const context = createCanvas(1, 1).getContext("2d");
  return (text, { fontSize, bold = false }) => {
    context.font = `${bold ? "bold " : ""}${fontSize}px "${ALIAS}"`;
    return context.measureText(text).width;
  };
}

/**
 * Wraps a text at spaces into lines of at most `maxWidth` pixels; a longer word gets its own line. "n = 4,338" is one word.
 */
export function wrapText(text: string, maxWidth: number, widthOf: (text: string) => number): string[] {
  const lines: string[] = [];
  for (const word of text.split(/(?<!=)\s+(?!=)/)) {
    const longer = lines.length ? `${lines[lines.length - 1]} ${word}` : word;
    if (lines.length && widthOf(longer) <= maxWidth) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}
