import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { run } from "../child.mjs";
import { buildState } from "./compile.mjs";
import { demoState } from "./demo.mjs";
import { nodeModulesState } from "./node-modules.mjs";
import { stampOf, stampState, writeFileWhole } from "./stamp.mjs";

/** @typedef {import("../places.mjs").Places} Places */

/** Arguments of the command line for the main job. */
export const MAIN_JOB = ["run", "--dataset", "demo", "--notebooks"];

/**
 * Returns whether the results of the main job exist and were made with the current build, notebooks and data.
 *
 * @param {Places} places
 * @returns {"present" | "missing" | "stale"}
 */
export function mainJobState(places) {
  if (!existsSync(stampPath(places))) return "missing";
  const ready = [nodeModulesState(places), buildState(places), demoState(places)].every((state) => state === "present");
  return ready ? stampState(stampPath(places), stampFor(places)) : "stale";
}

/**
 * Stamps the main job as done with the current inputs.
 *
 * @param {Places} places
 */
export function stampMainJob(places) {
  writeFileWhole(stampPath(places), `${stampFor(places)}\n`);
}

/**
 * Runs the main job as a step and stamps it on success.
 *
 * @param {Places} places
 * @param {object} context
 * @param {import("../progress.mjs").Progress} context.progress
 * @param {AbortSignal} context.signal
 * @param {string | undefined} context.trackingUri
 * @param {boolean} context.upToDate Whether its results were up to date before the set-up, which
 *   may have updated their inputs.
 * @returns {Promise<number>} The exit code.
 */
export function runMainJob(places, { progress, signal, trackingUri, upToDate }) {
  const body = async (/** @type {(note: string) => void} */ say) => {
    if (upToDate && mainJobState(places) === "present") {
      say("up to date");
      return 0;
    }
    progress.print(`  rekindle ${MAIN_JOB.join(" ")}`);
    const env = { ...process.env, ...(trackingUri && { MLFLOW_TRACKING_URI: trackingUri }) };
    const { code } = await run("node", [places.bin, ...MAIN_JOB], { cwd: places.home, env, inherit: true, signal });
    signal.throwIfAborted();
    if (code === 0) stampMainJob(places);
    say(code === 0 ? "done" : `failed with exit code ${code}`);
    return code;
  };
  return progress.step("main job", body, { writes: true });
}

/** @param {Places} places */
function stampPath(places) {
  return join(places.data, "artifacts", "demo", ".rekindle-stamp");
}

/**
 * Hashes inputs and manifests of results, so that a different run of the same stages counts as a change.
 *
 * @param {Places} places
 */
function stampFor(places) {
  const notebooks = filesIn(join(places.home, "notebooks"), ".ipynb");
  const results = ["artifacts", "reports"].flatMap((folder) => manifestsIn(join(places.data, folder, "demo")));
  const pages = filesIn(join(places.data, "artifacts", "demo", "notebooks"), ".html");
  const inputs = [join(places.dist, ".stamp"), join(places.demo, ".rekindle-stamp")];
  const made = results.map((path) => JSON.stringify(JSON.parse(readFileSync(path, "utf8")).files));
  return stampOf({ files: [...inputs, ...notebooks], texts: [...made, ...pages] });
}

/**
 * @param {string} folder
 * @param {string} ending
 */
function filesIn(folder, ending) {
  if (!existsSync(folder)) return [];
  const names = readdirSync(folder).filter((name) => name.endsWith(ending));
  return names.sort().map((name) => join(folder, name));
}

/** @param {string} folder */
function manifestsIn(folder) {
  if (!existsSync(folder)) return [];
  const names = readdirSync(folder, { recursive: true, encoding: "utf8" });
  return names
    .filter((name) => /(^|[\\/])manifest\.json$/.test(name))
    .sort()
    .map((name) => join(folder, name));
}
