import { parse, type Spec, View } from "vega";
import { expect, test } from "vitest";
import { boxAxis } from "../../src/charts/core/box-axis.js";
import { boxTransforms } from "../../src/charts/core/box-projection.js";
import { sankeyLayout } from "../../src/charts/core/sankey-layout.js";
import {
  clusterComparisonRadarChart,
  clusterCountChart,
  clusterImportanceChart,
  compileChart,
  migrationSankeyChart,
  renderSvg,
  rfm3dScatterChart,
  rfmHeatmapChart,
  silhouetteChart,
} from "../../src/charts/index.js";
import { EXAMPLES, POINT_NAMES, POINTS, RANKS, SILHOUETTES, TRIED, WAYS } from "./examples.js";

const shared = { locale: "en-GB", currency: "GBP", asOf: "2011-12-09" };
const options = { ...shared, customers: 4338 };

/** All inline rows of a spec that have a field. */
function rowsWith(node: unknown, field: string): Record<string, unknown>[] {
  if (typeof node !== "object" || node === null) return [];
  const own = (node as { values?: unknown }).values;
  const here = Array.isArray(own) ? own.filter((row) => typeof row === "object" && field in row) : [];
  return [...here, ...Object.values(node).flatMap((child) => rowsWith(child, field))];
}

/** All tooltips of a spec that tell a field. */
function tooltipsWith(node: unknown, field: string): unknown[] {
  if (typeof node !== "object" || node === null) return [];
  const own = (node as { tooltip?: unknown }).tooltip;
  const tells = Array.isArray(own) && own.some((one) => (one as { field?: unknown }).field === field);
  return [...(tells ? [own] : []), ...Object.values(node).flatMap((child) => tooltipsWith(child, field))];
}

test("the projection keeps lengths, and is the front view when nothing is turned or tilted", () => {
  const project = (datum: { a: number; b: number; c: number }, turn: number, tilt: number) =>
    boxTransforms().map(({ calculate }) =>
      new Function("datum", "sin", "cos", "PI", "turn", "tilt", `return ${calculate}`)(
        datum,
        Math.sin,
        Math.cos,
        Math.PI,
        turn,
        tilt,
      ),
    ) as [number, number, number];
  expect(project({ a: 0.9, b: 0.2, c: 0.7 }, 0, 0).map((value) => Number(value.toFixed(12)))).toEqual([0.4, 0.2, -0.3]);
  for (const [turn, tilt] of [
    [38, 18],
    [80, 26],
  ]) {
    expect(Math.hypot(...project({ a: 0.9, b: 0.2, c: 0.7 }, turn, tilt))).toBeCloseTo(Math.hypot(0.4, 0.3, 0.2), 12);
    // The far ends of both floor axes meet in the corner that is nearest.
    const [, , near] = project({ a: 1, b: 1, c: 0 }, turn, tilt);
    for (const [a, b] of [
      [0, 0],
      [0, 1],
      [1, 0],
    ]) {
      expect(project({ a, b, c: 0 }, turn, tilt)[2]).toBeLessThan(near);
    }
  }
});

test("a notebook turns the box and picks clusters by the signals of its picture", async () => {
  const chart = rfm3dScatterChart(POINTS, { ...shared, names: POINT_NAMES, seed: 7 });
  const view = new View(parse((await compileChart(chart)).vegaSpec as Spec), { renderer: "none" });
  const at18 = await view.toSVG();
  await view.signal("turn", 60).runAsync();
  expect(await view.toSVG()).not.toBe(at18);
  await view.signal("turn", 38).runAsync();
  expect(await view.toSVG()).toBe(at18);
  expect(view.getState().signals).toHaveProperty("shown_cluster_legend");
  view.finalize();
});

test("an axis is linear from 0, and logarithmic where a tail is heavy", () => {
  const linear = boxAxis([3, 40, 90]);
  expect(linear.isLog).toBe(false);
  expect([linear.place(0), linear.place(50), linear.place(100)]).toEqual([0, 0.5, 1]);
  const log = boxAxis([1, 1, 1, 1, 10, 500]);
  expect(log.isLog).toBe(true);
  expect(log.ticks).toEqual([1, 3, 10, 30, 100, 300]);
  expect(log.place(10) - log.place(1)).toBeCloseTo(log.place(100) - log.place(10), 12);
});

test("zeros have a place on a logarithmic axis, and what is below stands with them", () => {
  const axis = boxAxis([-5, 0, 1, 1, 1, 9999]);
  expect(axis.ticks).toEqual([0, 1, 10, 100, 1000]);
  expect([axis.place(0), axis.place(-5)]).toEqual([0, 0]);
  expect(axis.place(1)).toBeGreaterThan(0);
});

test("a box has an axis also where there is one value, or none", () => {
  expect(boxAxis([7]).place(7)).toBeGreaterThan(0);
  expect(boxAxis([0, 0]).place(0)).toBe(0);
  expect(boxAxis([]).ticks.length).toBeGreaterThan(1);
});

