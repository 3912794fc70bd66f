import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

/**
 * Folders and files of one checkout, as absolute paths.
 *
 * @typedef {Readonly<{
 *   home: string,
 *   data: string,
 *   setup: string,
 *   nodeModules: string,
 *   venv: string,
 *   dist: string,
 *   notebooks: string,
 *   workingCopies: string,
 *   bin: string,
 *   kernel: string,
 *   mlruns: string,
 *   demo: string,
 * }>} Places `home` is the checkout, `data` the folder of data and results, `workingCopies`
 *   the folder that JupyterLab opens.
 */

/**
 * Returns the places below `home`; defaults to the checkout of this file, with data below `REKINDLE_HOME` if set.
 *
 * @param {string} [home]
 * @returns {Places}
 */
export function placesAt(home) {
  const root = resolve(home ?? fileURLToPath(new URL("../..", import.meta.url)));
  const data = resolve(home ?? (process.env["REKINDLE_HOME"] || root));
  return {
    home: root,
    data,
    setup: join(root, "src", "setup"),
    nodeModules: join(root, "node_modules"),
    venv: join(root, ".venv"),
    dist: join(root, "dist"),
    notebooks: join(root, "notebooks"),
    workingCopies: join(root, "notebooks", "work"),
    bin: join(root, "dist", "cli", "bin.js"),
    kernel: join(root, ".venv", "share", "jupyter", "kernels", "tslab", "kernel.json"),
    mlruns: join(data, "mlruns"),
    demo: join(data, "datasets", "raw", "demo"),
  };
}

/**
 * Returns the path of a program of the Python environment.
 *
 * @param {Places} places
 * @param {string} name
 */
export function pythonProgram(places, name) {
  return join(places.venv, "bin", name);
}
