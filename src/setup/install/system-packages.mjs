import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { findProgram } from "./prerequisites.mjs";

/**
 * Optional package of the operating system.
 *
 * @typedef {Readonly<{ name: string, neededFor: string, found: string | null, remedy: string }>} SystemPackage
 */

/** @returns {readonly SystemPackage[]} */
export function findSystemPackages() {
  return [
    {
      name: "chromium",
      neededFor: "page tests",
      found: ["chromium", "chromium-browser", "google-chrome"].map((name) => findProgram(name)).find(Boolean) ?? null,
      remedy: "apt-get install -y chromium",
    },
    {
      name: "libgomp1",
      neededFor: "LightGBM models",
      found: findLibrary("libgomp.so.1") ?? findLibrary("libomp.dylib"),
      remedy: "apt-get install -y libgomp1",
    },
  ];
}

/** @param {string} name */
function findLibrary(name) {
  const roots = ["/usr/lib", "/usr/lib64", "/lib64", "/usr/local/lib", "/opt/homebrew/opt/libomp/lib"];
  const folders = roots.filter((root) => existsSync(root)).flatMap((root) => [root, ...subfolders(root)]);
  return folders.map((folder) => join(folder, name)).find((path) => existsSync(path)) ?? null;
}

/** @param {string} folder */
function subfolders(folder) {
  const entries = readdirSync(folder, { withFileTypes: true });
  return entries.filter((entry) => entry.isDirectory()).map((entry) => join(folder, entry.name));
}