test("too many customers are drawn by a seeded sample, which the subtitle says", () => {
  const draw = (seed: number, limit: number) =>
    rfm3dScatterChart(POINTS, { ...shared, names: POINT_NAMES, seed, limit });
  const dots = (seed: number, limit: number) => rowsWith(draw(seed, limit).spec, "Revenue");
  expect(dots(7, 20)).toHaveLength(20);
  expect(draw(7, 20).subtitle).toContain("n = 45 customers, random sample of 20 drawn");
  expect(dots(7, 20)).toEqual(dots(7, 20));
  expect(dots(7, 20)).not.toEqual(dots(8, 20));
  expect(dots(7, 100)).toHaveLength(45);
  expect(draw(7, 100).subtitle).not.toMatch(/random/i);
});

test("clusters of one colour have shapes of their own", () => {
  const { spec } = rfm3dScatterChart(POINTS, { ...shared, names: POINT_NAMES, seed: 7 });
  expect(JSON.stringify(spec)).toContain('"range":["circle","circle","triangle-up"]');
});

test("a segment's middle is that of all its customers, not of those drawn", () => {
  const chart = (limit: number) => rfm3dScatterChart(POINTS, { ...shared, names: POINT_NAMES, seed: 7, limit });
  expect(chart(5).data).toEqual(chart(100).data);
  const own = POINTS.frequency.filter((_, i) => POINTS.clusters[i] === 0);
  expect(chart(5).data.rows[0][3]).toBeCloseTo(own.reduce((sum, orders) => sum + orders, 0) / own.length, 12);
});

test("bands of a Sankey diagram fill their places on both sides, in order, without overlap", () => {
  const flows = [
    { from: 0, to: 1, size: 30 },
    { from: 0, to: 0, size: 60 },
    { from: 1, to: 0, size: 9 },
    { from: 2, to: 1, size: 1 },
  ];
  const { left, right, bands, height } = sankeyLayout(flows, { total: 200, slot: 20, gap: 5 });
  expect(left.map(({ size, height: h }) => [size, h])).toEqual([
    [90, 180],
    [9, 18],
    [1, 2],
  ]);
  for (const [nodes, end, at] of [
    [left, "from", "fromY"],
    [right, "to", "toY"],
  ] as const) {
    for (const node of nodes) {
      const own = bands.filter((band) => band[end] === node.index).sort((a, b) => a[at] - b[at]);
      let y = node.y;
      for (const band of own) {
        expect(band[at]).toBeCloseTo(y, 9);
        y += band.height;
      }
      expect(y).toBeCloseTo(node.y + node.height, 9);
      expect(y).toBeLessThanOrEqual(height);
    }
    const middles = nodes.map(({ y, height: h }) => y + h / 2);
    for (let i = 1; i < middles.length; ++i) expect(middles[i] - middles[i - 1]).toBeGreaterThanOrEqual(20);
  }
});

test("a chart names clusters or segments in title and subtitle, because both share names", () => {
  const ofClusters = [
    ...["cluster-distribution", "revenue-contribution", "rfm-heatmap", "rfm-3d-scatter", "cluster-comparison-radar"],
    ...["cluster-importance", "cluster-count", "silhouette"],
  ];
  for (const name of ofClusters) {
    const { title, subtitle, description, data } = EXAMPLES[name];
    expect(title, name).toMatch(/cluster/i);
    expect(subtitle, name).toContain("k-means cluster");
    const said = [title, subtitle, description, ...data.columns.map(({ name }) => name)].join(" ");
    expect(said, name).not.toMatch(/segment/i);
  }
  const { title, subtitle } = EXAMPLES["migration-sankey"];
  for (const text of [title, subtitle]) expect(text).toMatch(/segment/);
  for (const text of [title, subtitle]) expect(text).not.toMatch(/cluster/i);
});

test("movement counts movers among those who were there before", () => {
  const chart = migrationSankeyChart(WAYS, {
    ...shared,
    names: ["Champions", "New Customers", "At Risk", "Lost/Churned"],
    before: "2011-11-09",
  });
  expect(chart.subtitle).toContain("41 of 1,281 moved (3.2%)");
  expect(chart.description).toContain("Most went from Champions to At Risk: 31");
  const labels = rowsWith(chart.spec, "align").map(({ text }) => text);
  expect(labels).toContain("Champions  197 (−24)");
  expect(labels).toContain("New since then  40");
});

test("movement: tooltips of bands and bars show customers and revenue", () => {
  const { spec, data } = migrationSankeyChart(WAYS, {
    ...shared,
    names: ["Champions", "New Customers", "At Risk", "Lost/Churned"],
    before: "2011-11-09",
  });
  const bands = rowsWith(spec, "band").filter(({ From, To }) => From === "Champions" && To === "At Risk");
  expect(new Set(bands.map(({ Customers, Revenue }) => `${Customers} ${Revenue}`))).toEqual(new Set(["31 £540,000"]));
  const bars = rowsWith(spec, "Segment").filter(({ Segment }) => Segment === "Champions");
  expect(bars.map(({ Day, Customers, Revenue }) => `${Day}: ${Customers} ${Revenue}`)).toEqual([
    "9 Nov 2011: 221 £4,340,000",
    "9 Dec 2011: 197 £3,861,000",
  ]);
  for (const tooltip of ["From", "Segment"].map((field) => tooltipsWith(spec, field))) {
    expect(tooltip).toHaveLength(1);
    expect(tooltip[0]).toEqual(expect.arrayContaining([{ field: "Revenue", title: "Revenue so far" }]));
  }
  expect(data.rows[2]).toEqual(["Champions", "At Risk", 31, 540_000]);
});

