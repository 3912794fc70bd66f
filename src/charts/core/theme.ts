import { SEGMENT_NAMES, type SegmentName, TOO_FEW_ORDERS } from "../../text/index.js";

export { SEGMENT_NAMES, type SegmentName };

/** Color mode; PNG files and print use light. */
export type ColorMode = "light" | "dark";

/**
 * Colours of charts, reports and dashboard, by mode and token. Charts are drawn in the light colours; no two tokens share a
 * colour, so that a page can replace each by a CSS variable.
 *
 * The segment colours have 3:1 contrast with card and page in their mode, and differ by at least 9 units of
 * OKLab (x 100) from each other, also with the colour matrices of Machado, Oliveira and Fernandes 2009 for
 * protanopia and deuteranopia applied. Labels identify segments whose colours still look similar.
 */
export const COLORS: Readonly<Record<ColorMode, Readonly<Record<ColorToken, string>>>> = {
  light: {
    page: "#fbfaf7",
    card: "#ffffff",
    ink: "#1d2430",
    soft: "#566070",
    line: "#e4e1d9",
    accent: "#0f5c8c",
    accentSoft: "#8fb6cf",
    mute: "#cfd6dd",
    warn: "#b4450e",
    good: "#23704a",
    onStrong: "#fffffe",
    masked: "#f3f1ec",
    seq0: "#eef4f8",
    seq1: "#d6e6f0",
    seq2: "#b5d2e4",
    seq3: "#8ab8d4",
    seq4: "#3b7ba8",
    seq5: "#226590",
    seq6: "#0c4468",
    div0: "#7f3403",
    div1: "#b0581c",
    div2: "#e6a777",
    div3: "#f6dcc7",
    div4: "#f2f2f0",
    div5: "#cfe0ec",
    div6: "#90b9d6",
    div7: "#3a7aa7",
    div8: "#14517d",
    champions: "#1f5601",
    loyalCustomers: "#339d9c",
    promising: "#3486e0",
    newCustomers: "#886a01",
    needAttention: "#8c185d",
    atRisk: "#d0765a",
    hibernating: "#67249e",
    lostChurned: "#686f7b",
  },
  dark: {
    page: "#14171c",
    card: "#1c2027",
    ink: "#e9ebee",
    soft: "#a8b1bd",
    line: "#343a45",
    accent: "#7bbbe6",
    accentSoft: "#41657f",
    mute: "#3b434f",
    warn: "#ff9d66",
    good: "#7fd0a4",
    onStrong: "#0e1319",
    masked: "#22262e",
    seq0: "#232c36",
    seq1: "#26394a",
    seq2: "#2a4a63",
    seq3: "#32617f",
    seq4: "#5d9cc4",
    seq5: "#86bfe2",
    seq6: "#bce0f7",
    div0: "#ffc194",
    div1: "#e38b4f",
    div2: "#85502c",
    div3: "#4d382b",
    div4: "#272c34",
    div5: "#2a3f50",
    div6: "#325a78",
    div7: "#62a3cf",
    div8: "#a9d8f7",
    champions: "#3b8223",
    loyalCustomers: "#57f0ed",
    promising: "#3f9bf5",
    newCustomers: "#e5db82",
    needAttention: "#c45890",
    atRisk: "#fc8f28",
    hibernating: "#824ed4",
    lostChurned: "#abadb0",
  },
};

/** Token of a colour of {@link COLORS}. */
export type ColorToken =
  | "page"
  | "card"
  | "ink"
  | "soft"
  | "line"
  | "accent"
  | "accentSoft"
  | "mute"
  | "warn"
  | "good"
  | "onStrong"
  | "masked"
  | `seq${0 | 1 | 2 | 3 | 4 | 5 | 6}`
  | `div${0 | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8}`
  | "champions"
  | "loyalCustomers"
  | "promising"
  | "newCustomers"
  | "needAttention"
  | "atRisk"
  | "hibernating"
  | "lostChurned";

const SEGMENT_TOKENS: Readonly<Record<SegmentName | typeof TOO_FEW_ORDERS, ColorToken>> = {
  Champions: "champions",
  "Loyal Customers": "loyalCustomers",
  Promising: "promising",
  "New Customers": "newCustomers",
  "Need Attention": "needAttention",
  "At Risk": "atRisk",
  Hibernating: "hibernating",
  "Lost/Churned": "lostChurned",
  // A colour of its own, because `soft` would look like Lost/Churned.
  [TOO_FEW_ORDERS]: "ink",
};

/**
 * Returns the colour token of a segment; unknown names get the neutral `soft`. A suffix after a middle dot is ignored:
 * "Champions · higher spend" has the colour of Champions.
 */
export function segmentToken(segment: string): ColorToken {
  return SEGMENT_TOKENS[segment.split(" · ")[0] as keyof typeof SEGMENT_TOKENS] ?? "soft";
}

