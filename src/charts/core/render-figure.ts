import type { Drawing, FigureChart, FigurePart } from "./chart.js";
import { escapeXml } from "./escape-xml.js";
import { type TextWidth, wrapText } from "./text-width.js";
import { COLORS, VEGA_CONFIG, WIDE } from "./theme.js";

const { card, ink, soft } = COLORS.light;
const PAD = VEGA_CONFIG.padding;
const { fontSize, subtitleFontSize, subtitleLineHeight, offset } = VEGA_CONFIG.title;
const LINE = subtitleLineHeight;
const SMALL = { size: subtitleFontSize, line: LINE, color: soft, bold: false };
const LARGE = { size: fontSize, line: 21, color: ink, bold: true };

/** A piece of SVG and the height that it takes. */
interface Block {
  readonly height: number;
  draw(y: number): string;
}

/** Draws a figure as one SVG: title, parts and caption below each other, in the light colours. */
export function renderFigure(
  chart: FigureChart,
  {
    width,
    title,
    widthOf,
  }: { readonly width: number | undefined; readonly title: boolean; readonly widthOf: TextWidth },
): string {
  const natural = Math.max(0, ...chart.parts.map((part) => ("svg" in part ? part.width : 0))) || WIDE;
  const lines = (text: string, style: typeof SMALL | typeof LARGE): Block[] =>
    text
      ? [
          textBlock(
            wrapText(text, natural, (part) => widthOf(part, { fontSize: style.size, bold: style.bold })),
            style,
          ),
        ]
      : [];
  const head = title ? [...lines(chart.title, LARGE), ...lines(chart.subtitle, SMALL)] : [];
  const blocks = [
    ...head,
    ...(head.length ? [{ height: offset - LINE / 2, draw: () => "" }] : []),
    ...chart.parts.map((part) => partBlock(part, natural, widthOf)),
    ...lines(chart.caption, SMALL),
  ];
  let y = PAD;
  const drawn = blocks.map((block) => {
    const top = y;
    y += block.height;
    return block.draw(top);
  });
  const [fullWidth, fullHeight] = [natural + 2 * PAD, y + PAD];
  const scale = width === undefined ? 1 : width / fullWidth;
  const size = `width="${fullWidth * scale}" height="${fullHeight * scale}" viewBox="0 0 ${fullWidth} ${fullHeight}"`;
  const background = `<rect width="${fullWidth}" height="${fullHeight}" fill="${card}"/>`;
  return `<svg xmlns="http://www.w3.org/2000/svg" ${size}>${background}${drawn.join("")}</svg>`;
}

function textBlock(lines: readonly string[], { size, line, color, bold }: typeof SMALL | typeof LARGE): Block {
  const weight = bold ? ' font-weight="bold"' : "";
  return {
    height: lines.length * line,
    draw: (y) =>
      lines
        .map((text, i) => {
          const place = `x="${PAD}" y="${y + i * line + size}"`;
          return `<text ${place} font-size="${size}px" fill="${color}"${weight}>${escapeXml(text)}</text>`;
        })
        .join(""),
  };
}

function partBlock(part: FigurePart, width: number, widthOf: TextWidth): Block {
  if ("svg" in part) return { height: part.height, draw: (y) => nested(part, PAD, y) };
  const rows: { x: number; symbol: Drawing; text: string }[][] = [[]];
  let x = 0;
  for (const { symbol, text } of part.items) {
    const needed = symbol.width + 6 + widthOf(text, { fontSize: SMALL.size });
    if (x > 0 && x + needed > width) {
      rows.push([]);
      x = 0;
    }
    rows[rows.length - 1].push({ x, symbol, text });
    x += needed + 16;
  }
  const line = Math.max(LINE, ...part.items.map(({ symbol }) => symbol.height)) + 4;
  const item = (y: number) => (row: (typeof rows)[number][number]) => {
    const place = `x="${PAD + row.x + row.symbol.width + 6}" y="${y + row.symbol.height / 2 + SMALL.size * 0.35}"`;
    const text = `<text ${place} font-size="${SMALL.size}px" fill="${ink}">${escapeXml(row.text)}</text>`;
    return nested(row.symbol, PAD + row.x, y) + text;
  };
  return {
    height: rows.length * line + 8,
    draw: (y) => rows.map((row, i) => row.map(item(y + i * line)).join("")).join(""),
  };
}

/** Places a drawing of Plot, made independent of the style sheet and namespaces of an HTML page. */
function nested({ svg }: Drawing, x: number, y: number): string {
  const color = /^<svg [^>]*style="(?:[^"]*[; ])?color: ?([^;"]+)/.exec(svg)?.[1] ?? ink;
  return svg
    .replace(/<style>[\s\S]*?<\/style>/g, "")
    .replace(/<svg /, `<svg x="${x}" y="${y}" `)
    .replace(/xlink:href=/g, "href=")
    .replace(/ xmlns(?::xlink)?="[^"]*"/g, "")
    .replace(/&nbsp;/g, "&#160;")
    .replace(/ font-family="[^"]*"/g, "")
    .replace(/="var\(--plot-background\)"/g, `="${card}"`)
    .replace(/="currentColor"/gi, `="${color}"`);
}
