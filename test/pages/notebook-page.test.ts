import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { runNotebook } from "../../src/pipeline/notebooks/run-notebook.js";
import { home, kernelEnvironment, requireBuilt } from "../notebooks/kernel-driver.js";
import { makeNotebook } from "../notebooks/make-notebook.js";
import { DESK, openBrowser, openPage, PHONE, sidewaysScroll } from "./browser.js";

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
  `console.log("one line without a blank ".replaceAll(" ", "_").repeat(20));`,
];

let browser: Browser;
let folder: string;
let url: string;

beforeAll(async () => {
  requireBuilt();
  folder = await mkdtemp(join(tmpdir(), "rekindle-page-"));
  const path = join(folder, "20-page.ipynb");
  await writeFile(path, JSON.stringify(makeNotebook(...CELLS)));
  const env = await kernelEnvironment(join(folder, "jupyter"));
  const [{ html }, opened] = await Promise.all([
    runNotebook({ path, outputFolder: join(folder, "out"), home, env }),
    openBrowser(),
  ]);
  browser = opened;
  url = pathToFileURL(html).href;
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

/** What a table shows of itself: its rows, the state of its headings and its pages. */
const tableOf = (page: Page) => ({
  names: () => page.locator(".rekindle-table tbody tr:visible th").allTextContents(),
  heading: (name: string) => page.locator(".rekindle-table thead th", { hasText: new RegExp(`^${name}$`) }),
  status: () => page.locator(".rekindle-table .pages span").textContent(),
  press: (name: string) => page.locator(".rekindle-table").getByRole("button", { name, exact: true }).click(),
});

test("a long table of a notebook pages, and sorts as a whole by its raw values", async () => {
  const { page, complaints } = await openPage(browser, url, { viewport: DESK });
  const table = tableOf(page);
  expect([(await table.names()).length, await table.status()]).toEqual([25, "Rows 1–25 of 60"]);
  await table.press("Next ›");
  await table.press("Next ›");
  expect([(await table.names()).at(-1), await table.status()]).toEqual(["<b>59", "Rows 51–60 of 60"]);
  expect(await table.heading("orders").getAttribute("aria-sort")).toBe(null);
  await table.press("orders");
  expect(await table.heading("orders").getAttribute("aria-sort")).toBe("descending");
  // 47 × 37 = 1,739, which leaves 59.
  expect([(await table.names())[0], await table.status()]).toEqual(["<b>47", "Rows 1–25 of 60"]);
  await table.press("orders");
  expect([await table.heading("orders").getAttribute("aria-sort"), (await table.names())[0]]).toEqual([
    "ascending",
    "<b>0",
  ]);
  await table.press("Show all");
  expect([(await table.names()).length, (await table.names()).at(-1)]).toEqual([60, "<b>7"]);
  expect(await page.locator(".rekindle-table tfoot th").textContent()).toBe("all");
  expect(complaints).toEqual([]);
});

test.each([
  ["a desk", DESK],
  ["a phone", PHONE],
])("on %s a wide table of a notebook scrolls in its own frame to its right edge", async (_, viewport) => {
  const { page } = await openPage(browser, url, { viewport });
  const right = await page.locator(".rekindle-table .scroll").evaluate((frame) => {
    frame.scrollLeft = frame.scrollWidth;
    const edge = frame.getBoundingClientRect().right;
    const cell = frame.querySelector("tbody tr td:last-child")?.getBoundingClientRect().right ?? 0;
    return [edge <= innerWidth, cell <= edge + 1, frame.scrollLeft > 0];
  });
  expect(right).toEqual([true, true, true]);
});

test("a table of a notebook is plain and whole without scripts", async () => {
  const { page } = await openPage(browser, url, { viewport: DESK, javaScriptEnabled: false });
  expect(await page.locator(".rekindle-table tbody tr").count()).toBe(60);
  expect(await page.locator(".rekindle-table button").count()).toBe(0);
});
