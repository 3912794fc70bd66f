import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser } from "playwright-core";
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
    expect(await page.locator("table td:visible").count()).toBe(30);
    expect(
      await page.locator(".jp-RenderedSVG img").evaluate((image) => (image as HTMLImageElement).naturalWidth),
    ).toBe(760);
    expect(await sidewaysScroll(page)).toBe(0);
    expect([complaints, requests]).toEqual([[], []]);
  },
);
