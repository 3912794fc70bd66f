import { describe, expect, test } from "vitest";
import {
  cleaningWaterfallChart,
  cohortRetentionChart,
  correlationChart,
  createChart,
  featureDistributionChart,
  histogram,
  MAX_INLINE_ROWS,
  mimeBundle,
  monthlyRevenueChart,
  NARROW,
  renderSvg,
} from "../../src/charts/index.js";
import { CORRELATIONS, EXAMPLES, MONTHS, STEPS } from "./examples.js";
import { expectSnapshot } from "./snapshot.js";

const view = { locale: "en-GB", currency: "GBP", asOf: "2011-12-09" };
const options = { ...view, customers: 4338 };

describe.each(Object.entries(EXAMPLES))("%s", (name, chart) => {
  test("looks as it did, wide and narrow", async () => {
    expectSnapshot(await renderSvg(chart), new URL(`snapshots/${name}.svg`, import.meta.url));
    expectSnapshot(
      await renderSvg(chart, { width: NARROW, title: false }),
      new URL(`snapshots/${name}-narrow.svg`, import.meta.url),
    );
  });

  test("is drawn the same again", async () => {
    expect(await renderSvg(chart)).toBe(await renderSvg(chart));
  });

  test("says what it shows, how to read it, and as of when", () => {
    expect(chart.title).not.toBe("");
    expect(chart.subtitle).toContain("9 Dec 2011");
    expect(chart.description).toMatch(/\.$/);
  });

  test("has a table behind it whose rows are as long as its header", () => {
    for (const row of chart.data.rows) expect(row).toHaveLength(chart.data.columns.length);
  });

  test("is no smaller than 11 pixels anywhere on a phone", async () => {
    const svg = await renderSvg(chart, { width: NARROW, title: false });
    const width = Number(/<svg [^>]*width="([\d.]+)"/.exec(svg)?.[1]);
    const scale = Math.min(1, 340 / width);
    const sizes = [...svg.matchAll(/font-size="([\d.]+)px"/g)].map(([, size]) => Number(size) * scale);
    expect(sizes.length).toBeGreaterThan(0);
    expect(Math.min(...sizes)).toBeGreaterThanOrEqual(10.8);
  });

  test("uses theme colours alone, so that pages can darken it", async () => {
    const svg = await renderSvg(chart, { colors: "css" });
    expect(svg).toContain("var(--");
    expect(svg.match(/#[0-9a-f]{6}"/g) ?? []).toEqual([]);
    expect(svg).not.toMatch(/(?:fill|stroke)="(?:black|white|rgb)/);
  });
});

test("a chart is plain data that notebooks can show", async () => {
  const chart = EXAMPLES["monthly-revenue"] as object as Record<symbol, () => Promise<Record<string, unknown>>>;
  expect(Object.keys(chart)).toEqual(Object.keys({ ...chart }));
  expect(Object.getOwnPropertyNames(chart)).toEqual(["title", "subtitle", "description", "spec", "narrowSpec", "data"]);
  const bundle = await chart[Symbol.for("Jupyter.display")]();
  expect(Object.keys(bundle).sort()).toEqual(["application/vnd.vega.v5+json", "image/svg+xml", "text/plain"]);
});

test("the bundle carries compiled Vega, not Vega-Lite", async () => {
  const bundle = await mimeBundle(EXAMPLES["monthly-revenue"]);
  const spec = bundle["application/vnd.vega.v5+json"] as { $schema: string; marks: unknown[] };
  expect(spec.$schema).toContain("/vega/v5");
  expect(spec.marks.length).toBeGreaterThan(0);
  expect(JSON.stringify(spec)).toContain("1161817.38");
});

test("the title is drawn for files and left out for pages", async () => {
  const chart = EXAMPLES["monthly-revenue"];
  const inPicture = (svg: string) => svg.replace(/<svg [^>]*>/, "").includes("Revenue by month");
  expect(inPicture(await renderSvg(chart))).toBe(true);
  expect(inPicture(await renderSvg(chart, { title: false }))).toBe(false);
});

test("markup in names is drawn as text", async () => {
  const evil = `<img src=x onerror="alert(1)">&'`;
  const chart = cleaningWaterfallChart([{ ...STEPS[0], rule: evil }], view);
  const svg = await renderSvg(chart);
  expect(svg).not.toContain("<img");
  expect(svg).toContain("&lt;img");
});

test("ids differ from chart to chart", async () => {
  const charts = Object.values(EXAMPLES);
  const ids = (await Promise.all(charts.map((chart) => renderSvg(chart)))).flatMap((svg) =>
    [...svg.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id),
  );
  expect(new Set(ids).size).toBe(ids.length);
});

test("a partial month is pale, starred and explained", async () => {
  const withPartial = EXAMPLES["monthly-revenue"];
  const whole = monthlyRevenueChart(MONTHS.slice(0, 12), view);
  expect(withPartial.subtitle).toContain("are incomplete");
  expect(whole.subtitle).not.toContain("are incomplete");
  expect(await renderSvg(withPartial)).toContain("Dec*");
  expect(await renderSvg(whole)).not.toContain("*");
});

test("a month that is not over has no cell", () => {
  const spec = EXAMPLES["cohort-retention"].spec as { data: { values: { cohort: string; month: number }[] } };
  expect(spec.data.values.map(({ cohort, month }) => `${cohort}+${month}`)).toEqual([
    "2011-09+1",
    "2011-09+2",
    "2011-10+1",
  ]);
});

test("more features than fit are cut to the most correlated, and the subtitle says so", () => {
  const chart = correlationChart(CORRELATIONS, { ...options, maxFeatures: 2 });
  expect(chart.subtitle).toContain("2 of 4 features");
  expect(chart.data.rows.map(([name]) => name)).toEqual(["1 frequency", "2 monetary"]);
});

test("feature distributions: bins around whole numbers are labelled at whole numbers only", () => {
  const labelsOf = (values: readonly number[]) => {
    const feature = { name: "has_children", unit: "flag", histogram: histogram(values) };
    const { spec } = featureDistributionChart([feature], options);
    return JSON.stringify(spec).match(/"values":(\[[^[\]{}]*\])/)?.[1];
  };
  expect(labelsOf([0, 1, 1, 0, 0])).toBe("[0,1]");
  expect(labelsOf([0, 0])).toBe("[0]");
  expect(labelsOf([0, 0.25, 0.5, 1])).toBe("[0,0.5,1]");
});

test("too many rows inline are refused", () => {
  const values = Array.from({ length: MAX_INLINE_ROWS + 1 }, (_, x) => ({ x }));
  const chart = { title: "Points", subtitle: "", description: "", data: { columns: [], rows: [] } };
  expect(() => createChart({ ...chart, spec: { layer: [{ data: { values } }] } })).toThrow(
    'Cannot create chart "Points": it has 5001 rows of inline data; the maximum is 5000',
  );
  expect(() => createChart({ ...chart, title: "", spec: {} })).toThrow(RangeError);
});

test("nothing to draw is refused by name", () => {
  expect(() => cleaningWaterfallChart([], view)).toThrow("Cannot chart the cleaning");
  expect(() => monthlyRevenueChart([], view)).toThrow("Cannot chart revenue");
  expect(() => cohortRetentionChart([], view)).toThrow("Cannot chart retention");
  expect(() => featureDistributionChart([], options)).toThrow("Cannot chart distributions");
  expect(() => correlationChart({ names: ["a"], method: "", values: [[1]] }, options)).toThrow(TypeError);
});

test("an impossible width is refused", async () => {
  await expect(renderSvg(EXAMPLES["correlation"], { width: Number.NaN })).rejects.toThrow("width is NaN");
});
