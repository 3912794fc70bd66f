import type { VegaLiteSpec } from "./chart.js";
import { COLORS } from "./theme.js";

/** Two layers of one text: its outline in the colour of the ground, so that lines behind it do not cross it, and itself. */
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
