import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { writeFileWhole } from "./stamp.mjs";

/** @typedef {import("../places.mjs").Places} Places */

/**
 * Returns the kernelspec. The kernel keeps the name of tslab, so that notebooks also open with a stock tslab.
 *
 * @param {Places} places
 */
export function kernelSpec(places) {
  const launcher = join(places.setup, "kernel.cjs");
  return {
    argv: [
      "node",
      "--max-old-space-size=8192",
      "--enable-source-maps",
      launcher,
      "kernel",
      "--config-path",
      "{connection_file}",
    ],
    display_name: "TypeScript (Rekindle)",
    language: "typescript",
    interrupt_mode: "signal",
    env: { OMP_WAIT_POLICY: "passive" },
  };
}

/**
 * @param {Places} places
 * @returns {"present" | "missing" | "stale"}
 */
export function kernelState(places) {
  if (!existsSync(places.kernel)) return "missing";
  const whole = filesFor(places).every(({ path, value }) => includes(contentOf(path), value));
  return whole ? "present" : "stale";
}

/**
 * Registers the kernel inside `.venv`, for the Jupyter of this checkout only.
 *
 * @param {Places} places
 * @param {{ say?: (note: string) => void }} [options]
 */
export async function registerKernel(places, { say } = {}) {
  if (kernelState(places) === "present") return say?.("up to date");
  for (const { path, value } of filesFor(places)) writeFileWhole(path, json(value));
  say?.("registered");
}

/** @param {Places} places */
function filesFor(places) {
  // Disables the news prompt at the first start of JupyterLab.
  const lab = { disabledExtensions: { "@jupyterlab/apputils-extension:announcements": true } };
  return [
    // JupyterLab runs a CommonJS program, which the package.json of this repository would make a module.
    { path: join(places.venv, "package.json"), value: { type: "commonjs" } },
    { path: join(places.venv, "etc", "jupyter", "labconfig", "page_config.json"), value: lab },
    { path: places.kernel, value: kernelSpec(places) },
  ];
}

/** @param {string} path */
function contentOf(path) {
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch {
    return undefined;
  }
}

/**
 * Returns true if a JSON value has everything that another has. JupyterLab adds keys of its own to its settings.
 *
 * @param {any} whole
 * @param {any} part
 * @returns {boolean}
 */
function includes(whole, part) {
  if (typeof part !== "object" || part === null) return whole === part;
  if (typeof whole !== "object" || whole === null) return false;
  if (Array.isArray(part) && part.length !== whole.length) return false;
  return Object.entries(part).every(([key, value]) => includes(whole[key], value));
}

/** @param {unknown} value */
function json(value) {
  return `${JSON.stringify(value, null, 2)}\n`;
}
