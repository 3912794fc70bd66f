/**
 * Opens a notebook in a real JupyterLab in Chromium, runs all its cells, and takes screenshots:
 *
 *     node test/notebooks/open-in-lab.mjs notebooks/01-cleaning.ipynb --out shots [--width 390] [--complete "engine."] [--inspect "openDuckDb"]
 *
 * The notebook is copied first, because JupyterLab saves outputs into what it has open. Prints what it saw as JSON and
 * exits with 1 if a cell failed.
 */
import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { cp, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { basename, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { chromium as browserType } from "playwright-core";

const home = resolve(import.meta.dirname, "..", "..");

/**
 * Runs a notebook in JupyterLab and looks at it.
 *
 * @param {string} notebook
 * @param {{out: string, chromium?: string, env?: NodeJS.ProcessEnv, timeoutSeconds?: number, width?: number, complete?: string, inspect?: string}} options
 *   `complete` and `inspect` are typed into new cells at the end: what Tab and what Shift+Tab show is returned.
 */
export async function openInLab(
  notebook,
  { out, chromium = "/usr/bin/chromium", env = process.env, timeoutSeconds = 600, complete, inspect, width = 1360 },
) {
  const folder = await mkdtemp(join(tmpdir(), "rekindle-lab-"));
  const name = basename(notebook);
  await mkdir(join(folder, "root"));
  await cp(notebook, join(folder, "root", name));
  await mkdir(out, { recursive: true });
  // Before JupyterLab, which would go on running if there is no Chromium.
  const browser = await browserType.launch({
    executablePath: chromium,
    args: ["--no-sandbox", "--disable-background-networking", "--disable-quic"],
  });
  let lab;
  try {
    lab = await startLab(folder, env);
    const page = await browser.newPage({ viewport: { width, height: 1000 } });
    const consoleErrors = [];
    page.on("console", (message) => message.type() === "error" && consoleErrors.push(message.text()));
    page.setDefaultTimeout(timeoutSeconds * 1000);
    await page.goto(`${lab.url}/lab/tree/${encodeURIComponent(name)}?token=${lab.token}&reset`);
    await page.waitForSelector(".jp-NotebookPanel .jp-Cell");
    // Asked earlier, JupyterLab would not know the kernel yet and ask which one.
    await page.waitForFunction(() => {
      const context = window.jupyterapp?.shell.currentWidget?.sessionContext;
      return context?.isReady && context.session?.kernel?.status === "idle";
    });
    await page.evaluate(() => window.jupyterapp.commands.execute("application:toggle-left-area"));
    await page.evaluate(() => window.jupyterapp.commands.execute("notebook:run-all-cells"));
    await page.waitForTimeout(1000);

    const picture = join(out, name.replace(/\.ipynb$/, ""));
    const screenshot = await takeScreenshot(page, `${picture}-lab.png`, width);
    const seen = await page.evaluate(() => ({
      prompts: Array.from(document.querySelectorAll(".jp-CodeCell .jp-InputPrompt"), (prompt) => prompt.textContent),
      charts: document.querySelectorAll(".vega-embed canvas, .vega-embed svg.marks").length,
      tables: document.querySelectorAll(".jp-OutputArea-output table").length,
      errors: Array.from(
        document.querySelectorAll('.jp-OutputArea-output[data-mime-type="application/vnd.jupyter.error"]'),
        (error) => error.textContent,
      ),
    }));
    const asked = {};
    if (complete)
      asked.completions = await askWhileTyping(
        page,
        complete,
        "Tab",
        ".jp-Completer-item",
        `${picture}-completion.png`,
      );
    if (inspect) asked.hover = await askWhileTyping(page, inspect, "Shift+Tab", ".jp-Tooltip", `${picture}-hover.png`);
    return { ...seen, ...asked, screenshot, consoleErrors };
  } finally {
    await browser.close();
    await lab?.stop();
    await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
}

/** A picture as tall as the notebook. */
async function takeScreenshot(page, path, width) {
  const panel = ".jp-WindowedPanel-outer";
  const height = await page.$eval(panel, ({ scrollHeight }) => scrollHeight);
  await page.setViewportSize({ width, height: Math.min(height + 120, 12_000) });
  await page.$eval(panel, (element) => element.scrollTo(0, 0));
  await page.waitForTimeout(1500);
  await page.screenshot({ path });
  await page.setViewportSize({ width, height: 1000 });
  return path;
}

/** Types code into a new cell at the end, presses a key, and returns the texts of what opens. */
async function askWhileTyping(page, code, key, opened, path) {
  await page.evaluate(async () => {
    const { commands } = window.jupyterapp;
    await commands.execute("notebook:move-cursor-down");
    await commands.execute("notebook:insert-cell-below");
  });
  await page.click(".jp-Cell.jp-mod-active .cm-content");
  await page.keyboard.type(code);
  await page.keyboard.press(key);
  await page.waitForSelector(opened, { timeout: 20_000 });
  await page.screenshot({ path });
  const texts = await page.$$eval(opened, (elements) => elements.map((element) => element.textContent));
  await page.keyboard.press("Escape");
  return texts;
}

/** JupyterLab with settings, workspaces and runtime files of its own, on a free port. */
async function startLab(folder, env) {
  const token = randomBytes(16).toString("hex");
  const port = await freePort();
  const config = join(folder, "config");
  await mkdir(config);
  // No question about news over the notebook, and every cell drawn, not only those in view.
  await writeSettings(folder, "apputils-extension", "notification", { fetchNews: "false", checkForUpdates: false });
  await writeSettings(folder, "notebook-extension", "tracker", { windowingMode: "none" });
  const options = {
    "ServerApp.root_dir": join(folder, "root"),
    "ServerApp.ip": "127.0.0.1",
    "ServerApp.port": port,
    "ServerApp.port_retries": 0,
    "IdentityProvider.token": token,
    "LabApp.expose_app_in_browser": true,
    "LabApp.workspaces_dir": join(folder, "workspaces"),
    "LabApp.user_settings_dir": join(folder, "settings"),
  };
  const flags = Object.entries(options).map(([key, value]) => `--${key}=${value}`);
  const child = spawn(join(home, ".venv", "bin", "jupyter-lab"), ["--no-browser", "--allow-root", ...flags], {
    env: { ...env, JUPYTER_CONFIG_DIR: config, JUPYTER_RUNTIME_DIR: join(folder, "runtime") },
    stdio: ["ignore", "ignore", "pipe"],
  });
  const closed = new Promise((done) => child.once("close", done));
  let log = "";
  child.stderr.on("data", (chunk) => {
    log += chunk;
  });
  const url = `http://127.0.0.1:${port}`;
  for (let tries = 0; ; ++tries) {
    const answered = await fetch(`${url}/api/status?token=${token}`).then(
      ({ ok }) => ok,
      () => false,
    );
    if (answered) break;
    if (tries > 240 || child.exitCode !== null) throw new Error(`Cannot start JupyterLab:\n${log}`);
    await new Promise((wait) => setTimeout(wait, 250));
  }
  return {
    url,
    token,
    stop: async () => {
      child.kill("SIGTERM");
      await closed;
    },
  };
}

async function writeSettings(folder, extension, plugin, settings) {
  const path = join(folder, "settings", "@jupyterlab", extension);
  await mkdir(path, { recursive: true });
  await writeFile(join(path, `${plugin}.jupyterlab-settings`), JSON.stringify(settings));
}

async function freePort() {
  const server = createServer();
  await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
  const { port } = server.address();
  await new Promise((closed) => server.close(closed));
  return port;
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      out: { type: "string", default: "." },
      chromium: { type: "string" },
      width: { type: "string", default: "1360" },
      complete: { type: "string" },
      inspect: { type: "string" },
    },
  });
  const seen = await openInLab(positionals[0], { ...values, width: Number(values.width) });
  console.log(JSON.stringify(seen, null, 2));
  process.exitCode = seen.errors.length > 0 ? 1 : 0;
}
