import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import type { Notebook } from "../../src/pipeline/notebooks/notebook-parameters.js";
import { runNotebook } from "../../src/pipeline/notebooks/run-notebook.js";
import { home, kernelEnvironment, requireBuilt } from "../notebooks/kernel-driver.js";
import { makeNotebook } from "../notebooks/make-notebook.js";
import { DESK, openBrowser, openPage, PHONE, sidewaysScroll } from "./browser.js";

/** Headings, of which one is there twice and one is longer than a phone is wide. */
const LONG = "A heading with very many words that does not fit on one line of a phone";
const MARKDOWN = ["# 20 · A page", `## ${LONG}\n\n### Part`, "## Part", "## Part"];

/** Cells that show a picture wider than a phone, a table wider than a desk, and a long line. */
const CELLS = [
  `const show = (type: string, text: string) => ({ [Symbol.for("Jupyter.display")]: () => ({ [type]: text }) });
show("image/svg+xml", "<svg xmlns='http://www.w3.org/2000/svg' width='760' height='200'><rect width='760' height='200' fill='teal'/></svg>")`,
  `show("text/html", "<table><tr>" + "<td>a wide cell of a wide table</td>".repeat(30) + "</tr></table>")`,
  `import { createTable } from "rekindle/table";
createTable({
  caption: "Customers",
  columns: [{ name: "customer" }, { name: "orders", format: { kind: "count" } }, ...Array.from({ length: 30 }, (_, i) => ({ name: "month " + i, format: { kind: "money" as const } }))],
  rows: Array.from({ length: 60 }, (_, row) => ["<b>" + row, row === 7 ? null : (row * 37) % 60, ...Array.from({ length: 30 }, () => -1234567)]),
  total: ["all", 1770, ...Array.from({ length: 30 }, () => null)],
})`,
  `import { createChart, rfm3dScatterChart } from "rekindle/charts";
const shared = { locale: "en-GB", currency: "GBP", asOf: "2011-12-31" };
const values = [{ month: "January", revenue: 1000 }, { month: "February", revenue: 2000 }];
const encoding = { x: { field: "revenue", type: "quantitative" }, y: { field: "month" }, tooltip: { field: "revenue" } };
const spec = { data: { values }, height: 100, mark: { type: "bar", clip: true }, encoding };
const clipped = createChart({ title: "Clipped", subtitle: "", description: "", spec, data: createTable({ columns: [], rows: [] }) });
display(clipped);
clipped`,
  `rfm3dScatterChart({ recencyDays: [1, 20, 300], frequency: [9, 4, 1], monetary: [900, 200, 10], clusters: [0, 0, 1] }, { ...shared, names: ["Champions", "Lost/Churned"], seed: 1 })`,
  `createTable({ caption: "A caption that is longer than a phone is wide, so that it has to be broken into lines", columns: [{ name: "a" }, ...Array.from({ length: 12 }, (_, i) => ({ name: "a long name " + i }))], rows: [["x", ...Array.from({ length: 12 }, () => "y")]] })`,
  `console.log("one line without a blank ".replaceAll(" ", "_").repeat(20));`,
];

/** The notebook with Markdown cells in front of its cells. */
function withMarkdown(notebook: Notebook): Notebook {
  const cells = MARKDOWN.map((source, i) => ({ cell_type: "markdown", id: `text-${i}`, metadata: {}, source }));
  return { ...notebook, cells: [...cells, ...notebook.cells] };
}

let browser: Browser;
let folder: string;
let url: string;
let executed: string;

beforeAll(async () => {
  requireBuilt();
  folder = await mkdtemp(join(tmpdir(), "rekindle-page-"));
  const path = join(folder, "20-page.ipynb");
  await writeFile(path, JSON.stringify(withMarkdown(makeNotebook(...CELLS))));
  const env = await kernelEnvironment(join(folder, "jupyter"));
  const [{ html, notebook }, opened] = await Promise.all([
    runNotebook({ path, outputFolder: join(folder, "out"), home, env }),
    openBrowser(),
  ]);
  browser = opened;
  url = pathToFileURL(html).href;
  executed = await readFile(notebook, "utf8");
});
afterEach(() => Promise.all((browser?.contexts() ?? []).map((context) => context.close())));
afterAll(async () => {
  await browser?.close();
  await rm(folder, { recursive: true, force: true });
});

