import { spawn } from "node:child_process";
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { endGroup } from "./child.mjs";
import { install } from "./install/installation.mjs";
import { isOn } from "./is-on.mjs";
import { main } from "./main.mjs";
import { startMlflow } from "./mlflow.mjs";
import { mlflowPage } from "./mlflow-page.mjs";
import { refreshWorkingCopies } from "./notebooks/refresh-working-copies.mjs";
import { placesAt, pythonProgram } from "./places.mjs";
import { createProgress } from "./progress.mjs";

main(async (signal) => {
  const places = placesAt();
  const progress = createProgress();
  const theirs = process.env["MLFLOW_TRACKING_URI"];
  await install(places, { progress, signal });
  const server = theirs
    ? undefined
    : await progress
        .step("MLflow server", (say) => startMlflow(places, { signal, say }))
        .catch((error) => {
          if (signal.aborted) throw error;
          progress.print(`${error.message}\n  Runs are queued in mlruns/queue until a server is available`);
          return undefined;
        });
  try {
    const lines = await progress.step("notebooks", async (say) => refreshWorkingCopies(places, { say }));
    for (const line of lines) progress.print(`  ${line}`);
    const lab = startLab(places, theirs ?? server?.uri);
    try {
      const url = await progress.step("JupyterLab", () => labUrl(places, lab, signal));
      const uri = theirs ?? server?.uri;
      const page = uri ? await mlflowPage(uri, { experiment: process.env["MLFLOW_EXPERIMENT_NAME"] }) : "none";
      progress.print(
        `\nJupyterLab  ${url}\nMLflow UI   ${page}\nWork in ${relative(places.home, places.workingCopies)}/: copies of the notebooks, which git ignores\nPress Ctrl-C to stop both`,
      );
      return await exitOf(lab, signal);
    } finally {
      endGroup(lab.pid);
      await exitOf(lab);
    }
  } finally {
    await server?.stop();
  }
});

/**
 * @param {import("./places.mjs").Places} places
 * @param {string | undefined} trackingUri
 */
function startLab(places, trackingUri) {
  mkdirSync(runtimeFolder(places), { recursive: true });
  const config = fileURLToPath(new URL("lab-config.py", import.meta.url));
  const args = [
    `--config=${config}`,
    `--ServerApp.root_dir=${places.home}`,
    "--ServerApp.ip=127.0.0.1",
    "--ServerApp.log_level=WARN",
    `--LabApp.default_url=/${labPath(places)}`,
  ];
  args.push("--MappingKernelManager.default_kernel_name=tslab");
  if (!hasDisplay()) args.push("--no-browser");
  if (process.getuid?.() === 0) args.push("--allow-root");
  // Only kernels and settings of this checkout, not those of the user.
  const env = {
    ...process.env,
    JUPYTER_PATH: join(places.venv, "share", "jupyter"),
    JUPYTER_CONFIG_DIR: join(places.venv, "etc", "jupyter"),
    JUPYTER_DATA_DIR: join(places.venv, "share", "jupyter"),
    JUPYTER_RUNTIME_DIR: runtimeFolder(places),
    ...(trackingUri && { MLFLOW_TRACKING_URI: trackingUri }),
  };
  return spawn(pythonProgram(places, "jupyter-lab"), args, {
    cwd: places.home,
    env,
    stdio: ["ignore", "inherit", "inherit"],
    detached: true,
  });
}

/** @typedef {import("node:child_process").ChildProcess} ChildProcess */

/**
 * Waits for the server and returns its address with token.
 *
 * @param {import("./places.mjs").Places} places
 * @param {ChildProcess} lab
 * @param {AbortSignal} signal
 */
async function labUrl(places, lab, signal) {
  const path = join(runtimeFolder(places), `jpserver-${lab.pid}.json`);
  while (!existsSync(path)) {
    if (lab.exitCode !== null)
      throw new Error(`Cannot start JupyterLab: it ended with exit code ${lab.exitCode}; run npm run setup`);
    await sleep(100);
    signal.throwIfAborted();
  }
  const { url, token } = JSON.parse(readFileSync(path, "utf8"));
  return `${url}${labPath(places)}?token=${token}`;
}

/**
 * @param {ChildProcess} child
 * @param {AbortSignal} [signal]
 * @returns {Promise<number>}
 */
function exitOf(child, signal) {
  return new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null || signal?.aborted) return resolve(child.exitCode ?? 0);
    child.once("close", (code) => resolve(code ?? 0));
    signal?.addEventListener("abort", () => resolve(0), { once: true });
  });
}

/** @param {import("./places.mjs").Places} places Address of the page that shows the working copies. */
function labPath(places) {
  return `lab/tree/${relative(places.home, places.workingCopies)}`;
}

/** @param {import("./places.mjs").Places} places */
function runtimeFolder(places) {
  return join(places.venv, "share", "jupyter", "runtime");
}

function hasDisplay() {
  if (isOn("CI")) return false;
  return process.platform === "darwin" || Boolean(process.env["DISPLAY"] || process.env["WAYLAND_DISPLAY"]);
}
