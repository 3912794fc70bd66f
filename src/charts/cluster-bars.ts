import type { VegaLiteSpec } from "./core/chart.js";
import { segmentColor } from "./core/theme.js";

/** Bar of one cluster. */
export interface ClusterBar {
  readonly name: string;
  readonly value: number;
  /** Label at the end of the bar. */
  readonly text: string;
}

/** Returns bars in the colours of their names, with names above and values at the end. */
export function clusterBars(bars: readonly ClusterBar[]): VegaLiteSpec {
  const text = { type: "text", align: "left", baseline: "middle" };
  const most = Math.max(...bars.map(({ value }) => value), Number.MIN_VALUE);
  const x = { field: "value", type: "quantitative", axis: null, scale: { domain: [0, 1.35 * most], nice: false } };
  return {
    data: {
      values: bars.map((bar, row) => ({ row, ...bar, fill: segmentColor(bar.name) })),
    },
    height: 38 * Math.max(1, bars.length),
    encoding: { y: { field: "row", type: "ordinal", axis: null } },
    layer: [
      {
        mark: { type: "bar", height: 14, yOffset: 8 },
        encoding: {
          x,
          color: { field: "fill", type: "nominal", scale: null },
          tooltip: [
            { field: "name", title: "cluster" },
            { field: "text", title: "value" },
          ],
        },
      },
      { mark: { ...text, dy: -9 }, encoding: { x: { datum: 0, type: "quantitative" }, text: { field: "name" } } },
      {
        mark: { ...text, dy: 8, dx: 6 },
        encoding: { x: { field: "value", type: "quantitative" }, text: { field: "text" } },
      },
    ],
  };
}
