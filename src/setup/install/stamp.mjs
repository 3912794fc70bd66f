import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";

/**
 * What a part was made from, by name: a file's content, or any text such as a version.
 *
 * @typedef {Readonly<{ files?: readonly string[], texts?: readonly string[] }>} Inputs
 */

/**
 * The sha256 of the inputs, as 64 hex digits. A file that is not there counts as such, so that its arrival is a change.
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
 * How a stamp file compares with what it should say.
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
 * Runs `make` between taking the old stamp away and writing the new one: an interruption leaves no stamp, and the part
 * is made again.
 *
 * @param {string} path
 * @param {() => string} stamp Read when `make` is done, since making may settle what it depends on.
 * @param {() => Promise<void>} make
 */
export async function stamped(path, stamp, make) {
  rmSync(path, { force: true });
  await make();
  writeFileWhole(path, `${stamp()}\n`);
}

/**
 * Writes a file under a temporary name and renames it, so that no reader sees half of it.
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
