import { parse, type Spec, View } from "vega";
import { expect, test } from "vitest";
import { NARROW, WIDE } from "../../src/charts/core/theme.js";
import { compileChart, renderSvg } from "../../src/charts/index.js";
import { EXAMPLES } from "./examples.js";

interface Item {
  readonly bounds: { readonly x1: number; readonly y1: number; readonly x2: number; readonly y2: number };
  readonly text?: unknown;
  readonly x?: number;
  readonly y?: number;
  readonly items?: readonly Item[];
  readonly marktype?: string;
}

/** Texts of a scenegraph with their corners, rounded to whole pixels. */
function* textsIn(node: Item, x: number, y: number): Iterable<{ text: string; corners: readonly number[] }> {
  const { bounds, text } = node;
  if (text !== undefined) {
    const corners = [bounds.x1 + x, bounds.y1 + y, bounds.x2 + x, bounds.y2 + y].map(Math.round);
    yield { text: [text].flat().join(" "), corners };
  }
  const isMark = node.marktype !== undefined;
  const [dx, dy] = isMark || text !== undefined ? [x, y] : [x + (node.x ?? 0), y + (node.y ?? 0)];
  for (const item of node.items ?? []) yield* textsIn(item, dx, dy);
}

test.each([
  ["a desk", WIDE],
  ["a phone", NARROW],
])(
  "on %s the 3-D scatter keeps its title in place and its axis titles in the picture, however it is turned",
  async (_, width) => {
    // Makes Vega measure texts as exactly as a browser does.
    await renderSvg(EXAMPLES["rfm-3d-scatter"]);
    const { vegaSpec } = await compileChart(EXAMPLES["rfm-3d-scatter"], { width });
    const view = new View(parse(vegaSpec as Spec), { renderer: "none" });
    await view.runAsync();
    const texts = () => {
      const [left, top] = view.origin();
      return [...textsIn((view.scenegraph() as unknown as { root: Item }).root, left, top)];
    };
    const titlesOf = (all: ReturnType<typeof texts>) =>
      all.filter(({ text }) => /^(Clusters by|Dots are)/.test(text)).map(({ corners: [x, y] }) => [x, y]);
    const atFirst = titlesOf(texts());
    expect(atFirst).toHaveLength(2);
    const turned: unknown[] = [];
    for (const turn of [10, 24, 38, 52, 66, 80]) {
      for (const tilt of [6, 12, 18, 22, 26]) {
        await view.signal("turn", turn).signal("tilt", tilt).runAsync();
        const all = texts();
        turned.push(titlesOf(all));
        const axisTitles = all.filter(({ text }) => /^(days since|orders|revenue in)/.test(text));
        expect(axisTitles.length).toBeGreaterThanOrEqual(3);
        for (const { text, corners } of axisTitles) {
          const [x1, y1, x2] = corners;
          expect([text, turn, tilt, ...corners, x1! >= 0, y1! >= 0, x2! <= width]).toEqual([
            text,
            turn,
            tilt,
            ...corners,
            true,
            true,
            true,
          ]);
        }
      }
    }
    expect(turned).toEqual(turned.map(() => atFirst));
    view.finalize();
  },
);
