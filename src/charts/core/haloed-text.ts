import type { VegaLiteSpec } from "./chart.js";
import { COLORS } from "./theme.js";

/** Returns two layers of a text: an outline in the background colour for legibility over lines, and the text. */
export function haloedText(
  mark: object,
  { encoding, ...view }: { readonly encoding: object; readonly data?: object; readonly transform?: readonly object[] },
): readonly VegaLiteSpec[] {
  const { card } = COLORS.light;
  const { color: _, ...plain } = encoding as Record<string, unknown>;
  return [
    {
      ...view,
      mark: { type: "text", ...mark, color: card, stroke: card, strokeWidth: 3.5, strokeJoin: "round", opacity: 0.8 },
      encoding: plain,
    },
    { ...view, mark: { type: "text", ...mark }, encoding },
  ];
}
