import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { dataQualityReport, renderHtml } from "../../src/reports/index.js";
import { EXAMPLE } from "../reports/example.js";
import { DESK, openBrowser, openPage, PHONE, sidewaysScroll } from "./browser.js";

let browser: Browser;
let folder: string;
let url: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "rekindle-page-"));
  const path = join(folder, "data_quality.html");
  await writeFile(path, await renderHtml(dataQualityReport(EXAMPLE)));
  url = pathToFileURL(path).href;
  browser = await openBrowser();
});
afterEach(() => Promise.all((browser?.contexts() ?? []).map((context) => context.close())));
afterAll(async () => {
  await browser?.close();
  await rm(folder, { recursive: true, force: true });
});

describe.each([
  ["a desk", DESK],
  ["a phone", PHONE],
])("on %s the data-quality report", (_, viewport) => {
  test("loads nothing, complains of nothing and does not scroll sideways", async () => {
    const { page, complaints, requests } = await openPage(browser, url, { viewport });
    expect(await page.locator("figure svg:visible").count()).toBeGreaterThan(4);
    expect(await sidewaysScroll(page)).toBe(0);
    await page.locator("details.data").evaluateAll((all) => {
      for (const details of all) details.setAttribute("open", "");
    });
    expect(await sidewaysScroll(page)).toBe(0);
    expect([complaints, requests]).toEqual([[], []]);
  });

  test("writes in charts no smaller than can be read", async () => {
    const { page } = await openPage(browser, url, { viewport });
    const sizes = await page.locator("figure svg:visible text").evaluateAll((texts) =>
      texts.map((text) => {
        const scale = (text as SVGTextElement).getScreenCTM()?.a ?? 0;
        return Number.parseFloat(getComputedStyle(text).fontSize) * scale;
      }),
    );
    expect(sizes.length).toBeGreaterThan(50);
    expect(Math.min(...sizes)).toBeGreaterThanOrEqual(11);
  });
});

test("its colours follow the reader, who can change them, and keep to what was chosen", async () => {
  const { page, complaints } = await openPage(browser, url, { viewport: DESK, colorScheme: "dark" });
  const background = () => page.evaluate<string>("getComputedStyle(document.body).backgroundColor");
  const toggle = page.locator("#theme");
  const dark = await background();
  expect(await toggle.getAttribute("aria-label")).toBe("Switch to light colours");
  await toggle.click();
  const light = await background();
  expect(light).not.toBe(dark);
  expect(await toggle.getAttribute("aria-label")).toBe("Switch to dark colours");
  await page.reload();
  expect(await background()).toBe(light);
  await toggle.click();
  expect(await background()).toBe(dark);
  expect(complaints).toEqual([]);
});

test("a table is sorted by a click on a column's head, largest number first, and says so", async () => {
  const { page, complaints } = await openPage(browser, url, { viewport: DESK });
  const table = page
    .locator("table.sortable")
    .filter({ has: page.locator("thead th.n") })
    .first();
  const column = await table
    .locator("thead th")
    .evaluateAll((heads) => heads.findIndex((head) => head.className === "n"));
  const head = table.locator("thead th").nth(column);
  const values = () =>
    table
      .locator(`tbody tr > :nth-child(${column + 1})[data-value]`)
      .evaluateAll((cells) => cells.map((cell) => Number((cell as HTMLElement).dataset["value"])));
  const before = await values();
  expect(new Set(before).size).toBeGreaterThan(2);
  const descending = [...before].sort((a, b) => b - a);
  await head.getByRole("button").click();
  expect(await head.getAttribute("aria-sort")).toBe("descending");
  expect(await values()).toEqual(descending);
  await head.getByRole("button").press("Enter");
  expect(await head.getAttribute("aria-sort")).toBe("ascending");
  expect(await values()).toEqual(descending.reverse());
  await table.locator("thead th").first().getByRole("button").click();
  expect(await table.locator("[aria-sort]").count()).toBe(1);
  expect(complaints).toEqual([]);
});

test("on paper there is no contents list and no button, and the data of charts is open", async () => {
  const { page } = await openPage(browser, url, { viewport: DESK, colorScheme: "dark" });
  expect(await page.locator(".contents").isVisible()).toBe(true);
  await page.emulateMedia({ media: "print" });
  await page.evaluate("dispatchEvent(new Event('beforeprint'))");
  for (const hidden of [".contents", "#theme", ".skip"]) expect(await page.locator(hidden).isVisible()).toBe(false);
  expect(await page.locator("button.download:visible").count()).toBe(0);
  expect(await page.locator("details.data:not(.long):not([open])").count()).toBe(0);
  expect(await page.evaluate("getComputedStyle(document.body).backgroundColor")).toBe("rgb(255, 255, 255)");
});
