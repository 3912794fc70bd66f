import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { isAlive } from "./child.mjs";

/** Milliseconds between two looks at the parents of this process. */
const LOOK_MS = 500;

/**
 * Calls `ended` once when the npm that started this process has ended. npm hands signals to a shell, which ends without
 * telling its children.
 *
 * @param {() => void} ended
 */
export function watchNpm(ended) {
  if (process.env["npm_lifecycle_event"] === undefined) return;
  const parent = process.ppid;
  const shell = processes().find(({ pid }) => pid === parent);
  const npm = shell && /^-?(ba|da|k|z|a)?sh$/.test(shell.name) ? shell.parent : parent;
  const timer = setInterval(() => {
    if (process.ppid === parent && isAlive(npm)) return;
    clearInterval(timer);
    ended();
  }, LOOK_MS).unref();
}

/** Returns the ids of all processes that this one started, directly or not. */
export function descendants() {
  const all = processes();
  const found = new Set([process.pid]);
  for (let size = 0; size < found.size; ) {
    size = found.size;
    for (const { pid, parent } of all) if (found.has(parent)) found.add(pid);
  }
  found.delete(process.pid);
  return [...found];
}

/**
 * Ends processes that have not ended by themselves, by force if need be.
 *
 * @param {readonly number[]} pids
 */
export async function endAll(pids) {
  for (const [signal, milliseconds] of /** @type {const} */ ([
    ["SIGTERM", 2000],
    ["SIGKILL", 500],
  ])) {
    const left = pids.filter(runs);
    for (const pid of left) {
      try {
        process.kill(pid, signal);
      } catch {}
    }
    for (let waited = 0; left.some(runs) && waited < milliseconds; waited += 50) await sleep(50);
  }
}

/** @param {number} pid A zombie has ended, but nobody has asked for its exit code. */
function runs(pid) {
  return isAlive(pid) && (!existsSync("/proc/self/stat") || stateOf(pid)?.state !== "Z");
}

/** @returns {{ pid: number, parent: number, name: string }[]} */
function processes() {
  if (existsSync("/proc/self/stat")) {
    const pids = readdirSync("/proc").filter((name) => /^\d+$/.test(name));
    return pids.flatMap((pid) => stateOf(Number(pid)) ?? []);
  }
  const { stdout } = spawnSync("ps", ["-A", "-o", "pid=,ppid=,comm="], { encoding: "utf8" });
  return [...(stdout ?? "").matchAll(/^ *(\d+) +(\d+) +(?:.*\/)?(.*)$/gm)].map(([, pid, parent, name]) => ({
    pid: Number(pid),
    parent: Number(parent),
    name: name ?? "",
  }));
}

/** @param {number} pid */
function stateOf(pid) {
  try {
    const [, name, state, parent] = /\((.*)\) (\S) (\d+)/s.exec(readFileSync(`/proc/${pid}/stat`, "utf8")) ?? [];
    return name === undefined ? undefined : { pid, parent: Number(parent), name, state };
  } catch {
    return undefined;
  }
}