test.each([
  ["a desk", DESK],
  ["a phone", PHONE],
])(
  "on %s the page of a notebook loads nothing, complains of nothing and does not scroll sideways",
  async (_, viewport) => {
    const { page, complaints, requests } = await openPage(browser, url, { viewport });
    expect(await page.locator("table:not(.rekindle-table table) td:visible").count()).toBe(30);
    expect(
      await page.locator(".jp-RenderedSVG img").evaluate((image) => (image as HTMLImageElement).naturalWidth),
    ).toBe(760);
    expect(await sidewaysScroll(page)).toBe(0);
    expect([complaints, requests]).toEqual([[], []]);
  },
);

/** The long table. */
const TABLE = ".rekindle-table:has(.pages, tfoot)";

/** What a table shows of itself: its rows, the state of its headings and its pages. */
const tableOf = (page: Page) => ({
  names: () => page.locator(`${TABLE} tbody tr:visible th`).allTextContents(),
  heading: (name: string) => page.locator(`${TABLE} thead th`, { hasText: new RegExp(`^${name}$`) }),
  status: () => page.locator(`${TABLE} .pages span`).textContent(),
  press: (name: string) => page.locator(TABLE).getByRole("button", { name, exact: true }).click(),
});

test("a long table of a notebook pages, and sorts as a whole by its raw values", async () => {
  const { page, complaints } = await openPage(browser, url, { viewport: DESK });
  const table = tableOf(page);
  expect([(await table.names()).length, await table.status()]).toEqual([20, "Rows 1–20 of 60"]);
  await table.press("Next ›");
  await table.press("Next ›");
  expect([(await table.names()).at(-1), await table.status()]).toEqual(["<b>59", "Rows 41–60 of 60"]);
  expect(await table.heading("orders").getAttribute("aria-sort")).toBe(null);
  await table.press("orders");
  expect(await table.heading("orders").getAttribute("aria-sort")).toBe("descending");
  // 47 × 37 = 1,739, which leaves 59.
  expect([(await table.names())[0], await table.status()]).toEqual(["<b>47", "Rows 1–20 of 60"]);
  await table.press("orders");
  expect([await table.heading("orders").getAttribute("aria-sort"), (await table.names())[0]]).toEqual([
    "ascending",
    "<b>0",
  ]);
  await table.press("Show all");
  expect([(await table.names()).length, (await table.names()).at(-1)]).toEqual([60, "<b>7"]);
  expect(await page.locator(`${TABLE} tfoot th`).textContent()).toBe("all");
  expect(complaints).toEqual([]);
});

test.each([
  ["a desk", DESK],
  ["a phone", PHONE],
])("on %s a wide table of a notebook scrolls in its own frame to its right edge", async (_, viewport) => {
  const { page } = await openPage(browser, url, { viewport });
  const right = await page.locator(`${TABLE} .scroll`).evaluate((frame) => {
    frame.scrollLeft = frame.scrollWidth;
    const edge = frame.getBoundingClientRect().right;
    const cell = frame.querySelector("tbody tr td:last-child")?.getBoundingClientRect().right ?? 0;
    return [edge <= innerWidth, cell <= edge + 1, frame.scrollLeft > 0];
  });
  expect(right).toEqual([true, true, true]);
});

test("a table of a notebook is plain and whole without scripts", async () => {
  const { page } = await openPage(browser, url, { viewport: DESK, javaScriptEnabled: false });
  expect(await page.locator(`${TABLE} tbody tr`).count()).toBe(60);
  expect(await page.locator(".rekindle-table button").count()).toBe(0);
});

test("the contents list beside a notebook has its sections, each with a place of its own", async () => {
  const { page, complaints } = await openPage(browser, url, { viewport: DESK });
  const links = page.locator(".contents a");
  expect(await links.allTextContents()).toEqual([LONG, "Part", "Part", "Part"]);
  expect(await links.first().isVisible()).toBe(true);
  const places = await links.evaluateAll((all) =>
    all.map((link) => document.getElementById((link as HTMLAnchorElement).hash.slice(1))?.tagName),
  );
  expect(places).toEqual(["H2", "H3", "H2", "H2"]);
  expect(new Set(await links.evaluateAll((all) => all.map((link) => link.getAttribute("href")))).size).toBe(4);
  const [list, text] = await Promise.all([page.locator(".contents").boundingBox(), page.locator("main").boundingBox()]);
  expect((list?.x ?? 0) + (list?.width ?? 0)).toBeLessThan(text?.x ?? 0);
  expect(await page.title()).toBe("20 · A page · notebook");
  expect(complaints).toEqual([]);
});

