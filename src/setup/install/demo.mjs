import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { runOrThrow } from "../child.mjs";
import { stamped, stampOf, stampState } from "./stamp.mjs";

/** @typedef {import("../places.mjs").Places} Places */

/**
 * Returns whether the demo dataset exists and was made by the generator of the current build.
 *
 * @param {Places} places
 * @returns {"present" | "missing" | "stale"}
 */
export function demoState(places) {
  if (!existsSync(places.demo)) return "missing";
  return stampState(stampPath(places), stampFor(places)) === "present" ? "present" : "stale";
}

/**
 * Makes the demo dataset, unless it is up to date.
 *
 * @param {Places} places
 * @param {{ signal?: AbortSignal, say?: (note: string) => void }} [options]
 */
export async function makeDemo(places, { signal, say } = {}) {
  if (demoState(places) === "present") return say?.("up to date");
  say?.("data make demo");
  await stamped(
    stampPath(places),
    () => stampFor(places),
    async () => {
      const options = { cwd: places.home, ...(signal && { signal }) };
      await runOrThrow("make the demo dataset", "node", [places.bin, "data", "make", "demo"], options);
    },
  );
  say?.("made");
}

/** @param {Places} places */
function stampPath(places) {
  return join(places.demo, ".rekindle-stamp");
}

/** @param {Places} places */
function stampFor(places) {
  const folder = join(places.dist, "datasets");
  const names = existsSync(folder) ? readdirSync(folder, { recursive: true, encoding: "utf8" }) : [];
  const code = names.filter((name) => /\.js(on)?$/.test(name)).sort();
  return stampOf({ files: [join(places.dist, "random.js"), ...code.map((name) => join(folder, name))] });
}
