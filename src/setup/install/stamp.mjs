import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";

/**
 * Inputs of a part: contents of files, or texts such as a version.
 *
 * @typedef {Readonly<{ files?: readonly string[], texts?: readonly string[] }>} Inputs
 */

/**
 * Returns the sha256 of the inputs as 64 hex digits. Missing files count, so that adding one is a change.
 *
 * @param {Inputs} inputs
 */
export function stampOf({ files = [], texts = [] }) {
  const hash = createHash("sha256");
  for (const file of files) {
    const content = existsSync(file) ? readFileSync(file) : undefined;
    hash.update(`file ${content?.length ?? "absent"}\n`).update(content ?? "");
  }
  for (const text of texts) hash.update(`text ${text.length}\n${text}`);
  return hash.digest("hex");
}

/**
 * Compares a stamp file with the expected stamp.
 *
 * @param {string} path
 * @param {string} stamp
 * @returns {"present" | "missing" | "stale"}
 */
export function stampState(path, stamp) {
  if (!existsSync(path)) return "missing";
  return readFileSync(path, "utf8").trim() === stamp ? "present" : "stale";
}

/**
 * Removes the old stamp, runs `make`, and writes the new stamp. After an interruption there is no stamp, so the part is
 * made again.
 *
 * @param {string} path
 * @param {() => string} stamp Computed after `make`, which may change its inputs.
 * @param {() => Promise<void>} make
 */
export async function stamped(path, stamp, make) {
  rmSync(path, { force: true });
  await make();
  writeFileWhole(path, `${stamp()}\n`);
}

/**
 * Writes a file atomically, under a temporary name that is then renamed.
 *
 * @param {string} path
 * @param {string} text
 */
export function writeFileWhole(path, text) {
  mkdirSync(dirname(path), { recursive: true });
  const temporaryPath = `${path}.${process.pid}.tmp`;
  writeFileSync(temporaryPath, text);
  renameSync(temporaryPath, path);
}