test("on a phone the contents list is folded, and charts, captions and headings keep to the width", async () => {
  const { page } = await openPage(browser, url, { viewport: PHONE });
  expect(await page.locator(".contents a").first().isVisible()).toBe(false);
  await page.locator(".contents summary").click();
  expect(await page.locator(".contents a").first().isVisible()).toBe(true);
  expect(await page.locator("figure .narrow:visible svg").count()).toBe(3);
  expect(await page.locator("figure .wide:visible").count()).toBe(0);
  const rightEdges = await page
    .locator("figure, figure svg:visible, figcaption, caption, h1, h2")
    .evaluateAll((all) => all.map((one) => one.getBoundingClientRect().right));
  expect(rightEdges.length).toBeGreaterThan(12);
  expect(Math.max(...rightEdges)).toBeLessThanOrEqual(PHONE.width);
  const sizes = await page.locator("figure svg:visible text").evaluateAll((texts) =>
    texts
      .filter((text) => text.textContent !== "" && text.getBoundingClientRect().width > 0)
      .map((text) => {
        const { a, b } = (text as SVGTextElement).getScreenCTM()!;
        return Number.parseFloat(getComputedStyle(text).fontSize) * Math.hypot(a, b);
      }),
  );
  expect(sizes.length).toBeGreaterThan(10);
  expect(Math.min(...sizes)).toBeGreaterThanOrEqual(11);
});

/** Contrast of two colours as computed styles have them, as WCAG defines it. */
function contrast(one: string, other: string): number {
  const [lighter = 0, darker = 0] = [one, other]
    .map((color) => (color.match(/[\d.]+/g) ?? []).slice(0, 3).map((part) => Number(part) / 255))
    .map((parts) => parts.map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)))
    .map(([red = 0, green = 0, blue = 0]) => 0.2126 * red + 0.7152 * green + 0.0722 * blue)
    .sort((a, b) => b - a);
  return (lighter + 0.05) / (darker + 0.05);
}

test.each(["light", "dark"] as const)(
  "in %s colours the text, code and charts of a notebook can be read",
  async (colorScheme) => {
    const { page } = await openPage(browser, url, { viewport: DESK, colorScheme });
    const style = (selector: string, property: string) =>
      page
        .locator(selector)
        .first()
        .evaluate((one, name) => getComputedStyle(one).getPropertyValue(name), property);
    const background = await style("body", "background-color");
    expect(contrast(background, "rgb(255, 255, 255)") > 4.5).toBe(colorScheme === "dark");
    const [card, code] = [
      await style("figure", "background-color"),
      await style(".jp-InputArea-editor", "background-color"),
    ];
    const pairs = [
      [await style("h2", "color"), background],
      [await style(".jp-InputPrompt:not(.jp-MarkdownCell *)", "color"), background],
      [await style(".rekindle-table td", "color"), background],
      [await style(".contents a", "color"), background],
      [await style(".highlight .kd", "color"), code],
      [await style(".highlight .nx", "color"), code],
      [await style("figcaption b", "color"), card],
      [await style("figure .after", "color"), card],
      [await style("figure .wide text", "fill"), card],
    ] as const;
    for (const [ink, ground] of pairs) expect([ink, ground, contrast(ink, ground) >= 4.5]).toEqual([ink, ground, true]);
  },
);

test("a chart shown twice has ids of its own, and says what it can do in JupyterLab only", async () => {
  const { page } = await openPage(browser, url, { viewport: DESK });
  const ids = await page.locator("[id]").evaluateAll((all) => all.map(({ id }) => id));
  expect(ids.filter((id) => id.includes("-clipped-")).length).toBeGreaterThan(1);
  expect(ids.filter((id, i) => ids.indexOf(id) !== i)).toEqual([]);
  expect(await page.locator("figure .after").allTextContents()).toEqual([
    "Interactive in JupyterLab: hover for values.",
    "Interactive in JupyterLab: hover for values.",
    "Interactive in JupyterLab: move the sliders, click in the legend, hover for values.",
  ]);
});

test("the executed notebook has its charts in the forms that Jupyter knows", () => {
  const types = [...executed.matchAll(/"([a-z]+\/[\w.+-]+)":/g)].map(([, type]) => type);
  expect([...new Set(types)].sort()).toEqual([
    "application/vnd.vega.v5+json",
    "image/svg+xml",
    "text/html",
    "text/plain",
  ]);
});
