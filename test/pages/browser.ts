import { existsSync } from "node:fs";
import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";

const PATHS = [process.env["CHROMIUM_PATH"], "/usr/bin/chromium", "/usr/bin/chromium-browser"];

/** Nothing of it speaks to anybody. */
const QUIET = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** Starts Chromium without a window, with a profile of its own. `close` it. */
export async function openBrowser(): Promise<Browser> {
  const executablePath = PATHS.find((path) => path !== undefined && existsSync(path));
  if (executablePath === undefined) {
    throw new Error(
      "Cannot test pages: there is no Chromium, `apt-get install -y chromium` installs it (or CHROMIUM_PATH names one)",
    );
  }
  return chromium.launch({ executablePath, args: QUIET });
}

/** A page that was opened, and what it did that it should not. */
export interface OpenPage {
  readonly page: Page;
  /** Errors and warnings of its console, and errors that nobody caught. */
  readonly complaints: string[];
  /** What it asked for beside itself and the pictures that it holds. */
  readonly requests: string[];
}

/** The widths of a desk and of a phone, in CSS pixels. */
export const DESK = { width: 1280, height: 900 };
export const PHONE = { width: 390, height: 844 };

/** Opens a file in a fresh context. */
export async function openPage(browser: Browser, url: string, options: BrowserContextOptions): Promise<OpenPage> {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const complaints: string[] = [];
  const requests: string[] = [];
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("request", (request) => {
    if (request.url() !== url && !request.url().startsWith("data:")) requests.push(request.url());
  });
  await page.goto(url);
  return { page, complaints, requests };
}

/** How far a page can be scrolled sideways, in CSS pixels. */
export function sidewaysScroll(page: Page): Promise<number> {
  return page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth");
}