test("colours of means are classes of factors, up and down alike, about the median segment", () => {
  const clusters = [1, 10, 20, 40, 400].map((value, i) => ({
    ...{ name: `Name ${i}`, recencyDays: value, frequency: 20, avgBasketValue: i < 3 ? 0 : value },
    monetary: 20 - value,
  }));
  const cells = rowsWith(rfmHeatmapChart(clusters, options).spec, "level");
  const levels = (column: number) => cells.filter((cell) => cell["column"] === column).map(({ level }) => level);
  // Few days since the last order are good.
  expect(levels(0)).toEqual([8, 7, 4, 1, 0]);
  expect(levels(1)).toEqual([4, 4, 4, 4, 4]);
  // More than nothing is any number of times more, and nothing less than something.
  expect(levels(2)).toEqual([4, 4, 4, 8, 8]);
  expect(levels(3)).toEqual([8, 8, 4, 0, 0]);
});

test("a number of clusters that fails is marked, by measure", () => {
  const chart = clusterCountChart(TRIED, { ...options, knee: null });
  const failing = rowsWith(chart.spec, "fails").filter(({ fails }) => fails);
  expect(new Set(failing.map(({ k, text }) => `${k}: ${text}`))).toEqual(new Set(["4: 0.77", "6: 0.78", "6: 1.5%"]));
  expect(JSON.stringify(chart.spec)).toContain("no knee");
  expect(JSON.stringify(clusterCountChart(TRIED, { ...options, knee: 4 }).spec)).toContain("knee at k = 4");
});

test("bands of a silhouette plot are as high as clusters are large, and fall", () => {
  const chart = silhouetteChart(SILHOUETTES, { ...options, names: ["Champions", "At Risk"], customers: 50 });
  const rows = rowsWith(chart.spec, "silhouette") as { name: string; y: number; silhouette: number }[];
  const heights = ["Champions", "At Risk"].map((name) => {
    const own = rows.filter((row) => row.name === name);
    for (let i = 1; i < own.length; ++i) expect(own[i].silhouette).toBeLessThanOrEqual(own[i - 1].silhouette);
    return own[own.length - 1].y - own[0].y;
  });
  expect(heights[0] / heights[1]).toBeCloseTo(30 / 20, 9);
  expect(chart.subtitle).not.toMatch(/random/i);
  const sampled = silhouetteChart(SILHOUETTES, { ...options, names: ["Champions", "At Risk"], customers: 51 });
  expect(sampled.subtitle).toContain("Random sample of 50");
});

test("what cannot be drawn is refused by name", () => {
  const base = { ...shared, seed: 7, names: [] };
  expect(() => rfm3dScatterChart(POINTS, base)).toThrow("Cannot chart customers in a box");
  expect(() => clusterCountChart([], { ...options, knee: null })).toThrow("Cannot chart numbers of clusters");
  expect(() => silhouetteChart({ silhouettes: [], clusters: [] }, { ...options, names: [] })).toThrow(
    "Cannot chart silhouettes",
  );
  expect(() => clusterImportanceChart([], options)).toThrow("Cannot chart importances");
  expect(() => clusterComparisonRadarChart(RANKS, { ...options, axes: ["a", "b"] })).toThrow("2 axes");
  expect(() => clusterComparisonRadarChart(RANKS, { ...options, axes: ["a", "b", "c"] })).toThrow(TypeError);
  const movement = { ...shared, before: "2011-11-09" };
  expect(() => migrationSankeyChart([], { ...movement, names: [] })).toThrow("there are no customers");
  expect(() => migrationSankeyChart(WAYS, { ...movement, names: ["Champions"] })).toThrow(
    '"New Customers" is not among the segments Champions',
  );
});

test("one segment, or customers who are all alike, can be drawn", async () => {
  const alike = { recencyDays: [0, 0], frequency: [1, 1], monetary: [5, 5], clusters: [0, 0] };
  const charts = [
    rfm3dScatterChart(alike, { ...shared, names: ["Champions"], seed: 7 }),
    silhouetteChart({ silhouettes: [0, 0], clusters: [0, 0] }, { ...options, names: ["Champions"] }),
    migrationSankeyChart([{ from: "Champions", to: "Champions", customers: 2, revenue: 5 }], {
      ...shared,
      names: ["Champions"],
      before: "2011-11-09",
    }),
    clusterCountChart([{ ...TRIED[2] }], { ...options, knee: null }),
  ];
  for (const chart of charts) expect(await renderSvg(chart)).not.toContain("NaN");
});