/** Returns the colour of a segment, the same in every chart, table and page. */
export function segmentColor(segment: string, mode: ColorMode = "light"): string {
  return COLORS[mode][segmentToken(segment)];
}

/** Colours of categories, in the light colours, in the order of use: neighbours differ most. */
export const CATEGORY = (
  [
    "promising",
    "atRisk",
    "loyalCustomers",
    "hibernating",
    "newCustomers",
    "needAttention",
    "champions",
    "lostChurned",
  ] as const
).map((token) => COLORS.light[token]);

/** Returns the colours of categories: those of segments if all are, else {@link CATEGORY}. */
export function categoryColors(names: readonly string[]): readonly string[] {
  const areSegments = names.length > 0 && names.every((name) => name in SEGMENT_TOKENS);
  return areSegments ? names.map((name) => segmentColor(name)) : CATEGORY;
}

/** Sequential scale from low to high, in the light colours. */
export const SEQUENTIAL = [0, 1, 2, 3, 4, 5, 6].map((i) => COLORS.light[`seq${i}` as ColorToken]);

/** Diverging scale from negative through neutral to positive, in the light colours. */
export const DIVERGING = [0, 1, 2, 3, 4, 5, 6, 7, 8].map((i) => COLORS.light[`div${i}` as ColorToken]);

/** Shipped font of PNG files; all texts are measured in it. */
export const SHIPPED_FONT = "DejaVu Sans";

/** Font stack of SVG files. */
export const FONT_STACK = `system-ui, -apple-system, 'Segoe UI', Roboto, '${SHIPPED_FONT}', sans-serif`;

/** Width in CSS pixels of a chart on desktop, in print and in a notebook. */
export const WIDE = 720;

/** Width in CSS pixels of a chart on a phone. */
export const NARROW = 344;

/** Returns the CSS variable of a token, for example `--seq-0`. */
export function cssVariable(token: ColorToken): string {
  return `--${token.replace(/[A-Z]|\d/g, (c) => `-${c.toLowerCase()}`)}`;
}

/** Returns the custom properties of one mode, as CSS declarations. */
export function cssVariables(mode: ColorMode): string {
  return Object.entries(COLORS[mode])
    .map(([token, color]) => `${cssVariable(token as ColorToken)}:${color}`)
    .join(";");
}

const TOKEN_OF_COLOR = new Map(Object.entries(COLORS.light).map(([token, color]) => [color, token as ColorToken]));

/** Replaces theme colours of an SVG by CSS variables, so that it follows the page's light and dark modes. */
export function withCssVariables(svg: string): string {
  return replaceColors(svg, (token) => `var(${cssVariable(token)})`);
}

/** Replaces theme colours of an SVG by those of another mode. */
export function recolored(svg: string, mode: ColorMode): string {
  return mode === "light" ? svg : replaceColors(svg, (token) => COLORS[mode][token]);
}

function replaceColors(svg: string, colorOf: (token: ColorToken) => string): string {
  return svg.replace(/((?:fill|stroke)=")(#[0-9a-f]{6})"/g, (whole, start: string, color: string) => {
    const token = TOKEN_OF_COLOR.get(color);
    return token ? `${start}${colorOf(token)}"` : whole;
  });
}

const { ink, soft, line, accent, card } = COLORS.light;
const font = FONT_STACK;

/** Vega configuration of all charts. */
export const VEGA_CONFIG = {
  aria: false,
  background: card,
  font,
  padding: 4,
  view: { stroke: null },
  axis: {
    domain: false,
    ticks: false,
    grid: true,
    gridColor: line,
    labelColor: soft,
    labelFont: font,
    labelFontSize: 12,
    labelLimit: 400,
    labelPadding: 6,
    titleColor: soft,
    titleFont: font,
    titleFontSize: 12,
    titleFontWeight: "normal",
    titlePadding: 8,
  },
  bar: { color: accent },
  concat: { spacing: 18 },
  header: { labelColor: ink, labelFont: font, titleFont: font },
  legend: { labelColor: ink, labelFont: font, labelFontSize: 12, titleColor: soft, titleFont: font, titleFontSize: 12 },
  range: {
    category: CATEGORY,
    ordinal: SEQUENTIAL,
    ramp: SEQUENTIAL,
    heatmap: SEQUENTIAL,
    diverging: DIVERGING,
  },
  text: { color: ink, font, fontSize: 12 },
  title: {
    anchor: "start",
    color: ink,
    font,
    fontSize: 16,
    fontWeight: "bold",
    frame: "bounds",
    offset: 14,
    subtitleColor: soft,
    subtitleFont: font,
    subtitleFontSize: 12,
    subtitleLineHeight: 17,
    subtitlePadding: 6,
  },
} as const;
