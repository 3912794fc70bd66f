import { existsSync, readdirSync } from "node:fs";
import { basename, join, relative } from "node:path";
import { isAlive } from "../child.mjs";

/** Folders that stages and imports replace as a whole, with src/storage/replace-folder.ts. */
const FOLDERS = ["artifacts", "reports", "datasets"];

/** Levels below them: artifacts/<dataset>/experiments/<name>/<step>. */
const DEEPEST = 4;

/**
 * What a process that was killed left beside a result. `holds` is true if it is the only copy of the result, which the
 * next run restores.
 *
 * @typedef {Readonly<{ path: string, holds: boolean }>} Leftover
 */

/**
 * Lists folders and files named `*.old` and `*.<process>-<digits>.tmp` whose process has ended, relative to the data.
 *
 * @param {import("../places.mjs").Places} places
 * @returns {readonly Leftover[]}
 */
export function findLeftovers({ data }) {
  return FOLDERS.flatMap((name) => leftoversIn(join(data, name), DEEPEST)).map((path) => ({
    path: relative(data, path),
    holds: path.endsWith(".old") && !existsSync(path.slice(0, -".old".length)),
  }));
}

/**
 * @param {string} folder
 * @param {number} depth
 * @returns {string[]}
 */
function leftoversIn(folder, depth) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (isLeftover(path, entry.isDirectory())) return [path];
    return entry.isDirectory() && depth > 0 ? leftoversIn(path, depth - 1) : [];
  });
}

/**
 * @param {string} path
 * @param {boolean} isFolder
 */
function isLeftover(path, isFolder) {
  const [, owner] = /\.(\d+)(?:-[0-9a-f]{8})?\.tmp$/.exec(basename(path)) ?? [];
  return owner === undefined ? isFolder && path.endsWith(".old") : !isAlive(Number(owner));
}
