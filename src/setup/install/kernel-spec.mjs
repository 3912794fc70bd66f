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
  const whole = filesFor(places).every(({ path, text }) => existsSync(path) && readFileSync(path, "utf8") === text);
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
  for (const { path, text } of filesFor(places)) writeFileWhole(path, text);
  say?.("registered");
}

/** @param {Places} places */
function filesFor(places) {
  // Disables the news prompt at the first start of JupyterLab.
  const lab = { disabledExtensions: { "@jupyterlab/apputils-extension:announcements": true } };
  return [
    // JupyterLab runs a CommonJS program, which the package.json of this repository would make a module.
    { path: join(places.venv, "package.json"), text: json({ type: "commonjs" }) },
    { path: join(places.venv, "etc", "jupyter", "labconfig", "page_config.json"), text: json(lab) },
    { path: places.kernel, text: json(kernelSpec(places)) },
  ];
}

/** @param {unknown} value */
function json(value) {
  return `${JSON.stringify(value, null, 2)}\n`;
}
