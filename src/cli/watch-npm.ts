import { spawnSync } from "node:child_process";
import { isProcessRunning } from "../storage/index.js";

/** Milliseconds between two looks at the parents of this process. */
const LOOK_MS = 500;

/**
 * Calls `ended` once when the npx or npm that started this process has ended: they hand signals to a shell, which ends
 * without telling its children. Without npm nothing is watched. `src/setup/family.mjs` does the same for npm scripts.
 */
export function watchNpm(ended: () => void): void {
  if (process.env["npm_lifecycle_event"] === undefined) return;
  const parent = process.ppid;
  const { stdout } = spawnSync("ps", ["-o", "ppid=,comm=", "-p", `${parent}`], { encoding: "utf8" });
  const [, grandparent, name = ""] = /^ *(\d+) +(?:.*\/)?(\S+)/.exec(stdout ?? "") ?? [];
  const npm = /^-?(?:ba|da|k|z|a)?sh$/.test(name) ? Number(grandparent) : parent;
  const timer = setInterval(() => {
    if (process.ppid === parent && isProcessRunning(npm)) return;
    clearInterval(timer);
    ended();
  }, LOOK_MS).unref();
}
