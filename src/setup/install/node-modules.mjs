import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { runOrThrow } from "../child.mjs";
import { stamped, stampOf, stampState } from "./stamp.mjs";

/** @typedef {import("../places.mjs").Places} Places */

/**
 * @param {Places} places
 * @returns {"present" | "missing" | "stale"}
 */
export function nodeModulesState(places) {
  const state = stampState(stampPath(places), stampFor(places));
  // A manual `npm install` leaves no stamp, but may have installed the same packages.
  if (state !== "present" && matchesLock(places)) return "present";
  return state === "missing" && existsSync(places.nodeModules) ? "stale" : state;
}

/**
 * Installs the packages of the lock file, including scripts, unless up to date.
 *
 * @param {Places} places
 * @param {{ signal?: AbortSignal, say?: (note: string) => void }} [options]
 */
export async function installNodeModules(places, { signal, say } = {}) {
  if (nodeModulesState(places) === "present") return say?.("up to date");
  say?.("npm ci");
  await stamped(
    stampPath(places),
    () => stampFor(places),
    async () => {
      // The build needs development packages, also with NODE_ENV=production.
      const args = ["ci", "--include=dev", "--no-audit", "--no-fund", "--loglevel=error"];
      await runOrThrow("install node modules", "npm", args, { cwd: places.home, ...(signal && { signal }) });
    },
  );
  say?.("installed");
}

/** @param {Places} places */
function stampPath(places) {
  return join(places.nodeModules, ".rekindle-stamp");
}

/** @param {Places} places */
function stampFor(places) {
  const machine = `${process.platform} ${process.arch} abi ${process.versions.modules}`;
  return stampOf({ files: [join(places.home, "package-lock.json")], texts: [machine] });
}

/**
 * Returns true if npm's record of installed packages, which it writes last, matches the lock file.
 *
 * @param {Places} places
 */
function matchesLock(places) {
  try {
    const wanted = packagesOf(join(places.home, "package-lock.json"));
    const found = packagesOf(join(places.nodeModules, ".package-lock.json"));
    return Object.entries(wanted).every(
      ([path, { version, optional }]) => path === "" || (found[path]?.version ?? (optional && version)) === version,
    );
  } catch {
    return false;
  }
}

/**
 * @param {string} path
 * @returns {Record<string, { version?: string, optional?: boolean }>}
 */
function packagesOf(path) {
  return JSON.parse(readFileSync(path, "utf8")).packages;
}
