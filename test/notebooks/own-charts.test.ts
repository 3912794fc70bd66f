import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Driver, kernelEnvironment, requireBuilt, startDriver } from "./kernel-driver.js";

let folder: string;
let kernel: Driver;

beforeAll(async () => {
  requireBuilt();
  folder = await mkdtemp(join(tmpdir(), "rekindle-own-charts-"));
  kernel = await startDriver(await kernelEnvironment(folder));
  await kernel.execute(`import * as Plot from "@observablehq/plot";
import { chart, plotFigure } from "rekindle/charts";
const values = [{ month: "Jan", orders: 3 }, { month: "Feb", orders: 5 }];`);
});

afterAll(async () => {
  await kernel?.close();
  await rm(folder, { recursive: true, force: true });
});

/** Runs a cell and returns what it displayed. */
async function shown(code: string) {
  const { reply, outputs } = await kernel.execute(code);
  expect(reply).toMatchObject({ status: "ok" });
  return outputs.map(({ content }) => content.data);
}

const encoding = '{ x: { field: "month" }, y: { field: "orders", type: "quantitative" } }';

test("a Vega-Lite specification at the end of a cell is interactive, with an SVG", async () => {
  const [data] = await shown(`chart({ data: { values }, mark: "bar", encoding: ${encoding} })`);
  expect(data).toMatchObject({
    "application/vnd.vega.v5+json": { marks: expect.arrayContaining([expect.objectContaining({ type: "rect" })]) },
    "image/svg+xml": expect.stringMatching(/^<svg .*orders.*<\/svg>$/s),
  });
});

test("a Plot figure at the end of a cell is an SVG", async () => {
  const [data] = await shown(
    'chart(plotFigure({ title: "Orders", marks: [Plot.barY(values, { x: "month", y: "orders" })] }))',
  );
  expect(data).toEqual({
    "image/svg+xml": expect.stringMatching(/^<svg .*Orders.*<\/svg>$/s),
    "text/plain": "Orders",
  });
});

test("both are typed, in a variable too", async () => {
  await shown(`import type { Chart, FigureChart, TopLevelSpec } from "rekindle/charts";
const spec: TopLevelSpec = { data: { values }, mark: "bar", encoding: ${encoding} };
const own: Chart = chart(spec);
const drawn: FigureChart = chart(plotFigure({ marks: [Plot.dot(values, { x: "month", y: "orders" })] }));`);
  for (const wrong of [
    'chart({ data: { values }, mark: "bra" });',
    "plotFigure({ mraks: [] });",
    'chart(spec, { titel: "a" });',
    "const own: number = chart(spec);",
  ]) {
    expect([wrong, (await kernel.execute(wrong)).reply.ename]).toEqual([wrong, "TypeScriptError"]);
  }
});

test("a fault found when it is drawn fails the cell in one line", async () => {
  const { reply } = await kernel.execute(
    'chart({ data: { values }, mark: "bar", encoding: { x: { field: "orders", aggregate: "men" as "mean" } } })',
  );
  expect(reply).toMatchObject({
    ename: "RangeError",
    evalue: 'Cannot draw chart: Invalid aggregation operator "men"',
  });
});
