import * as Plot from "@observablehq/plot";
import { JSDOM } from "jsdom";
import { describe, expect, test } from "vitest";
import {
  CATEGORY,
  COLORS,
  chart,
  DIVERGING,
  mimeBundle,
  NARROW,
  plotFigure,
  renderPng,
  renderSvg,
  SEQUENTIAL,
  segmentColor,
} from "../../src/charts/index.js";
import { expectSnapshot } from "./snapshot.js";

const rows = [
  { month: "Jan", segment: "Champions", revenue: 120 },
  { month: "Feb", segment: "Champions", revenue: 180 },
  { month: "Jan", segment: "At Risk", revenue: 40 },
  { month: "Feb", segment: "At Risk", revenue: 25 },
];
const spec = {
  title: { text: "Revenue by segment", subtitle: "EUR per month" },
  data: { values: rows },
  mark: { type: "bar", tooltip: true },
  encoding: {
    x: { field: "month", type: "ordinal", sort: null },
    y: { field: "revenue", type: "quantitative" },
    color: { field: "segment" },
  },
} as const;

const snapshot = (name: string) => new URL(`snapshots/${name}.svg`, import.meta.url);

describe("a Vega-Lite specification", () => {
  test("is a chart with its texts, its rows as a table, and the theme", async () => {
    const own = chart(spec);
    expect(own).toMatchObject({ title: "Revenue by segment", subtitle: "EUR per month" });
    expect(own.description).toBe("Chart of month, revenue, segment, 4 rows");
    expect(own.data.columns.map(({ name }) => name)).toEqual(["month", "segment", "revenue"]);
    expect(own.data.rows[0]).toEqual(["Jan", "Champions", 120]);
    const svg = await renderSvg(own);
    expectSnapshot(svg, snapshot("own-vega-lite"));
    expect(svg).toContain(`fill="${segmentColor("Champions")}"`);
    expect((await renderSvg(own, { colors: "css" })).match(/#[0-9a-f]{6}"/g) ?? []).toEqual([]);
  });

  test("is shown interactively, with an SVG", async () => {
    const bundle = await mimeBundle(chart(spec));
    expect(Object.keys(bundle)).toEqual(["application/vnd.vega.v5+json", "image/svg+xml", "text/plain"]);
    expect(JSON.stringify(bundle["application/vnd.vega.v5+json"])).toContain('"tooltip"');
    expect(bundle["text/plain"]).toBe("Revenue by segment\nEUR per month");
  });

  test("needs no title; two without one have ids of their own", async () => {
    const { title: _, ...untitled } = spec;
    const clipped = (revenue: number) =>
      chart({ ...untitled, data: { values: [{ ...rows[0], revenue }] }, mark: { type: "line", clip: true } });
    const svgs = [await renderSvg(clipped(1)), await renderSvg(clipped(2))];
    const [first, second] = svgs.map((svg) => /id="([^"]+)"/.exec(svg)?.[1]);
    expect(first).toMatch(/^chart-\d+-720-/);
    expect(second).not.toBe(first);
    expect(svgs[0]).not.toContain("Revenue by segment");
    expect(await renderSvg(clipped(1))).toBe(svgs[0]);
  });

  test("texts of the call come before those of the specification", async () => {
    const own = chart(spec, { title: "Mine", description: "Champions spend most." });
    expect(await renderSvg(own)).toContain('aria-label="Mine: Champions spend most."');
  });

  test("keeps its width and its configuration; facets keep their own widths", async () => {
    const widthOf = (svg: string) => Number(/<svg [^>]*width="([\d.]+)"/.exec(svg)?.[1]);
    expect(widthOf(await renderSvg(chart(spec)))).toBe(720);
    expect(widthOf(await renderSvg(chart({ ...spec, width: 200 })))).toBeLessThan(400);
    expect(widthOf(await renderSvg(chart({ ...spec, width: 200 }), { width: NARROW }))).toBe(NARROW);
    const facets = chart({ ...spec, encoding: { ...spec.encoding, column: { field: "segment" } } });
    expect(await renderSvg(facets)).toContain("Champions");
    const red = await renderSvg(chart({ ...spec, config: { view: { stroke: "#ff0000" } } }));
    expect(red).toContain("#ff0000");
    expect(red).toContain(COLORS.light.soft);
  });

  test("takes dates and big integers as queries return them", async () => {
    const values = [{ day: new Date("2024-01-02"), orders: 3n }];
    const own = chart({
      data: { values },
      mark: "point",
      encoding: { x: { field: "day", type: "temporal" }, y: { field: "orders", type: "quantitative" } },
    });
    expect(JSON.stringify(own)).toContain('"day":"2024-01-02T00:00:00.000Z","orders":3');
    expect(await renderSvg(own)).toContain("<svg");
    expect(values[0].orders).toBe(3n);
  });

  test.each<[string, object, string]>([
    [
      "no view",
      { data: { values: rows } },
      'has no mark, layer, concat, hconcat, vconcat, facet or repeat; its keys are ["data"]',
    ],
    ["an unknown mark", { ...spec, mark: "barr" }, 'there is no mark "barr"; did you mean "bar"?'],
    [
      "an unknown mark in a layer",
      { layer: [{ mark: { type: "lin" } }] },
      'there is no mark "lin"; did you mean "line"?',
    ],
    [
      "an unknown type",
      { ...spec, encoding: { x: { field: "month", type: "ordnal" } } },
      'field "month" has the type "ordnal"; did you mean "ordinal"?',
    ],
    [
      "a field that no row has",
      { ...spec, encoding: { x: { field: "mnth" } } },
      'the rows have no field "mnth"; did you mean "month"?',
    ],
    [
      "data elsewhere",
      { ...spec, data: { url: "cars.json" } },
      'its data is at "cars.json"; read it first and pass the rows as data.values',
    ],
    [
      "too many rows",
      { ...spec, data: { values: Array(5001).fill(rows[0]) } },
      "it has 5001 rows of inline data; the maximum is 5000",
    ],
  ])("%s is an error of one line", (_, wrong, message) => {
    const call = () => chart(wrong as typeof spec);
    expect(call).toThrow(/^Cannot create (?:a )?chart[^\n]*$/);
    expect(call).toThrow(message);
  });

  test("bars for categories need no type and no height", async () => {
    const bars = {
      mark: "bar",
      encoding: { y: { field: "segment" }, x: { field: "revenue", aggregate: "sum" } },
    } as const;
    expect(await renderSvg(chart({ data: { values: rows }, ...bars }))).toContain("Champions");
  });

  test("fields that a transform makes are not looked for among the rows", async () => {
    const own = chart({
      data: { values: rows },
      transform: [{ calculate: "datum.revenue * 2", as: "twice" }],
      mark: "bar",
      encoding: { x: { field: "twice", type: "quantitative" } },
    });
    expect(await renderSvg(own)).toContain("twice");
  });

  test.each<[string, object, string]>([
    ["channel", { xx: { field: "month" } }, "xx-encoding is dropped as xx is not a valid encoding channel"],
    ["aggregation", { x: { field: "revenue", aggregate: "men" } }, 'Invalid aggregation operator "men"'],
  ])("what Vega-Lite would leave out is an error: an unknown %s", async (_, encoding, message) => {
    await expect(renderSvg(chart({ ...spec, encoding } as typeof spec))).rejects.toThrow(
      `Cannot draw chart "Revenue by segment": ${message}`,
    );
  });
});

describe("a Plot figure", () => {
  const bars = (options: Plot.PlotOptions = {}) =>
    plotFigure({
      marks: [Plot.barY(rows, { x: "month", y: "revenue", fill: "segment" }), Plot.ruleY([0])],
      ...options,
    });

  test("is a static SVG with title, legend and caption", async () => {
    const own = chart(
      bars({ color: { legend: true }, title: "Revenue & co", subtitle: "EUR", caption: "Source: orders" }),
    );
    expect(own).toMatchObject({ title: "Revenue & co", subtitle: "EUR", caption: "Source: orders" });
    const svg = await renderSvg(own);
    expectSnapshot(svg, snapshot("own-plot"));
    for (const text of ["Revenue &#38; co", "EUR", "At Risk", "Champions", "Source: orders"])
      expect(svg).toContain(text);
    expect(svg).not.toContain("currentColor");
    expect(svg).toContain(`fill="${segmentColor("Champions")}"`);
    expect(Object.keys(await mimeBundle(own))).toEqual(["image/svg+xml", "text/plain"]);
  });

  test("draws the ramp of a continuous legend", async () => {
    const figure = plotFigure({
      color: { legend: true },
      marks: [Plot.cell(rows, { x: "month", y: "segment", fill: "revenue" })],
    });
    const svg = await renderSvg(chart(figure));
    expect(svg).toContain('href="data:image/png;base64,');
    expectSnapshot(svg.replace(/base64,[^"]+/, "base64,"), snapshot("own-plot-ramp"));
  });

  test("keeps the colours that the caller chose", async () => {
    const svg = await renderSvg(chart(bars({ color: { range: ["#123456", "#654321"] } })));
    expect(svg).toContain('fill="#123456"');
    expect(svg).not.toContain(segmentColor("Champions"));
    expect(await renderSvg(chart(bars()))).toContain(segmentColor("Champions"));
  });

  test("has the theme's colours for categories, numbers and differences", async () => {
    const cells = (fill: string | ((row: (typeof rows)[number]) => number), color: Plot.ScaleOptions = {}) =>
      renderSvg(chart(plotFigure({ color, marks: [Plot.cell(rows, { x: "month", y: "segment", fill })] })));
    expect(await cells("month")).toContain(`fill="${CATEGORY[0]}"`);
    const numbers = await cells("revenue");
    for (const color of [SEQUENTIAL[0], SEQUENTIAL[SEQUENTIAL.length - 1]]) expect(numbers).toContain(color);
    const differences = await cells(({ revenue }) => revenue - 80, { type: "diverging" });
    expect(differences).toContain(DIVERGING[DIVERGING.length - 1]);
  });

  test("has room for the names of an axis of categories", async () => {
    const figure = (name: string) =>
      plotFigure({ marks: [Plot.barX([{ name, value: 1 }], { x: "value", y: "name" })] });
    const startOf = (name: string) => Number(figure(name).scale("x")?.range?.[Symbol.iterator]().next().value);
    expect(startOf("a")).toBe(56);
    expect(startOf("a".repeat(20))).toBeGreaterThan(150);
  });

  test("may come from another DOM library, in a style of its own", async () => {
    const { document } = new JSDOM("").window;
    const figure = Plot.plot({
      document,
      style: { color: "#00ff00" },
      marks: [Plot.barY(rows, { x: "month", y: "revenue" })],
    });
    const svg = await renderSvg(chart(figure));
    expect(svg).toContain('stroke="rgb(0, 255, 0)"');
    expect(svg.match(/<svg/g)).toHaveLength(2);
  });

  test("becomes a PNG, and is scaled to a width", async () => {
    const own = chart(bars());
    const png = Buffer.from(await renderPng(own, { dpi: 96 }));
    expect([png.readUInt32BE(16), png.toString("latin1", 1, 4)]).toEqual([728, "PNG"]);
    expect(await renderSvg(own, { width: NARROW })).toContain(
      `<svg xmlns="http://www.w3.org/2000/svg" width="${NARROW}"`,
    );
    await expect(renderSvg(own, { width: 10 })).rejects.toThrow("width is 10; expected 120 to 4000 pixels");
  });

  test("is well-formed XML", async () => {
    const marks = [Plot.text([{ label: 'a\u00a0<b> & "c"' }], { text: "label", x: 1, y: 1, title: "label" })];
    const svg = await renderSvg(chart(plotFigure({ marks })));
    const { window } = new JSDOM("");
    const parsed = new window.DOMParser().parseFromString(svg, "image/svg+xml");
    expect(parsed.querySelector("parsererror")).toBeNull();
    expect(parsed.documentElement.textContent).toContain('a\u00a0<b> & "c"');
  });

  test("without an SVG is an error, and so is what is neither figure nor specification", () => {
    const { document } = new JSDOM("").window;
    const paragraph = document.createElement("p");
    expect(() => chart(Object.assign(paragraph, { scale: () => undefined, legend: () => undefined }))).toThrow(
      "Cannot create a chart: the element <p> has no SVG; pass what Plot.plot or plotFigure returns",
    );
    expect(() => chart("bars" as never)).toThrow('Cannot create a chart: it is "bars"; expected');
    expect(() => chart(null as never)).toThrow("Cannot create a chart: it is null; expected");
  });
});
